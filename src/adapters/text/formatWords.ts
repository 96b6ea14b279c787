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
};

/** The formats by their names, each with what it is. */
export const formatsInWords = (adapters: readonly TraceAdapter[]): string =>
  adapters
    .map(({ name }) => {
      const words = ownValue(WORDS, name);
      return words === undefined ? name : `${name} (${words})`;
    })
    .join(', ');

/** For texts of unknown format: in what shape traces are read at all. */
export const READ_FROM =
  'Traces are read from JSON or JSON Lines, also gzipped: OpenTelemetry (OTLP), LangSmith, Langfuse, Phoenix, Jaeger, ' +
  'the OpenAI Agents SDK, span dumps of an OpenTelemetry SDK, or spanwise’s own format.';
