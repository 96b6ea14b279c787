import { genAi } from './dialects/genAi.ts';
import { genAiEvents } from './dialects/genAiEvents.ts';
import { langfuse } from './dialects/langfuse.ts';
import { langsmith } from './dialects/langsmith.ts';
import { mlflow } from './dialects/mlflow.ts';
import { openInference } from './dialects/openInference.ts';
import { pydanticAi } from './dialects/pydanticAi.ts';
import { semconv } from './dialects/semconv.ts';
import { traceloop } from './dialects/traceloop.ts';
import type { Dialect } from './types.ts';
import { vercel } from './dialects/vercel.ts';

/**
 * All vocabularies, in order of trust: per field, the first that has it is believed. The general conventions stay last.
 */
export const DIALECTS: readonly Dialect[] = [
  langfuse,
  openInference,
  pydanticAi,
  genAi,
  genAiEvents,
  traceloop,
  vercel,
  langsmith,
  mlflow,
  semconv,
];

/** The order of trust for kinds alone, where it differs: dialects named here come first, the others follow as above. */
export const KIND_ORDER: readonly Dialect[] = [langfuse, openInference, langsmith, mlflow, genAi, traceloop, vercel];
