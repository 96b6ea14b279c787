import { TraceInputError } from '../model/diagnostics.ts';
import type { TraceSet } from '../model/types.ts';
import { createSpanCollector, type SpanCollector } from './collectSpans.ts';
import { otlp } from './otlp.ts';
import type { ReadOptions, TraceAdapter } from './types.ts';

/** The formats that are read without further setting. */
export const defaultAdapters: readonly TraceAdapter[] = [otlp];

/** Which format a parsed document is, how sure that is (0 … 1) and by what sign; null = none that is known. */
export function detectFormat(document: unknown, adapters: readonly TraceAdapter[] = defaultAdapters): { readonly format: string; readonly confidence: number; readonly reason: string } | null {
  let best: { format: string; confidence: number; reason: string } | null = null;
  for (const adapter of adapters) {
    const detection = adapter.detect(document);
    if (detection && (!best || detection.confidence > best.confidence)) best = { format: adapter.name, ...detection };
  }
  return best;
}

/**
 * Reads parsed documents. Spans of one trace id across them form one trace. Throws `TraceInputError` only where no document is of a
 * known format (`unknown-format`); all else is shown and reported in `diagnostics`.
 */
export function readTraces(document: object | readonly object[], options: ReadOptions = {}): TraceSet {
  const collector = createSpanCollector(options);
  const formats = readEach([document], options, collector);
  return collector.finish(nameFormats(formats));
}

/** Reads documents of which each may be of another format, or a list of such; answers the formats that were met. */
export function readEach(documents: readonly unknown[], options: ReadOptions, collector: SpanCollector, lineOf?: (index: number) => number | undefined): readonly string[] {
  const formats: string[] = [];
  documents.forEach((document, index) => {
    const line = lineOf?.(index);
    const parts: readonly unknown[] = Array.isArray(document) && !pickAdapter(document, options) ? document : [document];
    for (const part of parts) {
      const adapter = pickAdapter(part, options);
      if (adapter) formats.push(readWith(adapter, part, collector));
      else collector.log.report('mixed-format', line === undefined ? {} : { line });
    }
  });
  if (formats.length === 0) throw unknownFormat(documents[0], options);
  return formats;
}

export const nameFormats = (formats: readonly string[]): string => (new Set(formats).size > 1 ? 'mixed' : formats[0] ?? '');

function readWith(adapter: TraceAdapter, document: unknown, collector: SpanCollector): string {
  adapter.read(document, collector);
  return adapter.name;
}

function pickAdapter(document: unknown, { format, adapters = defaultAdapters }: ReadOptions): TraceAdapter | undefined {
  const name = format ?? detectFormat(document, adapters)?.format;
  const adapter = adapters.find((candidate) => candidate.name === name);
  if (format !== undefined && !adapter) throw new TraceInputError('unknown-format', `There is no format “${format}”; known are ${list(adapters)}.`);
  return adapter;
}

const list = (adapters: readonly TraceAdapter[]): string => adapters.map(({ name }) => name).join(', ');

function unknownFormat(document: unknown, { adapters = defaultAdapters }: ReadOptions): TraceInputError {
  return new TraceInputError('unknown-format', `This is JSON, but not a trace: it is ${looks(document)}. Accepted formats: ${list(adapters)}.`);
}

function looks(document: unknown): string {
  if (Array.isArray(document)) return document.length === 0 ? 'an empty list' : 'a list';
  if (document === null || typeof document !== 'object') return document === null ? 'null' : `a ${typeof document}`;
  const keys = Object.keys(document).slice(0, 5);
  return keys.length === 0 ? 'an empty object' : `an object with ${keys.map((key) => JSON.stringify(key.slice(0, 40))).join(', ')}`;
}
