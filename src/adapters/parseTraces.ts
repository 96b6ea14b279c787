import type { TraceSet } from '../model/types.ts';
import { createSpanCollector } from './collectSpans.ts';
import { isBytes, readText } from './readText.ts';
import { splitDocuments, type TextDocument } from './splitDocuments.ts';
import { nameFormats, readEach } from './readTraces.ts';
import type { ParseOptions, TraceInput } from './types.ts';

/**
 * Reads text, bytes (also gzip), files, responses, streams or parsed documents, one or several: spans of one trace id across them form
 * one trace. Rejects with `TraceInputError` where an input cannot be read at all (`empty-input`, `not-json`, `bad-encoding`,
 * `too-large`, `unknown-format`); what can be repaired is shown and reported in `TraceSet.diagnostics`.
 */
export async function parseTraces(input: TraceInput | readonly TraceInput[], options: ParseOptions = {}): Promise<TraceSet> {
  const collector = createSpanCollector(options);
  const documents: TextDocument[] = [];
  for (const one of isListOfInputs(input) ? input : [input]) {
    if (typeof one === 'string' || isBytes(one)) {
      const text = await readText(one, options);
      options.signal?.throwIfAborted();
      for (const document of splitDocuments(text, collector.log)) documents.push(document);
    } else {
      documents.push({ document: one });
    }
  }
  options.signal?.throwIfAborted();
  const formats = readEach(documents.map(({ document }) => document), options, collector, (index) => documents[index]?.line);
  const set = collector.finish(nameFormats(formats));
  options.onProgress?.({ phase: 'ready', bytes: 0, spans: set.accounting.shown });
  return set;
}

/** A list that holds text or bytes is several inputs; any other list is one document. */
const isListOfInputs = (input: TraceInput | readonly TraceInput[]): input is readonly TraceInput[] =>
  Array.isArray(input) && input.length > 0 && input.some((one) => typeof one === 'string' || isBytes(one));
