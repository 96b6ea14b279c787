import { defaultAdapters } from './formats.ts';
import { surestFormat, type DetectedFormat } from '../collect/pickAdapter.ts';
import type { TraceAdapter } from '../types.ts';

/** Which format a parsed document is, how sure that is (0 … 1) and by what sign; null = none that is known. */
export const detectFormat = (
  document: unknown,
  adapters: readonly TraceAdapter[] = defaultAdapters,
): DetectedFormat | null => surestFormat(document, adapters);
