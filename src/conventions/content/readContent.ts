import type { AttributeValue, Embedding, Message, SpanContent, SpanEvent } from '../../model/types.ts';
import { ownValue } from '../../model/ownValue.ts';
import { DETAIL_EVENTS } from '../eventSigns.ts';
import { DIALECTS } from '../index.ts';
import { jsonList } from '../json.ts';
import { toJson } from '../toJson.ts';
import type { Attributes, ContentReaders } from '../types.ts';
import { adkContent } from './producers/adk.ts';
import { claudeCodeContent } from './producers/claudeCode.ts';
import { copilotContent } from './producers/copilot.ts';
import { effectAiContent } from './producers/effectAi.ts';
import { genkitContent } from './producers/genkit.ts';
import { laminarContent } from './producers/laminar.ts';
import { langWatchContent } from './producers/langWatch.ts';
import { mastraContent } from './producers/mastra.ts';
import { monocleContent } from './producers/monocle.ts';
import { sentryContent } from './producers/sentry.ts';
import { strandsContent } from './producers/strands.ts';
import { voltAgentContent } from './producers/voltAgent.ts';
import { genAiContent } from './genAi.ts';
import { genAiEventsContent } from './genAiEvents.ts';
import { judgmentContent } from './judgment.ts';
import { langfuseContent } from './langfuse.ts';
import { langsmithContent } from './langsmith.ts';
import { mlflowContent } from './mlflow.ts';
import { openInferenceContent } from './openInference.ts';
import { pydanticAiContent } from './pydanticAi.ts';
import { semconvContent } from './semconv.ts';
import { traceloopContent } from './traceloop.ts';
import { vercelContent } from './vercel.ts';
export { resultBlocks } from './messages/parts.ts';

/** In the place of a segment: the span has events. */
const EVENTS = '';

/**
 * By the name of their dialect, apart from which they stand because every trace needs that at once: these wait until a
 * span is opened. Each with the first segments of the keys (`gen_ai` of `gen_ai.tool.name`) without any of which it
 * answers nothing: most spans speak one dialect, and to ask all others costs more than all else about a content.
 */
export const READERS: Readonly<Record<string, readonly [Partial<ContentReaders>, ...segments: readonly string[]]>> = {
  langfuse: [langfuseContent, 'langfuse'],
  openinference: [
    openInferenceContent,
    ...['input', 'output', 'llm', 'openinference', 'embedding', 'reranker', 'retrieval', 'prompt', 'tool'],
  ],
  pydantic_ai: [
    pydanticAiContent,
    ...['tool_arguments', 'tool_response', 'final_result', 'events', 'all_messages_events', 'pydantic_ai'],
    'model_request_parameters',
  ],
  claude_code: [claudeCodeContent, 'span'],
  adk: [adkContent, 'gcp'],
  mastra: [mastraContent, 'mastra'],
  genkit: [genkitContent, 'genkit'],
  voltagent: [voltAgentContent, 'entity'],
  effect_ai: [effectAiContent, 'parameters'],
  monocle: [monocleContent, 'monocle_apptrace'],
  strands: [strandsContent, EVENTS],
  copilot: [copilotContent, 'copilot_chat'],
  sentry: [sentryContent, 'gen_ai'],
  laminar: [laminarContent, 'lmnr'],
  langwatch: [langWatchContent, 'langwatch'],
  gen_ai: [genAiContent, 'gen_ai', 'anthropic', 'mcp'],
  'gen_ai.events': [genAiEventsContent, 'gen_ai', EVENTS],
  traceloop: [traceloopContent, 'traceloop', 'gen_ai', 'mcp', 'llm', 'db', EVENTS],
  ai_sdk: [vercelContent, 'ai'],
  langsmith: [langsmithContent, 'gen_ai', 'langsmith'],
  judgment: [judgmentContent, 'judgment'],
  mlflow: [mlflowContent, 'mlflow'],
  semconv: [semconvContent, 'db', 'graphql', 'http', 'url'],
};
/** In the order of trust of the dialects. */
const IN_ORDER = DIALECTS.flatMap(({ name }) => {
  const found = ownValue(READERS, name);
  return found ? [found] : [];
});

/** By segment, a bit for each of `IN_ORDER`. */
const ASKED = new Map<string, number>();
IN_ORDER.forEach(([, ...segments], place) => {
  for (const segment of segments) ASKED.set(segment, (ASKED.get(segment) ?? 0) | (1 << place));
});

/** The readers that may have an answer. */
function readersFor(attributes: Attributes, events: readonly SpanEvent[]): readonly Partial<ContentReaders>[] {
  let asked = events.length > 0 ? ASKED.get(EVENTS)! : 0;
  for (const key of attributes.keys()) {
    let end = 0;
    while (end < key.length && key[end] !== '.' && key[end] !== ':') end += 1;
    asked |= ASKED.get(key.slice(0, end)) ?? 0;
  }
  return IN_ORDER.flatMap(([readers], place) => ((asked & (1 << place)) === 0 ? [] : [readers]));
}

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
  const readers = readersFor(attributes, events);
  const first = <Field extends keyof ContentReaders>(field: Field): ReturnType<ContentReaders[Field]> | null =>
    firstMeaning(readers, field, attributes, events);
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
  asked: readonly Partial<ContentReaders>[],
  field: Field,
  attributes: Attributes,
  events: readonly SpanEvent[],
): ReturnType<ContentReaders[Field]> | null {
  for (const readers of asked) {
    const answer = readers[field]?.(attributes, events) ?? null;
    if (answer !== null) return answer as ReturnType<ContentReaders[Field]>;
  }
  return null;
}

/**
 * The attributes of a span, and where it is silent those of the events that repeat them. The answer of a stream may come
 * in as many events as it has items.
 */
function withDetails(attributes: Attributes, events: readonly SpanEvent[]): Attributes {
  const details = events.filter(({ name }) => DETAIL_EVENTS.has(name));
  if (details.length === 0) return attributes;
  const filled = new Map(attributes);
  const answers: unknown[] = [];
  for (const event of details)
    for (const [key, value] of event.attributes) {
      if (key === ANSWER && !attributes.has(key)) answers.push(value);
      if (!filled.has(key)) filled.set(key, value);
    }
  if (answers.length > 1) filled.set(ANSWER, joined(answers) as AttributeValue);
  return filled;
}
const ANSWER = 'gen_ai.output.messages';

/** Lists, as text or as such, as one; what is said again is left out, and what is no list leaves only the first. */
function joined(values: readonly unknown[]): unknown {
  const once = new Map(values.map((value) => [typeof value === 'string' ? value : toJson(value), value]));
  const lists = Array.from(once.values(), jsonList);
  return lists.every((list) => list !== null) ? lists.flat() : values[0];
}
