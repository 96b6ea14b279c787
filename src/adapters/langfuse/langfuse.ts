import { isObject } from '../../conventions/json.ts';
import { firstAnswer } from '../tolerant/readEach.ts';
import type { Detection, TraceAdapter } from '../types.ts';
import { createGathering } from './gathering.ts';
import { readList } from './readParts.ts';
import { detectLangfuse } from './signs.ts';

/**
 * Langfuse's JSON (langfuse, fern/apis/server/definition): a downloaded trace `{ trace, observations }`, a trace of the
 * API that holds its observations and scores, pages `{ data, meta }` of any of these, ingestion batches `{ batch: [{
 * type, timestamp, body
 * }] }`, bare records,
 * rows of tables, and lists of all that. Records of one observation are joined, and a trace is no span of its own
 * unless it comes without any.
 */
export const langfuseExport: TraceAdapter = {
  name: 'langfuse',
  detect(document) {
    if (!Array.isArray(document)) return isObject(document) ? detectLangfuse(document) : null;
    // Of several documents each may be a list itself.
    return signIn(document, (entry) => (Array.isArray(entry) ? signIn(entry, () => null) : null));
  },
  read(document, sink) {
    const gathering = createGathering(sink);
    readList(Array.isArray(document) ? document : [document], gathering, { depth: 0 });
    gathering.report();
  },
};

/** The sign of the first entry that has one; `other` gives that of entries which are no objects. */
const signIn = (list: readonly unknown[], other: (entry: unknown) => Detection | null): Detection | null =>
  firstAnswer(list, (entry) => (isObject(entry) ? detectLangfuse(entry) : other(entry)));
