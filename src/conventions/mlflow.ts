import { amount, textOf } from '../model/attributes.ts';
import type { AttributeValue, Payload, SpanKind } from '../model/types.ts';
import { chatMessages, recordedDocuments } from './chat.ts';
import { jsonObject, optional, parsed, payload } from './json.ts';
import { readToolDefinitions } from './toolDefinitions.ts';
import type { Attributes, Dialect, Slot, SlotReading } from './types.ts';

const KINDS: Readonly<Record<string, SpanKind>> = {
  llm: 'llm', chat_model: 'llm', chain: 'chain', workflow: 'chain', task: 'chain', agent: 'agent', tool: 'tool', retriever: 'retriever',
  embedding: 'embedding', reranker: 'reranker', parser: 'parser', memory: 'memory', guardrail: 'guardrail', evaluator: 'evaluator',
};

const TYPE = 'mlflow.spanType';
const INPUTS = 'mlflow.spanInputs';
const OUTPUTS = 'mlflow.spanOutputs';

const decoded = (slot: Slot): SlotReading => ({ read: (value) => ({ [slot]: parsed(value) }) });

/**
 * MLflow's span attributes (mlflow/tracing/constant.py). Each value is JSON text, words included: the kind is `"\"CHAIN\""`. The sums of
 * a whole trace (`mlflow.trace.tokenUsage`, `mlflow.trace.cost`) are left alone, as no span owns them.
 */
export const mlflow: Dialect = {
  name: 'mlflow',
  slots: {
    [TYPE]: { slot: 'kind', kinds: KINDS, word: parsed },
    'mlflow.llm.model': decoded('responseModel'),
    'mlflow.llm.provider': decoded('provider'),
    'mlflow.trace.session': decoded('sessionId'),
    'mlflow.trace.user': decoded('userId'),
    'mlflow.traceRequestId': { read: (value) => ({ metadata: { 'mlflow.traceRequestId': parsed(value) } }) },
    'mlflow.chat.tokenUsage': {
      read(value) {
        const usage = jsonObject(value) ?? {};
        return {
          inputTokens: usage['input_tokens'], outputTokens: usage['output_tokens'], totalTokens: usage['total_tokens'],
          cacheRead: usage['cache_read_input_tokens'], cacheWrite: usage['cache_creation_input_tokens'],
        };
      },
    },
    'mlflow.llm.cost': {
      read(value) {
        const cost = jsonObject(value) ?? {};
        return { costTotal: cost['total_cost'], costInput: cost['input_cost'], costOutput: cost['output_cost'] };
      },
    },
  },
  content: {
    input: (attributes) => recorded(attributes.get(INPUTS)),
    output: (attributes) => recorded(attributes.get(OUTPUTS)),
    inputMessages: (attributes) => chatMessages(attributes.get(INPUTS)),
    outputMessages: (attributes) => chatMessages(attributes.get(OUTPUTS)),
    toolDefinitions: (attributes) => readToolDefinitions(attributes.get('mlflow.chat.tools')),
    parameters,
    tool(attributes) {
      const name = textOf(parsed(attributes.get('mlflow.spanFunctionName')));
      if (name === null || kindOf(attributes) !== 'tool') return null;
      return { name, arguments: parsed(attributes.get(INPUTS)), result: parsed(attributes.get(OUTPUTS)) };
    },
    documents(attributes) {
      if (kindOf(attributes) !== 'retriever') return null;
      const output = recordedDocuments(attributes.get(OUTPUTS));
      return output && { ...optional('query', jsonObject(attributes.get(INPUTS))?.['query']), input: [], output };
    },
  },
};

const kindOf = (attributes: Attributes): SpanKind | undefined => {
  const word = textOf(parsed(attributes.get(TYPE)))?.toLowerCase();
  return word !== undefined && Object.hasOwn(KINDS, word) ? KINDS[word] : undefined;
};

/** A JSON-encoded text is shown as the text that it stands for. */
function recorded(value: AttributeValue | undefined): Payload | null {
  const held = parsed(value);
  return payload(typeof held === 'string' ? held : value, typeof held === 'object' ? 'application/json' : null);
}

/** The inputs of a model call are its request: what is neither messages nor tools and short enough to be a setting. */
function parameters(attributes: Attributes): Readonly<Record<string, unknown>> | null {
  if (kindOf(attributes) !== 'llm') return null;
  const inputs = jsonObject(attributes.get(INPUTS));
  const settings = Object.entries(inputs ?? {}).filter(([name, value]) => name !== 'model' && (amount(value) !== null || typeof value === 'boolean'));
  return settings.length > 0 ? Object.fromEntries(settings) : null;
}
