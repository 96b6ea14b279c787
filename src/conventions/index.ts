import { genAi } from './genAi.ts';
import { openInference } from './openInference.ts';
import { semconv } from './semconv.ts';
import type { Dialect } from './types.ts';

/** All vocabularies, in order of trust: per field, the first that has it is believed. */
export const DIALECTS: readonly Dialect[] = [openInference, genAi, semconv];

/** The order of trust for kinds alone, where it differs: dialects named here come first, the others follow as above. */
export const KIND_ORDER: readonly Dialect[] = [openInference, genAi];
