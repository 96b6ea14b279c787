import type { Format } from '../format.ts';
import type { Document, Span, SpanContent } from '../model/types.ts';
import { conversationMarkdown } from './conversationMarkdown.ts';
import { block, inlineText } from './markdownText.ts';

/** A span in one line: kind, name, model, and what it took. */
export function spanLine(span: Span, format: Format): string {
  const { usage, cost } = span;
  return [
    `${span.kind} ${inlineText(span.name) || '—'}${span.model === null ? '' : ` (${inlineText(span.model)})`}`,
    ...(Number.isNaN(span.duration) ? [] : [format.duration(span.duration)]),
    ...(usage?.total == null ? [] : [`${format.count(usage.total)} tokens`]),
    ...(cost?.total == null ? [] : [format.money(cost.total, cost.currency)]),
    ...(span.status === 'error' ? ['failed'] : []),
  ].join(' · ');
}

/**
 * All that a reader asks of a span: what went in and came out, why it failed, how it was judged. `all`: its attributes
 * and events too.
 */
export function* spanMarkdown(
  span: Span,
  content: SpanContent,
  format: Format,
  level: number,
  all: boolean,
): Generator<string> {
  const heading = `${'#'.repeat(Math.min(level, 6))} `;
  const section = (title: string, value: unknown): string =>
    value === undefined || value === null || value === '' ? '' : `${heading}${title}\n\n${block(value)}\n`;
  if (span.status === 'error' || span.statusMessage !== null)
    yield section(span.status === 'error' ? 'Error' : 'Status', span.statusMessage);
  for (const { name, attributes } of content.events)
    if (name === 'exception')
      yield section('Exception', attributes.get('exception.stacktrace') ?? attributes.get('exception.message'));
  const { tool, documents, promptTemplate, messages, input, output, scores } = content;
  if (messages) yield* conversationMarkdown(content, level);
  if (promptTemplate)
    yield section('Prompt template', promptTemplate.template) + section('Variables', promptTemplate.variables);
  if (documents) yield* documentsMarkdown(documents.query, documents.input, documents.output, section, heading);
  if (!messages && !documents) {
    yield section(tool ? 'Arguments' : 'Input', tool?.arguments ?? input?.text);
    yield section(tool ? 'Result' : 'Output', tool?.result ?? output?.text);
  }
  if (scores.length > 0 || span.scores.length > 0)
    yield `${heading}Scores\n\n${(span.scores.length > 0 ? span.scores : scores).map(({ name, value, label, comment, source }) => `- ${inlineText(name)}: ${inlineText(String(label ?? value ?? '—'))}${label !== null && value !== null ? ` (${value})` : ''}${source === 'unknown' ? '' : `, by ${source}`}${comment === null ? '' : ` — ${inlineText(comment)}`}\n`).join('')}\n`;
  if (!all) return;
  if (content.attributes.size > 0) yield section('Attributes', Object.fromEntries(content.attributes));
  if (content.events.length > 0)
    yield section(
      'Events',
      content.events.map(({ name, time, attributes }) => ({
        name,
        after: Number.isNaN(time) ? null : format.duration(time - span.start),
        ...(attributes.size > 0 ? { attributes: Object.fromEntries(attributes) } : {}),
      })),
    );
}

function* documentsMarkdown(
  query: string | undefined,
  before: readonly Document[],
  after: readonly Document[],
  section: (title: string, value: unknown) => string,
  heading: string,
): Generator<string> {
  yield section('Query', query);
  for (const [title, list] of [
    ['Documents before', before],
    [before.length > 0 ? 'Documents after' : 'Documents', after],
  ] as const) {
    if (list.length > 0) yield `${heading}${title}\n\n`;
    for (const [place, { id, content, score }] of list.entries()) {
      yield `**${place + 1}** ${[...(id === undefined ? [] : [inlineText(id)]), ...(score === undefined ? [] : [`score ${score}`])].join(' · ')}\n\n${content === undefined ? '' : `${block(content)}\n`}`;
    }
  }
}
