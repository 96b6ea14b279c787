import { ledger } from '../analysis/amounts/ledger.ts';
import { PLAIN_KINDS } from '../analysis/time/plainKinds.ts';
import { errors } from '../analysis/errors.ts';
import { createFormat, type Format } from '../format.ts';
import type { Span, SpanContent, Trace } from '../model/types.ts';
import { conversationMarkdown } from './conversationMarkdown.ts';
import { inlineText } from './markdownText.ts';
import { spanLine, spanMarkdown } from './spanMarkdown.ts';
import type { CopyRequest } from './types.ts';

/** Deeper steps are indented no further: a chain of 100,000 would be a megabyte of spaces per line. */
const INDENTED = 30;

/**
 * A span, its subtree, its conversation or a whole trace as Markdown to read, to mail, or to hand to a model: the steps
 * as a list, then what each of them saw and said. Recorded text stands in fences, where nothing in it is markup. Times
 * in UTC. `contents` gives what a span holds and is asked for one span after the other.
 */
export async function* toMarkdown(
  trace: Trace,
  { scope, index }: Pick<CopyRequest, 'scope' | 'index'>,
  contents: (index: number) => Promise<SpanContent>,
): AsyncGenerator<string> {
  const format = createFormat('en', 'UTC');
  const whole = scope === 'trace';
  if (scope === 'span' || scope === 'conversation') {
    const span = trace.span(index);
    const content = await contents(index);
    yield `# ${spanLine(span, format)}\n\n`;
    if (scope === 'span') yield `${facts(span, format)}\n`;
    yield* scope === 'span' ? spanMarkdown(span, content, format, 2, true) : conversationMarkdown(content, 2);
    return;
  }
  const [from, to] = whole ? [0, trace.spanCount] : [index, trace.columns.subtreeEnd[index]!];
  yield `# ${inlineText(whole ? trace.name : trace.span(index).name) || '—'}\n\n`;
  yield whole ? traceFacts(trace, format) : `${facts(trace.span(index), format)}\n`;
  yield '## Steps\n\n';
  const top = whole ? 0 : trace.columns.depth[from]!;
  for (let at = from; at < to; at += 1)
    yield `${'  '.repeat(Math.min(trace.columns.depth[at]! - top, INDENTED))}- ${spanLine(trace.span(at), format)}\n`;
  yield '\n';
  for (let at = from; at < to; at += 1) {
    // Plain spans have told all in their line, unless they failed.
    if (PLAIN_KINDS.has(trace.columns.kind[at]!) && trace.span(at).status !== 'error') continue;
    const span = trace.span(at);
    const written = [...spanMarkdown(span, await contents(at), format, 3, false)].filter((piece) => piece !== '');
    if (written.length > 0) yield `## ${spanLine(span, format)}\n\n`;
    yield* written;
  }
}

function facts(span: Span, format: Format): string {
  const part = (count: number | null, what: string): string => (count ? ` (${format.count(count)} ${what})` : '');
  const lines = [
    span.startUnixNano === null ? null : `Start: ${format.dateTime(span.startUnixNano)} UTC`,
    span.service === null ? null : `Service: ${inlineText(span.service)}`,
    span.usage?.input == null
      ? null
      : `Input tokens: ${format.count(span.usage.input)}${part(span.usage.cacheRead, 'cached')}`,
    span.usage?.output == null
      ? null
      : `Output tokens: ${format.count(span.usage.output)}${part(span.usage.reasoning, 'reasoning')}`,
    span.cost?.total == null
      ? null
      : `Cost: ${format.exactMoney(span.cost.total, span.cost.currency)}${span.cost.origin === 'computed' ? ', computed' : ''}`,
    `Trace: ${inlineText(span.traceId)}, span: ${inlineText(span.spanId)}`,
  ];
  return lines
    .filter((line) => line !== null)
    .map((line) => `- ${line}\n`)
    .join('');
}

function traceFacts(trace: Trace, format: Format): string {
  const { total } = ledger(trace);
  const failed = errors(trace).length;
  const ofCalls = (told: number): string => (told < total.calls ? `, of ${told} of ${total.calls} calls` : '');
  const lines = [
    ...(trace.timeBasis === 'step'
      ? ['Times: none recorded']
      : [`Start: ${format.dateTime(trace.originUnixNano)} UTC`, `Duration: ${format.duration(trace.end)}`]),
    `Spans: ${format.count(trace.spanCount)}${failed > 0 ? `, ${format.count(failed)} failed` : ''}`,
    total.usage.total === null ? null : `Tokens: ${format.count(total.usage.total)}${ofCalls(total.callsWithUsage)}`,
    total.cost.total === null
      ? null
      : `Cost: ${format.exactMoney(total.cost.total, total.cost.currency)}${ofCalls(total.callsWithCost)}`,
    trace.sessionId === undefined ? null : `Session: ${inlineText(trace.sessionId)}`,
    trace.userId === undefined ? null : `User: ${inlineText(trace.userId)}`,
    `Trace: ${inlineText(trace.traceId)}`,
    ...trace.scores.map(
      ({ name, value, label }) => `Score ${inlineText(name)}: ${inlineText(String(label ?? value ?? '—'))}`,
    ),
  ];
  return `${lines
    .filter((line) => line !== null)
    .map((line) => `- ${line}\n`)
    .join('')}\n`;
}
