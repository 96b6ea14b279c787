import type { Embedding, Message, SpanContent, SpanEvent } from '../../model/types.ts';
import { ownValue } from '../../model/ownValue.ts';
import { DETAIL_EVENTS } from '../eventSigns.ts';
import { DIALECTS } from '../index.ts';
import type { Attributes, ContentReaders } from '../types.ts';
import { adkContent } from './producers/adk.ts';
import { claudeCodeContent } from './producers/claudeCode.ts';
import { copilotContent } from './producers/copilot.ts';
import { genkitContent } from './producers/genkit.ts';
import { laminarContent } from './producers/laminar.ts';
import { mastraContent } from './producers/mastra.ts';
import { monocleContent } from './producers/monocle.ts';
import { sentryContent } from './producers/sentry.ts';
import { strandsContent } from './producers/strands.ts';
import { voltAgentContent } from './producers/voltAgent.ts';
import { genAiContent } from './genAi.ts';
import { genAiEventsContent } from './genAiEvents.ts';
import { langfuseContent } from './langfuse.ts';
import { langsmithContent } from './langsmith.ts';
import { mlflowContent } from './mlflow.ts';
import { openInferenceContent } from './openInference.ts';
import { pydanticAiContent } from './pydanticAi.ts';
import { semconvContent } from './semconv.ts';
import { traceloopContent } from './traceloop.ts';
import { vercelContent } from './vercel.ts';
export { resultBlocks } from './parts.ts';

/**
 * By the name of their dialect, apart from which they stand because every trace needs that at once: these wait until a
 * span is opened.
 */
const READERS: Readonly<Record<string, Partial<ContentReaders>>> = {
  langfuse: langfuseContent,
  openinference: openInferenceContent,
  pydantic_ai: pydanticAiContent,
  claude_code: claudeCodeContent,
  adk: adkContent,
  mastra: mastraContent,
  genkit: genkitContent,
  voltagent: voltAgentContent,
  monocle: monocleContent,
  strands: strandsContent,
  copilot: copilotContent,
  sentry: sentryContent,
  laminar: laminarContent,
  gen_ai: genAiContent,
  'gen_ai.events': genAiEventsContent,
  traceloop: traceloopContent,
  ai_sdk: vercelContent,
  langsmith: langsmithContent,
  mlflow: mlflowContent,
  semconv: semconvContent,
};
/** In the order of trust of the dialects. */
const IN_ORDER = DIALECTS.flatMap(({ name }) => ownValue(READERS, name) ?? []);

type Meaning = Pick<
  SpanContent,
  | 'input'
  | 'output'
  | 'messages'
  | 'toolDefinitions'
  | 'parameters'
  | 'promptTemplate'
  | 'tool'
  | 'documents'
  | 'embeddings'
>;

/** What a span's attributes and events mean, field by field; two dialects' messages are never joined. */
export function readContent(recorded: Attributes, events: readonly SpanEvent[]): Meaning {
  const attributes = withDetails(recorded, events);
  const first = <Field extends keyof ContentReaders>(field: Field): ReturnType<ContentReaders[Field]> | null =>
    firstMeaning(field, attributes, events);
  const input = first('inputMessages');
  const output = first('outputMessages');
  return {
    input: first('input'),
    output: first('output'),
    messages: input?.length || output?.length ? { input: input ?? NO_MESSAGES, output: output ?? NO_MESSAGES } : null,
    toolDefinitions: first('toolDefinitions') ?? [],
    parameters: first('parameters') ?? {},
    promptTemplate: first('promptTemplate'),
    tool: first('tool'),
    documents: first('documents'),
    embeddings: first('embeddings') ?? NO_EMBEDDINGS,
  };
}

const NO_MESSAGES: readonly Message[] = [];
const NO_EMBEDDINGS: readonly Embedding[] = [];

/** The answer of the first dialect that has one. */
function firstMeaning<Field extends keyof ContentReaders>(
  field: Field,
  attributes: Attributes,
  events: readonly SpanEvent[],
): ReturnType<ContentReaders[Field]> | null {
  for (const readers of IN_ORDER) {
    const answer = readers[field]?.(attributes, events) ?? null;
    if (answer !== null) return answer as ReturnType<ContentReaders[Field]>;
  }
  return null;
}

/** The attributes of a span, and where it is silent those of the events that repeat them. */
function withDetails(attributes: Attributes, events: readonly SpanEvent[]): Attributes {
  const details = events.filter(({ name }) => DETAIL_EVENTS.has(name));
  if (details.length === 0) return attributes;
  const filled = new Map(attributes);
  for (const event of details)
    for (const [key, value] of event.attributes) if (!filled.has(key)) filled.set(key, value);
  return filled;
}
