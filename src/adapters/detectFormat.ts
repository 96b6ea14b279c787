import { TraceInputError } from '../model/diagnostics.ts';
import { consoleDump } from './console/console.ts';
import { formatsInWords } from './formatWords.ts';
import { jaeger } from './jaeger/jaeger.ts';
import { langfuseExport } from './langfuse/langfuse.ts';
import { langsmith } from './langsmith/langsmith.ts';
import { lookAlike } from './lookAlikes.ts';
import { native } from './native/native.ts';
import { otlp } from './otlp/otlp.ts';
import { phoenix } from './phoenix/phoenix.ts';
import type { Detection, ReadOptions, TraceAdapter } from './types.ts';

/** The formats that are read without further setting. */
export const defaultAdapters: readonly TraceAdapter[] = [native, otlp, langsmith, langfuseExport, phoenix, jaeger, consoleDump];

/** Which format a parsed document is, how sure that is (0 … 1) and by what sign; null = none that is known. */
export function detectFormat(document: unknown, adapters: readonly TraceAdapter[] = defaultAdapters): { readonly format: string; readonly confidence: number; readonly reason: string } | null {
  let best: { format: string; confidence: number; reason: string } | null = null;
  for (const adapter of adapters) {
    const detection = detect(adapter, document);
    if (detection && (!best || detection.confidence > best.confidence)) best = { format: adapter.name, ...detection };
  }
  return best;
}

/** A host object whose fields throw is of no format. */
function detect(adapter: TraceAdapter, document: unknown): Detection | null {
  try {
    return adapter.detect(document);
  } catch {
    return null;
  }
}

/** The adapter for a document: the one the host asks for, else the one that is surest. */
export function pickAdapter(document: unknown, { format, adapters = defaultAdapters }: ReadOptions): TraceAdapter | undefined {
  const name = format ?? detectFormat(document, adapters)?.format;
  return adapters.find((candidate) => candidate.name === name);
}

/** Throws `TraceInputError` where the host asks for a format that no adapter reads. */
export function requireFormat({ format, adapters = defaultAdapters }: ReadOptions): void {
  if (format !== undefined && !adapters.some(({ name }) => name === format)) throw new TraceInputError('unknown-format', `There is no format “${format}”; known are ${list(adapters)}.`);
}

const list = (adapters: readonly TraceAdapter[]): string => formatsInWords(adapters.map(({ name }) => name));

/** The error for a document that no adapter knows: what it is as far as can be told, and what would be read. Where the host hides content, the message gives none of it away. */
export function unknownFormat(document: unknown, { adapters = defaultAdapters, redact = [] }: ReadOptions): TraceInputError {
  return new TraceInputError('unknown-format', `This is JSON, but not a trace: it is ${looks(document, redact.length > 0)}. Accepted formats: ${list(adapters)}.`);
}

function looks(document: unknown, hidden: boolean): string {
  try {
    const known = lookAlike(document);
    if (known !== null) return known;
    if (Array.isArray(document)) return document.length === 0 ? 'an empty list' : 'a list';
    if (document === null || typeof document !== 'object') return document === null ? 'null' : `a ${typeof document}`;
    const keys = Object.keys(document).slice(0, 5);
    if (keys.length === 0) return 'an empty object';
    return hidden ? 'an object' : `an object with ${keys.map((key) => JSON.stringify(key.slice(0, 40))).join(', ')}`;
  } catch {
    return 'an object that cannot be looked at';
  }
}
