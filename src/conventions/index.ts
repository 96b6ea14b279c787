import { adk } from './dialects/producers/adk.ts';
import { anthropicSdk } from './dialects/producers/anthropicSdk.ts';
import { ax } from './dialects/producers/ax.ts';
import { claudeCode } from './dialects/codingAgents/claudeCode.ts';
import { codex } from './dialects/codingAgents/codex.ts';
import { copilot } from './dialects/codingAgents/copilot.ts';
import { effectAi } from './dialects/producers/effectAi.ts';
import { geminiCli } from './dialects/codingAgents/geminiCli.ts';
import { genAi } from './dialects/genAi.ts';
import { genAiEvents } from './dialects/genAiEvents.ts';
import { genkit } from './dialects/producers/genkit.ts';
import { laminar } from './dialects/producers/laminar.ts';
import { langWatch } from './dialects/producers/langWatch.ts';
import { judgment } from './dialects/producers/judgment.ts';
import { langfuse } from './dialects/langfuse.ts';
import { langsmith } from './dialects/langsmith.ts';
import { langtrace } from './dialects/producers/langtrace.ts';
import { mastra } from './dialects/producers/mastra.ts';
import { mlflow } from './dialects/mlflow.ts';
import { monocle } from './dialects/producers/monocle.ts';
import { openInference } from './dialects/openInference.ts';
import { pydanticAi } from './dialects/pydanticAi.ts';
import { semconv } from './dialects/semconv.ts';
import { sentry } from './dialects/producers/sentry.ts';
import { strands } from './dialects/producers/strands.ts';
import { tanStack } from './dialects/producers/tanStack.ts';
import { traceloop } from './dialects/traceloop.ts';
import type { Dialect } from './types.ts';
import { vercel } from './dialects/vercel.ts';
import { voltAgent } from './dialects/producers/voltAgent.ts';

/**
 * All vocabularies, in order of trust: per field, the first that has it is believed. The general conventions stay last.
 */
export const DIALECTS: readonly Dialect[] = [
  langfuse,
  // Before OpenInference, whose words for tools it uses without the rest.
  voltAgent,
  openInference,
  pydanticAi,
  // What one program alone writes is known better than what it has in common with others.
  claudeCode,
  adk,
  mastra,
  genkit,
  monocle,
  strands,
  anthropicSdk,
  ax,
  geminiCli,
  tanStack,
  effectAi,
  genAi,
  genAiEvents,
  copilot,
  codex,
  sentry,
  traceloop,
  vercel,
  langsmith,
  laminar,
  langWatch,
  langtrace,
  judgment,
  mlflow,
  semconv,
];

/** The order of trust for kinds alone, where it differs: dialects named here come first, the others follow as above. */
export const KIND_ORDER: readonly Dialect[] = [langfuse, openInference, langsmith, mlflow, genAi, traceloop, vercel];
