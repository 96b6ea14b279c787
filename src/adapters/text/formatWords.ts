import type { TraceAdapter } from '../types.ts';
import { ownValue } from '../../model/ownValue.ts';

/** What each format is, in words for people who do not know its short name. */
const WORDS: Readonly<Record<string, string>> = {
  native: 'spanwise’s own JSON',
  otlp: 'OpenTelemetry OTLP JSON',
  langsmith: 'LangSmith runs',
  langfuse: 'Langfuse traces and observations',
  phoenix: 'Arize Phoenix spans and dataframes',
  jaeger: 'Jaeger UI and API JSON',
  console: 'span dumps of the OpenTelemetry SDKs',
  'openai-agents': 'what the OpenAI Agents SDK exports',
  'claude-code': 'sessions of Claude Code',
  codex: 'sessions of OpenAI Codex',
  'gemini-cli': 'chat logs of Gemini CLI',
  opencode: 'sessions of OpenCode',
  'qwen-code': 'sessions of Qwen Code',
  cline: 'sessions of Cline',
  'copilot-cli': 'sessions of GitHub Copilot’s CLI',
  pi: 'sessions of pi',
  inspect: 'logs of Inspect AI',
  atif: 'agent trajectories in ATIF',
  'swe-agent': 'trajectories of SWE-agent',
  openhands: 'events of OpenHands',
  mlflow: 'traces of MLflow',
  adk: 'traces of ADK’s web page',
  mastra: 'traces of Mastra',
  genkit: 'traces of Genkit',
  logfire: 'rows of Logfire',
  opik: 'traces of Opik',
  weave: 'calls of W&B Weave',
  zipkin: 'Zipkin v2 JSON',
  braintrust: 'rows of Braintrust',
  datadog: 'spans of Datadog LLM Observability',
  sentry: 'transactions and spans of Sentry',
  posthog: 'AI events of PostHog',
};

/** The formats by their names, each with what it is. */
export const formatsInWords = (adapters: readonly Pick<TraceAdapter, 'name'>[]): string =>
  adapters
    .map(({ name }) => {
      const words = ownValue(WORDS, name);
      return words === undefined ? name : `${name} (${words})`;
    })
    .join(', ');

/** For texts of unknown format: in what shape traces are read at all. */
export const READ_FROM =
  'Traces are read from JSON or JSON Lines, also packed (gzip, zstd, zip): OpenTelemetry (OTLP), LangSmith, Langfuse, ' +
  'Phoenix, Jaeger, sessions of coding agents, logs of evaluations, exports of other tracers, or spanwise’s own format.';
