import { TraceInputError } from '../model/diagnostics.ts';
import { otlp } from './otlp/otlp.ts';
import type { Detection, ReadOptions, TraceAdapter } from './types.ts';

/** The formats that are read without further setting. */
export const defaultAdapters: readonly TraceAdapter[] = [otlp];

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
  const adapter = adapters.find((candidate) => candidate.name === name);
  if (format !== undefined && !adapter) throw new TraceInputError('unknown-format', `There is no format “${format}”; known are ${list(adapters)}.`);
  return adapter;
}

const list = (adapters: readonly TraceAdapter[]): string => adapters.map(({ name }) => name).join(', ');

/** The error for a document that no adapter knows. */
export function unknownFormat(document: unknown, { adapters = defaultAdapters }: ReadOptions): TraceInputError {
  return new TraceInputError('unknown-format', `This is JSON, but not a trace: it is ${looks(document)}. Accepted formats: ${list(adapters)}.`);
}

function looks(document: unknown): string {
  try {
    if (Array.isArray(document)) return document.length === 0 ? 'an empty list' : 'a list';
    if (document === null || typeof document !== 'object') return document === null ? 'null' : `a ${typeof document}`;
    const keys = Object.keys(document).slice(0, 5);
    return keys.length === 0 ? 'an empty object' : `an object with ${keys.map((key) => JSON.stringify(key.slice(0, 40))).join(', ')}`;
  } catch {
    return 'an object that cannot be looked at';
  }
}
