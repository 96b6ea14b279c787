import type { TraceAdapter } from '../types.ts';
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
  detect: detectLangfuse,
  read(document, sink) {
    const gathering = createGathering(sink);
    readList(Array.isArray(document) ? document : [document], gathering, { depth: 0 });
    gathering.report();
  },
};
