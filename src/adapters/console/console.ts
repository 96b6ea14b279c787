import { isObject, type Fields } from '../../conventions/json.ts';
import { readableEntries, quietly, readEach } from '../tolerant/readEach.ts';
import type { SpanRecord, TraceAdapter } from '../types.ts';
import { logRecord } from './logRecord.ts';
import { printedSpan, readableSpan } from './jsSpan.ts';
import { pythonSpan } from './pythonSpan.ts';
import { detectConsole, isLogRecord, isMetric, shapeOf, type Shape } from './signs.ts';

/**
 * Spans as the SDKs of OpenTelemetry print or hold them: JSON of JavaScript's ConsoleSpanExporter, ReadableSpan objects
 * of the same SDK, and `to_json()` of Python's, which is also what its console exporter prints. One span, a list of
 * them, or one behind the other.
 */
export const consoleDump: TraceAdapter = {
  name: 'console',
  detect: detectConsole,
  read(document, sink) {
    const list = Array.isArray(document) ? readableEntries(document) : [document];
    // What is no span of its own among spans is read like its neighbours.
    const usual = list.map((entry) => quietly(() => (isObject(entry) ? shapeOf(entry) : null))).find((shape) => shape);
    readEach(list, sink, (span, source) => {
      if (isMetric(span)) sink.diagnostic('mixed-format', 'Metrics are not shown; they were left out.');
      else if (isLogRecord(span)) sink.logRecord(logRecord(span));
      else sink.span(READERS[shapeOf(span) ?? usual ?? 'printed'](span, source));
    });
  },
};

const READERS: Readonly<Record<Shape, (span: Fields, source: object) => SpanRecord>> = {
  printed: printedSpan,
  readable: readableSpan,
  paired: readableSpan,
  python: pythonSpan,
  pythonLike: pythonSpan,
};
