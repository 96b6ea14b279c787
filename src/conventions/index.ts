import { genAi } from './genAi.ts';
import { genAiEvents } from './genAiEvents.ts';
import { langfuse } from './langfuse.ts';
import { langsmith } from './langsmith.ts';
import { mlflow } from './mlflow.ts';
import { openInference } from './openInference.ts';
import { pydanticAi } from './pydanticAi.ts';
import { semconv } from './semconv.ts';
import { traceloop } from './traceloop.ts';
import type { Dialect } from './types.ts';
import { vercel } from './vercel.ts';

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
