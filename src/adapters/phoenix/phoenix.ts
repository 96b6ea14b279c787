import { isObject, type Fields } from '../../conventions/json.ts';
import { otlp } from '../otlp/otlp.ts';
import { readableEntries, lookedAt, quietly, readEach } from '../tolerant/readEach.ts';
import type { SpanSink, TraceAdapter } from '../types.ts';
import { isAnnotation, readAnnotation } from './annotations.ts';
import { phoenixSpan } from './phoenixSpan.ts';
import { detectPhoenix, HOLDERS, isContainer, isSpan, listHolds, walk, type Part } from './signs.ts';
import { isTable, tableRows } from './tables.ts';

/**
 * Spans of Phoenix: pages of its REST API `{ data, next_cursor }` (also those whose spans are OTLP's), dataframes as
 * pandas writes them, answers of GraphQL, spans alone and lists of them; and annotations or evaluations beside the
 * spans, which become scores.
 */
export const phoenix: TraceAdapter = {
  name: 'phoenix',
  detect: detectPhoenix,
  read(document, sink) {
    for (const { entry, way } of walk(document, Infinity)) lookedAt(sink, () => readPart(entry, way, sink));
  },
};

function readPart(entry: Part['entry'], { steps }: Part['way'], sink: SpanSink): void {
  if (Array.isArray(entry)) {
    const holds = listHolds(entry);
    if (holds === 'otlp') otlp.read(entry, sink);
    else if (holds !== null) readSpans(entry, sink);
    else leftOut(entry, steps, sink);
    return;
  }
  const fields = entry as Fields;
  const { pageInfo } = fields;
  const cursor = fields['next_cursor'];
  if ((typeof cursor === 'string' && cursor !== '') || (isObject(pageInfo) && pageInfo['hasNextPage'] === true))
    sink.diagnostic('partial-page', 'The input says that it is only a page; there are more spans where it came from.');
  if (isTable(fields)) readSpans(tableRows(fields), sink);
  else if (isSpan(fields) || isAnnotation(fields)) readSpans([fields], sink);
}

/** Entries of a list of pages and tables that are neither. */
function leftOut(list: readonly unknown[], steps: number, sink: SpanSink): void {
  if (steps > 1) return;
  const mayHold = (entry: unknown): boolean =>
    Array.isArray(entry) || (isObject(entry) && (isTable(entry) || HOLDERS.some((holder) => holder in entry)));
  for (const entry of readableEntries(list))
    if (!quietly(() => mayHold(entry)))
      sink.diagnostic('mixed-format', 'An entry of the list is no span of Phoenix and was left out.');
}

function readSpans(list: readonly unknown[], sink: SpanSink): void {
  const spans = readableEntries(list).filter((entry) => !quietly(() => isPage(entry)));
  readEach(
    spans.filter((entry) => !quietly(() => isObject(entry) && !isSpan(entry) && isAnnotation(entry))),
    sink,
    (row, source) => {
      const { record, scores } = phoenixSpan(row, source, sink);
      sink.span(record);
      for (const score of scores) sink.score(score, { source: isObject(source) ? source : record.source });
    },
  );
  for (const entry of spans) {
    const score = lookedAt(sink, () =>
      isObject(entry) && !isSpan(entry) && isAnnotation(entry) ? readAnnotation(entry) : null,
    );
    if (score) sink.score(score, { source: entry as object });
  }
}

/** A page or edge among spans is walked into by itself. */
const isPage = (entry: unknown): boolean =>
  isObject(entry) && !isSpan(entry) && (isContainer(entry['data']) || isContainer(entry['node']));
