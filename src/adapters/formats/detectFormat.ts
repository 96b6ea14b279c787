import { everyFormat } from './everyFormat.ts';
import { surestFormat, type DetectedFormat, type Detecting } from '../collect/pickAdapter.ts';

/** Which format a parsed document is, how sure that is (0 … 1) and by what sign; null = none that is known. */
export const detectFormat = (document: unknown, adapters: readonly Detecting[] = everyFormat): DetectedFormat | null =>
  surestFormat(document, adapters);
