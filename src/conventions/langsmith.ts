import { textOf } from '../model/attributes.ts';
import type { AttributeValue, Message, Payload, SpanKind } from '../model/types.ts';
import { chatMessages, recordedDocuments } from './chat.ts';
import { jsonList, jsonObject, optional, parsed, payload } from './json.ts';
import { usageMetadata } from './langsmithUsage.ts';
import { readMessage } from './messages.ts';
import { readToolDefinitions } from './toolDefinitions.ts';
import type { Attributes, Dialect, SlotValues } from './types.ts';

const KINDS: Readonly<Record<string, SpanKind>> = {
  llm: 'llm', chat: 'llm', chain: 'chain', tool: 'tool', retriever: 'retriever', embedding: 'embedding', prompt: 'prompt', parser: 'parser',
  // Free words that are in use.
  agent: 'agent', reranker: 'reranker', guardrail: 'guardrail', evaluator: 'evaluator',
};

const KIND = 'langsmith.span.kind';
const METADATA = 'langsmith.metadata.';
/** Where the parameters of a call stand: in `extra` of a run, and in older ones among its metadata. */
const INVOCATION = ['langsmith.run.extra.invocation_params', `${METADATA}invocation_params`, `${METADATA}ls_invocation_params`];
/** Named after the first GenAI conventions, but LangSmith writes the inputs and outputs of every run there: they make no span a model call. */
const INPUTS = 'gen_ai.prompt';
const OUTPUTS = 'gen_ai.completion';

/**
 * LangSmith's OpenTelemetry attributes (langsmith-sdk, js/src/experimental/otel/constants.ts and translator.ts), and what its runs tell
 * that has no place there (`langsmith.run.<field>`, of the adapter for runs).
 */
export const langsmith: Dialect = {
  name: 'langsmith',
  slots: {
    [KIND]: { slot: 'kind', kinds: KINDS },
    'langsmith.trace.name': 'name',
    'langsmith.span.dotted_order': 'dottedOrder',
    'langsmith.trace.session_name': { read: (project) => (textOf(project) === null ? {} : { metadata: { project } }) },
    'langsmith.span.tags': { read: (tags) => ({ tagsOfRoot: jsonList(tags) ?? textOf(tags)?.split(',').map((tag) => tag.trim()).filter(Boolean) }) },
    // What LangSmith calls a thread. Its own `session_id` (without `metadata`) is a project.
    [`${METADATA}session_id`]: 'sessionId',
    [`${METADATA}thread_id`]: 'sessionId',
    [`${METADATA}conversation_id`]: 'sessionId',
    [`${METADATA}user_id`]: 'userId',
    [`${METADATA}ls_model_name`]: 'contextModel',
    [`${METADATA}ls_provider`]: 'contextProvider',
    'langsmith.usage_metadata': { read: usageMetadata },
    'langsmith.run.extra.invocation_params': { read: invokedModel },
    [`${METADATA}invocation_params`]: { read: invokedModel },
    'langsmith.run.first_token_time': 'firstTokenAt',
  },
  firstTokenEvents: ['new_token'],
  content: {
    input: (attributes) => recorded(attributes.get(INPUTS)),
    output: (attributes) => recorded(attributes.get(OUTPUTS)),
    inputMessages: (attributes) => chatMessages(attributes.get(INPUTS)) ?? (isModelCall(attributes) ? promptMessages(attributes.get(INPUTS)) : null),
    outputMessages: (attributes) => chatMessages(attributes.get(OUTPUTS)) ?? (isModelCall(attributes) ? answerMessages(attributes.get(OUTPUTS)) : null),
    toolDefinitions(attributes) {
      const tools = [...INVOCATION, INPUTS].map((key) => readToolDefinitions(jsonObject(attributes.get(key))?.['tools']));
      return tools.find((each) => each !== null && each.length > 0) ?? null;
    },
    parameters,
    promptTemplate(attributes) {
      // A prompt of LangSmith's hub: its text is not recorded, only what it is called.
      const repository = textOf(attributes.get(`${METADATA}lc_hub_repo`));
      if (repository === null || wordOf(attributes) !== 'prompt') return null;
      const owner = textOf(attributes.get(`${METADATA}lc_hub_owner`));
      return {
        template: owner === null ? repository : `${owner}/${repository}`, variables: jsonObject(attributes.get(INPUTS)) ?? {},
        ...optional('version', attributes.get(`${METADATA}lc_hub_commit_hash`)),
      };
    },
    tool(attributes) {
      const name = textOf(attributes.get('langsmith.trace.name'));
      if (name === null || wordOf(attributes) !== 'tool') return null;
      const output = attributes.get(OUTPUTS);
      // LangChain wraps what a tool gave back in a message, which says of which call it is the result.
      const [message, more] = chatMessages(output) ?? [];
      const part = more === undefined && message?.parts.length === 1 ? message.parts[0] : undefined;
      const answer = part?.type === 'toolResult' ? part : undefined;
      return { name, ...optional('callId', answer?.id), arguments: parsed(attributes.get(INPUTS)), result: answer ? answer.result : parsed(output) };
    },
    documents(attributes) {
      if (wordOf(attributes) !== 'retriever') return null;
      const output = recordedDocuments(attributes.get(OUTPUTS));
      const asked = jsonObject(attributes.get(INPUTS));
      return output && { ...optional('query', asked?.['query'] ?? asked?.['input'] ?? asked?.['question']), input: [], output };
    },
  },
};

