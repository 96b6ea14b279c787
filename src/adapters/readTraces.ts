import type { TraceSet } from '../model/types.ts';
import { defaultAdapters } from './formats/formats.ts';
import { joinLogs } from './collect/joinLogs.ts';
import { createDocumentReader } from './collect/readDocuments.ts';
import { ALL_PARTS } from './collect/readingParts.ts';
import type { ReadOptions, TraceAdapter } from './types.ts';
import { unknownFormat } from './formats/unknownFormat.ts';

/**
 * Reads parsed documents. Spans of one trace id across them form one trace. Throws `TraceInputError` only where no
 * document is of a known format (`unknown-format`); all else is shown and reported in `diagnostics`.
 */
export function readTraces(document: object | readonly object[], options: ReadOptions = {}): TraceSet {
  const reader = createDocumentReader(options, ALL_PARTS);
  reader.read(document, options.adapters ?? defaultAdapters);
  for (const gathered of reader.gathered) reader.readGathered(gathered, (gathered.adapter as TraceAdapter).readAll!);
  if (reader.unread) throw unknownFormat(reader.unread, options);
  const building = reader.finish(joinLogs);
  let step = building.next();
  while (!step.done) step = building.next();
  return step.value;
}
