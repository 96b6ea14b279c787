import type { TraceSet } from '../model/types.ts';
import { defaultAdapters } from './formats.ts';
import { maskTold } from './maskRecords.ts';
import { createDocumentReader } from './readDocuments.ts';
import type { ReadOptions } from './types.ts';

/**
 * Reads parsed documents. Spans of one trace id across them form one trace. Throws `TraceInputError` only where no document is of a
 * known format (`unknown-format`); all else is shown and reported in `diagnostics`.
 */
export function readTraces(document: object | readonly object[], options: ReadOptions = {}): TraceSet {
  const reader = createDocumentReader(options, maskTold);
  reader.read(document, options.adapters ?? defaultAdapters);
  const building = reader.finish();
  let step = building.next();
  while (!step.done) step = building.next();
  return step.value;
}
