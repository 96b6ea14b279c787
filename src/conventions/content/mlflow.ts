import { amount, textOf } from '../../model/attributes.ts';
import type { AttributeValue, Payload, SpanKind } from '../../model/types.ts';
import { ownValue } from '../../model/ownValue.ts';
import { jsonObject, optional, parsed, payload } from '../json.ts';
import { KINDS, TYPE } from '../dialects/mlflow.ts';
import type { Attributes, ContentReaders } from '../types.ts';
import { chatMessages, recordedDocuments } from './messages/chat.ts';
import { readToolDefinitions } from './messages/toolDefinitions.ts';

const INPUTS = 'mlflow.spanInputs';
const OUTPUTS = 'mlflow.spanOutputs';

/** What a span holds, in the words of `mlflow`. */
export const mlflowContent: Partial<ContentReaders> = {
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
};

const kindOf = (attributes: Attributes): SpanKind | undefined => {
  const word = textOf(parsed(attributes.get(TYPE)))?.toLowerCase();
  return ownValue(KINDS, word ?? '');
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
  const settings = Object.entries(inputs ?? {}).filter(
    ([name, value]) => name !== 'model' && (amount(value) !== null || typeof value === 'boolean'),
  );
  return settings.length > 0 ? Object.fromEntries(settings) : null;
}
