import { textOf } from '../../model/attributes.ts';
import type { AttributeValue, Message, Payload } from '../../model/types.ts';
import { ownValue } from '../../model/ownValue.ts';
import { jsonObject, optional, parsed, payload } from '../json.ts';
import { KIND, KINDS, METADATA } from '../dialects/langsmith.ts';
import type { Attributes, ContentReaders } from '../types.ts';
import { chatMessages, recordedDocuments, toolAnswer } from './messages/chat.ts';
import { readMessage } from './messages/messages.ts';
import { readToolDefinitions } from './messages/toolDefinitions.ts';

/** Where the parameters of a call stand: in `extra` of a run, and in older ones among its metadata. */
const INVOCATION = [
  'langsmith.run.extra.invocation_params',
  `${METADATA}invocation_params`,
  `${METADATA}ls_invocation_params`,
];
/**
 * Named after the first GenAI conventions, but LangSmith writes the inputs and outputs of every run there: they make no
 * span a model call.
 */
const INPUTS = 'gen_ai.prompt';
const OUTPUTS = 'gen_ai.completion';

/** What a span holds, in the words of `langsmith`. */
export const langsmithContent: Partial<ContentReaders> = {
  input: (attributes) => recorded(attributes.get(INPUTS)),
  output: (attributes) => recorded(attributes.get(OUTPUTS)),
  inputMessages: (attributes) =>
    chatMessages(attributes.get(INPUTS)) ?? (isModelCall(attributes) ? promptMessages(attributes.get(INPUTS)) : null),
  outputMessages: (attributes) =>
    chatMessages(attributes.get(OUTPUTS)) ?? (isModelCall(attributes) ? answerMessages(attributes.get(OUTPUTS)) : null),
  toolDefinitions(attributes) {
    const tools = [...INVOCATION, INPUTS].map((key) => readToolDefinitions(jsonObject(attributes.get(key))?.['tools']));
    return tools.find((each) => each !== null && each.length > 0) ?? null;
  },
  parameters,
  promptTemplate(attributes) {
    // A prompt of LangSmith's hub: its text is not recorded, only what it is called.
    const repository = textOf(attributes.get(`${METADATA}lc_hub_repo`));
    if (repository === null || runType(attributes) !== 'prompt') return null;
    const owner = textOf(attributes.get(`${METADATA}lc_hub_owner`));
    return {
      template: owner === null ? repository : `${owner}/${repository}`,
      variables: jsonObject(attributes.get(INPUTS)) ?? {},
      ...optional('version', attributes.get(`${METADATA}lc_hub_commit_hash`)),
    };
  },
  tool(attributes) {
    const name = textOf(attributes.get('langsmith.trace.name'));
    if (name === null || runType(attributes) !== 'tool') return null;
    const { id, result } = toolAnswer(attributes.get(OUTPUTS));
    return { name, ...optional('callId', id), arguments: parsed(attributes.get(INPUTS)), result };
  },
  documents(attributes) {
    if (runType(attributes) !== 'retriever') return null;
    const output = recordedDocuments(attributes.get(OUTPUTS));
    const asked = jsonObject(attributes.get(INPUTS));
    return (
      output && { ...optional('query', asked?.['query'] ?? asked?.['input'] ?? asked?.['question']), input: [], output }
    );
  },
};

const runType = (attributes: Attributes): string | undefined => textOf(attributes.get(KIND))?.toLowerCase();
const isModelCall = (attributes: Attributes): boolean => ownValue(KINDS, runType(attributes) ?? '') === 'llm';

/** Text for a model that was recorded without a role: `{ prompts: [text] }`, `{ prompt }` or `{ input }`. */
function promptMessages(value: AttributeValue | undefined): readonly Message[] | null {
  const inputs = jsonObject(value);
  const prompts = inputs?.['prompts'] ?? inputs?.['prompt'] ?? inputs?.['input'];
  return textMessages('user', Array.isArray(prompts) ? prompts : [prompts]);
}

/** The answer of a model that was recorded without a role: `{ content }`, `{ output }`, text or parts. */
function answerMessages(value: AttributeValue | undefined): readonly Message[] | null {
  const outputs = jsonObject(value);
  if (!outputs) return textMessages('assistant', [value]);
  const content = outputs['content'];
  if (Array.isArray(content) && content.length > 0) return [readMessage({ ...outputs, role: 'assistant' })];
  const answer = content ?? outputs['output'] ?? outputs['outputs'] ?? outputs['text'] ?? outputs['completion'];
  return textMessages(
    'assistant',
    Array.isArray(answer) ? answer : [answer],
    outputs['stop_reason'] ?? outputs['finish_reason'],
  );
}

function textMessages(role: string, texts: readonly unknown[], reason?: unknown): readonly Message[] | null {
  if (texts.length === 0 || !texts.every((text) => typeof text === 'string' && text !== '')) return null;
  return texts.map((text) => ({
    role,
    parts: [{ type: 'text', text: text as string }],
    ...optional('finishReason', reason),
  }));
}

const recorded = (value: AttributeValue | undefined): Payload | null =>
  payload(value, typeof parsed(value) === 'object' ? 'application/json' : null);

/**
 * `ls_temperature` and its like, and the parameters that the model was called with; the tools among them have a place
 * of their own.
 */
function parameters(attributes: Attributes): Readonly<Record<string, unknown>> | null {
  const found = INVOCATION.flatMap((key) => Object.entries(jsonObject(attributes.get(key)) ?? {})).filter(
    ([name]) => name !== 'tools',
  );
  for (const name of ['temperature', 'max_tokens', 'stop']) {
    const value = attributes.get(`${METADATA}ls_${name}`);
    if (value !== undefined && value !== null) found.push([name, value]);
  }
  return found.length > 0 ? Object.fromEntries(found) : null;
}
