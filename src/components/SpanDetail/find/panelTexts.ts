import type { PanelText } from '../../../hooks/context/HostLookContext.ts';
import { ownValue } from '../../../model/ownValue.ts';
import type { AttributeValue, Document, Message, Part, SpanContent } from '../../../model/types.ts';
import { attributeGroups } from '../panels/record/attributeGroups.ts';
import { byAlphabet } from '../../../analysis/alphabet.ts';

/** What the built-in panels show, in their order, by the id of the panel. */
export const panelTexts = (panel: string, content: SpanContent): Iterable<PanelText> =>
  ownValue(TEXTS, panel)?.(content) ?? [];

const TEXTS: Readonly<Record<string, (content: SpanContent) => Iterable<PanelText>>> = {
  messages: messagesTexts,
  io: stepTexts,
  scores: scoreTexts,
  attributes: attributeTexts,
  events: eventTexts,
  links: linkTexts,
  raw: ({ raw }) => raw.map((value, place) => ({ id: `raw[${place}]`, value, field: 'record' })),
};

function* messagesTexts({ messages, toolDefinitions }: SpanContent): Generator<PanelText> {
  for (const [place, { name, description, parameters }] of toolDefinitions.entries()) {
    const id = `toolDefinitions[${place}]`;
    yield { id: `${id}.name`, value: name, field: 'name' };
    yield { id: `${id}.description`, value: description, field: 'description' };
    yield { id: `${id}.parameters`, value: parameters, field: 'schema' };
  }
  if (!messages) return;
  yield* partTexts('input', messages.input);
  yield* partTexts('output', messages.output);
}

function* partTexts(side: 'input' | 'output', messages: readonly Message[]): Generator<PanelText> {
  for (const [message, { parts }] of messages.entries())
    for (const [place, part] of parts.entries()) {
      const id = `messages.${side}[${message}].parts[${place}]`;
      for (const [name, value, field] of fieldsOf(part)) yield { id: `${id}.${name}`, value, field, section: side };
    }
}

function fieldsOf(part: Part): readonly (readonly [name: string, value: unknown, field: string])[] {
  switch (part.type) {
    case 'text':
      return [['text', part.text, 'message']];
    case 'reasoning':
      return [['text', part.text, 'reasoning']];
    case 'refusal':
      return [['text', part.text, 'message']];
    case 'toolCall':
      return [
        ['name', part.name, 'name'],
        ['arguments', part.arguments, 'arguments'],
      ];
    case 'toolResult':
      return [['result', part.result, 'result']];
    case 'unknown':
      return [['value', part.value, 'unknown']];
    default:
      return [['transcript', part.transcript, 'transcript']];
  }
}

/** As the panel of a step shows them: its payloads only where they are not said in its own form already. */
function* stepTexts({ tool, documents, promptTemplate, embeddings, input, output }: SpanContent): Generator<PanelText> {
  if (promptTemplate) {
    yield { id: 'promptTemplate.template', value: promptTemplate.template, field: 'template', view: 'text' };
    yield { id: 'promptTemplate.variables', value: promptTemplate.variables, field: 'variables' };
  }
  if (tool) {
    yield { id: 'tool.description', value: tool.description, field: 'description' };
    yield { id: 'tool.arguments', value: tool.arguments, field: 'arguments', section: 'input' };
    yield { id: 'tool.result', value: tool.result, field: 'result', section: 'output' };
  }
  if (documents) {
    yield { id: 'documents.query', value: documents.query, field: 'query', section: 'input' };
    yield* documentTexts('documents.output', documents.output);
    yield* documentTexts('documents.input', documents.input);
  }
  for (const [place, { text }] of embeddings.entries())
    yield { id: `embeddings[${place}].text`, value: text, field: 'text' };
  const isWhole =
    !tool && ((documents?.input.length ?? 0) + (documents?.output.length ?? 0) > 0 || embeddings.length > 0);
  if (input && tool?.arguments === undefined && !isWhole)
    yield { id: 'input', value: input.text, field: 'payload', mimeType: input.mimeType, section: 'input' };
  if (output && tool?.result === undefined && !isWhole)
    yield { id: 'output', value: output.text, field: 'payload', mimeType: output.mimeType, section: 'output' };
}

function* documentTexts(list: string, documents: readonly Document[]): Generator<PanelText> {
  for (const [place, { content, metadata }] of documents.entries()) {
    yield { id: `${list}[${place}].content`, value: content, field: 'document' };
    yield { id: `${list}[${place}].metadata`, value: metadata, field: 'metadata' };
  }
}

function* scoreTexts({ scores }: SpanContent): Generator<PanelText> {
  for (const [place, { name, label, comment, metadata }] of scores.entries()) {
    yield { id: `scores[${place}].name`, value: name, field: 'name', section: 'score' };
    yield { id: `scores[${place}].label`, value: label, field: 'name', section: 'score' };
    yield { id: `scores[${place}].comment`, value: comment, field: 'comment', section: 'score' };
    yield { id: `scores[${place}].metadata`, value: metadata, field: 'metadata', section: 'score' };
  }
}

function* attributeTexts({ attributes, resource, scope }: SpanContent): Generator<PanelText> {
  for (const group of attributeGroups(attributes)) yield* heldTexts('attributes', group.attributes, 'attribute');
  yield* heldTexts('resource', resource, 'resource');
  if (scope) yield* heldTexts('scope.attributes', scope.attributes, 'scope');
}

/** In the order of names, as the tables are. A key stands where its value does. */
function* heldTexts(
  path: string,
  attributes: ReadonlyMap<string, AttributeValue>,
  section: string,
): Generator<PanelText> {
  for (const key of Array.from(attributes.keys()).sort(byAlphabet)) {
    const value = attributes.get(key);
    yield { id: `${path}.${key}[name]`, value: key, field: 'name', section };
    yield { id: `${path}.${key}`, value, field: 'attribute', section, key };
  }
}

function* eventTexts({ events }: SpanContent): Generator<PanelText> {
  for (const [place, { name, attributes }] of events.entries()) {
    yield { id: `events[${place}].name`, value: name, field: 'name', section: 'event' };
    yield* heldTexts(`events[${place}].attributes`, attributes, 'event');
  }
}

function* linkTexts({ links }: SpanContent): Generator<PanelText> {
  for (const [place, { attributes }] of links.entries())
    yield* heldTexts(`links[${place}].attributes`, attributes, 'link');
}
