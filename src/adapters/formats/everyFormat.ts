import { otlp } from '../otlp/otlp.ts';
import type { AwaitedAdapter, LaterAdapter, TraceAdapter } from '../types.ts';
import { awaitedFormats } from './awaitedFormats.ts';
import { laterFormats } from './laterFormats.ts';

const [native, ...others] = awaitedFormats;

/**
 * All that `parseTraces` reads: the reader of OTLP, and the signs of those formats whose readers are fetched when they
 * are needed; in order of preference, as in `defaultAdapters`.
 */
export const everyFormat: readonly (TraceAdapter | AwaitedAdapter | LaterAdapter)[] = [
  native!,
  otlp,
  ...others,
  ...laterFormats,
];
