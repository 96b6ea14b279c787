import { withoutHoles } from '../model/holes.ts';
import { detect } from './collect/pickAdapter.ts';
import type { AnyAdapter } from './collect/readDocuments.ts';
import { otlp } from './otlp/otlp.ts';
import type { ReadOptions, TraceAdapter } from './types.ts';

/*
 * What makes traces of documents. `parseTraces` fetches it when it is called first, while the input still comes, so
 * that a page that only may read some day does not carry it.
 */
export { requireFormat } from './collect/pickAdapter.ts';
export { createDocumentReader } from './collect/readDocuments.ts';

/**
 * Most traces are OTLP: the signs of all other formats are a part of their own, which is fetched when something else
 * comes.
 */
export function adaptersFor(
  document: unknown,
  { adapters, format }: ReadOptions,
): readonly AnyAdapter[] | Promise<readonly AnyAdapter[]> {
  if (adapters) return adapters;
  if (format === undefined && isSurelyOtlp(document)) return ONLY_OTLP;
  return import('./formats/everyFormat.ts').then(({ everyFormat }) => everyFormat);
}

const ONLY_OTLP: readonly TraceAdapter[] = [otlp];

function isSurelyOtlp(document: unknown): boolean {
  const isSure = (part: unknown): boolean => !Array.isArray(part) && detect(otlp, part)?.confidence === 1;
  try {
    return Array.isArray(document) ? document.length > 0 && withoutHoles(document).every(isSure) : isSure(document);
  } catch {
    return false;
  }
}
