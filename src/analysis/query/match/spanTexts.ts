import type { Message, Part, Payload, SpanContent } from '../../../model/types.ts';
import { leaves, type Leaf } from './leaves.ts';

/** Which part of a span a text belongs to: what `in:`, `out:` and `attr.<key>:` look at. */
export type Section =
  | 'name'
  | 'error'
  | 'input'
  | 'output'
  | 'attribute'
  | 'event'
  | 'score'
  | 'link'
  | 'resource'
  | 'scope';

/** A text that a reader can see. `field` is its path in `SpanContent`; keys of attributes stand in it as they are. */
export interface SpanText {
  readonly field: string;
  readonly text: string;
  readonly section: Section;
  readonly key?: string;
}

/**
 * All texts that the search looks at, in the order of the details. The same words may come several times: as input, as
 * a message, and in the attribute they were read from.
 */
export function* contentTexts(content: SpanContent): Generator<SpanText> {
  yield* inputTexts(content);
  yield* outputTexts(content);
  for (const [key, value] of content.attributes) {
    yield { field: `attributeKeys.${key}`, text: key, section: 'attribute' };
    yield* attributeTexts(key, value);
  }
  for (const [place, event] of content.events.entries()) {
    yield { field: `events[${place}].name`, text: event.name, section: 'event' };
    yield* heldTexts('event', event.attributes, `events[${place}].attributes`);
  }
  for (const [place, { name, value, label, comment, metadata }] of content.scores.entries())
    yield* inSection('score', leaves({ name, value, label, comment, metadata }, `scores[${place}]`));
  for (const [place, { traceId, spanId, attributes }] of content.links.entries()) {
    yield* inSection('link', leaves({ traceId, spanId }, `links[${place}]`));
    yield* heldTexts('link', attributes, `links[${place}].attributes`);
  }
  yield* heldTexts('resource', content.resource, 'resource');
  const { scope } = content;
  if (!scope) return;
  yield* inSection('scope', leaves({ name: scope.name, version: scope.version }, 'scope'));
  yield* heldTexts('scope', scope.attributes, 'scope.attributes');
}

/** Keys and values of attributes that are not the span's own. A key stands where its value does. */
function* heldTexts(section: Section, attributes: SpanContent['attributes'], path: string): Generator<SpanText> {
  for (const [key, value] of attributes) {
    yield { field: `${path}.${key}`, text: key, section };
    yield* inSection(section, leaves(value, `${path}.${key}`));
  }
}

export function* inputTexts({ input, messages }: SpanContent): Generator<SpanText> {
  yield* payloadTexts('input', input);
  if (messages) yield* messageTexts('input', messages.input);
}

export function* outputTexts({ output, messages }: SpanContent): Generator<SpanText> {
  yield* payloadTexts('output', output);
  if (messages) yield* messageTexts('output', messages.output);
}

function* attributeTexts(key: string, value: unknown): Generator<SpanText> {
  for (const { path, text } of leaves(value, `attributes.${key}`))
    yield { field: path, text, section: 'attribute', key };
}

function* payloadTexts(side: 'input' | 'output', payload: Payload | null): Generator<SpanText> {
  if (payload) yield { field: side, text: payload.text, section: side };
}

function* messageTexts(side: 'input' | 'output', messages: readonly Message[]): Generator<SpanText> {
  for (const [place, { parts }] of messages.entries()) {
    for (const [part, value] of parts.entries())
      yield* inSection(side, leaves(shownOf(value), `messages.${side}[${place}].parts[${part}]`));
  }
}

/** What of a part is read; the bytes of an image are not, nor what only links parts to each other. */
function shownOf(part: Part): object {
  switch (part.type) {
    case 'text':
    case 'reasoning':
    case 'refusal':
      return { text: part.text };
    case 'toolCall':
      return { name: part.name, arguments: part.arguments };
    case 'toolResult':
      return { name: part.name, result: part.result };
    case 'unknown':
      return { value: part.value };
    default:
      return { uri: part.uri?.startsWith('data:') ? undefined : part.uri, transcript: part.transcript };
  }
}

function* inSection(section: Section, found: Iterable<Leaf>): Generator<SpanText> {
  for (const { path, text } of found) yield { field: path, text, section };
}
