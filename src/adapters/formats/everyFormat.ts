import type { LaterAdapter, TraceAdapter } from '../types.ts';
import { defaultAdapters } from './formats.ts';
import { laterFormats } from './laterFormats.ts';

/** All that `parseTraces` reads: readers that are at hand, and the signs of those that are fetched when they are needed. */
export const everyFormat: readonly (TraceAdapter | LaterAdapter)[] = [...defaultAdapters, ...laterFormats];
