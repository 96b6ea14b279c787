import type { DiffPair, Trace } from '../../../src/core.ts';
import type { TracePair } from './pairs.mjs';

export declare function scorePairs(
  pair: TracePair,
  a: Trace,
  b: Trace,
  pairs: readonly DiffPair[],
): { readonly f1: number; readonly strict: number; readonly trusted: number; readonly share: number };