const wordOf = (attributes: Attributes): string | undefined => textOf(attributes.get(KIND))?.toLowerCase();
const isModelCall = (attributes: Attributes): boolean => KINDS[wordOf(attributes) ?? ''] === 'llm';

/** The model that a call was made with, by the names that LangChain's integrations use. */
function invokedModel(value: AttributeValue): SlotValues {
  const params = jsonObject(value) ?? {};
  return { requestModel: ['model', 'model_name', 'modelName', 'model_id', 'deployment_name'].map((name) => textOf(params[name])).find((name) => name !== null) };
}

/** Text for a model that was recorded without a role: `{ prompts: [text] }`, `{ prompt }` or `{ input }`. */
function promptMessages(value: AttributeValue | undefined): readonly Message[] | null {
  const inputs = jsonObject(value);
  const said = inputs?.['prompts'] ?? inputs?.['prompt'] ?? inputs?.['input'];
  return textMessages('user', Array.isArray(said) ? said : [said]);
}

/** What a model said where that was recorded without a role: `{ content }`, `{ output }`, text or parts. */
function answerMessages(value: AttributeValue | undefined): readonly Message[] | null {
  const outputs = jsonObject(value);
  if (!outputs) return textMessages('assistant', [value]);
  const content = outputs['content'];
  if (Array.isArray(content) && content.length > 0) return [readMessage({ ...outputs, role: 'assistant' })];
  const said = content ?? outputs['output'] ?? outputs['outputs'] ?? outputs['text'] ?? outputs['completion'];
  return textMessages('assistant', Array.isArray(said) ? said : [said], outputs['stop_reason'] ?? outputs['finish_reason']);
}

function textMessages(role: string, texts: readonly unknown[], reason?: unknown): readonly Message[] | null {
  if (texts.length === 0 || !texts.every((text) => typeof text === 'string' && text !== '')) return null;
  return texts.map((text) => ({ role, parts: [{ type: 'text', text: text as string }], ...optional('finishReason', reason) }));
}

const recorded = (value: AttributeValue | undefined): Payload | null => payload(value, typeof parsed(value) === 'object' ? 'application/json' : null);

/** `ls_temperature` and its like, and the parameters that the model was called with; the tools among them have a place of their own. */
function parameters(attributes: Attributes): Readonly<Record<string, unknown>> | null {
  const found = INVOCATION.flatMap((key) => Object.entries(jsonObject(attributes.get(key)) ?? {})).filter(([name]) => name !== 'tools');
  for (const name of ['temperature', 'max_tokens', 'stop']) {
    const value = attributes.get(`${METADATA}ls_${name}`);
    if (value !== undefined && value !== null) found.push([name, value]);
  }
  return found.length > 0 ? Object.fromEntries(found) : null;
}
