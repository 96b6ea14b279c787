import { isObject, type Fields } from '../../conventions/json.ts';
import { amount, textOf } from '../../model/attributes.ts';
import type { SpanKind } from '../../model/types.ts';
import { entriesOf } from '../spans/entriesOf.ts';
import { spanRecord } from '../spans/spanRecord.ts';
import { firstWords, picked } from '../spans/words.ts';
import { lookedAt } from '../tolerant/readEach.ts';
import type { ReadAll, SpanSink } from '../types.ts';

/**
 * Rows of Braintrust (`project_logs`, experiments, downloads): a span is a row, or several with one id of which later
 * fields win. Times are seconds, amounts stand in `metrics`. As its SDK sends them, the first row of a span says what it
 * is and the next ones (`_is_merge`) only what is new.
 */
export const readBraintrust: ReadAll = (documents, sink) => {
  const whole = new Map<string, Fields>();
  const later: Fields[] = [];
  for (const { fields } of entriesOf(documents, sink)) {
    const list =
      'root_span_id' in fields
        ? [fields]
        : (['events', 'data', 'rows'] as const).flatMap((name): readonly unknown[] =>
            Array.isArray(fields[name]) ? fields[name] : [],
          );
    if (textOf(fields['cursor']) !== null)
      sink.diagnostic('partial-page', 'The input says that it is only a page; there are more rows where it came from.');
    for (const row of list) {
      if (isObject(row))
        lookedAt(sink, () => {
          if (row['_is_merge'] === true) later.push(row);
          else {
            // What the server has stored is whole already.
            if (row['_xact_id'] === undefined) whole.set(keyOf(row), row);
            readRow(row, row, sink);
          }
        });
      else sink.diagnostic('span-not-object', 'An entry among the rows is not an object and was left out.');
    }
  }
  for (const row of later)
    lookedAt(sink, () => {
      const all = together(whole.get(keyOf(row)) ?? {}, row);
      whole.set(keyOf(row), all);
      readRow(all, row, sink);
    });
};

const keyOf = (row: Fields): string => `${textOf(row['root_span_id']) ?? ''}/${textOf(row['span_id']) ?? ''}`;

/** What is told of a span, with what a later row adds; of these fields key by key. */
function together(before: Fields, row: Fields): Fields {
  const inner = ['span_attributes', 'metadata', 'metrics', 'scores'].flatMap((name) =>
    isObject(before[name]) && isObject(row[name]) ? [[name, { ...before[name], ...row[name] }] as const] : [],
  );
  return { ...before, ...row, ...Object.fromEntries(inner) };
}

const KINDS: ReadonlyMap<unknown, SpanKind> = new Map([
  ['llm', 'llm'],
  ['tool', 'tool'],
  ['score', 'evaluator'],
  ['eval', 'chain'],
  ['task', 'chain'],
  ['function', 'chain'],
  ['automation', 'chain'],
  ['preprocessor', 'chain'],
  ['facet', 'evaluator'],
  ['classifier', 'evaluator'],
  ['review', 'event'],
] as const);

function kindOf(about: Fields, output: unknown): SpanKind {
  if (about['purpose'] === 'scorer') return 'evaluator';
  // Its wrapper of a client calls that a model call.
  return isObject(output) && 'embedding_length' in output ? 'embedding' : (KINDS.get(about['type']) ?? 'span');
}

/** OpenAI's Responses take text for a message, and instructions beside it. */
function asked(input: unknown, { instructions }: Fields): unknown {
  const messages: unknown = typeof input === 'string' ? [{ role: 'user', content: input }] : input;
  return typeof instructions === 'string' && Array.isArray(messages)
    ? [{ role: 'system', content: instructions }, ...(messages as readonly unknown[])]
    : messages;
}

/** `row`: all that is known of the span; `source`: as recorded. */
function readRow(row: Fields, source: Fields, sink: SpanSink): void {
  const about = isObject(row['span_attributes']) ? row['span_attributes'] : {};
  const metrics = isObject(row['metrics']) ? row['metrics'] : {};
  const metadata = isObject(row['metadata']) ? row['metadata'] : {};
  const parents = Array.isArray(row['span_parents']) ? (row['span_parents'] as readonly unknown[]) : [];
  const { error, input, output } = row;
  const kind = kindOf(about, output);
  const failed = error !== null && error !== undefined && error !== '';
  const traceId = textOf(row['root_span_id']) ?? '';
  const spanId = textOf(row['span_id']) ?? '';
  const isChat = kind === 'llm' && (Array.isArray(input) || typeof metadata['instructions'] === 'string');
  // Anthropic answers with one message.
  const answer = isObject(output) && textOf(output['role']) !== null ? [output] : output;
  const start = metrics['start'] ?? null;
  sink.span(
    spanRecord({
      traceId,
      spanId,
      parentSpanId: row['is_root'] === true || spanId === traceId ? null : parents[0],
      name: about['name'],
      kind,
      rawKind: about['type'],
      start: start ?? row['created'],
      end: metrics['end'],
      timeUnit: start === null ? 'iso' : 's',
      source,
      onDuplicate: 'merge',
      revision: amount(row['_xact_id']) ?? 0,
      status: failed ? 'error' : 'unset',
      statusMessage: failed ? firstWords(typeof error === 'string' ? error : JSON.stringify(error)) : null,
      model: metadata['model'],
      provider: metadata['provider'],
      tokens: {
        input: metrics['prompt_tokens'],
        output: metrics['completion_tokens'],
        total: metrics['tokens'],
        cacheRead: metrics['prompt_cached_tokens'],
        cacheWrite: metrics['prompt_cache_creation_tokens'],
        reasoning: metrics['completion_reasoning_tokens'],
      },
      cost: metrics['estimated_cost'],
      firstTokenSeconds: metrics['time_to_first_token'],
      sessionId: metadata['session_id'],
      ...(isChat
        ? { inputMessages: asked(input, metadata), outputMessages: Array.isArray(answer) ? answer : undefined }
        : {}),
      ...(kind === 'tool' ? { tool: { name: about['name'], arguments: input, result: output } } : {}),
      ...(kind === 'tool'
        ? {}
        : { ...(isChat ? {} : { input }), ...(isChat && Array.isArray(answer) ? {} : { output }) }),
      attributes: [
        ...picked(row, ['expected', 'tags'], 'braintrust.'),
        ...Object.entries(metadata).map(([key, value]) => [`braintrust.metadata.${key}`, value] as const),
      ],
    }),
  );
  // A scorer's own row repeats what it gave.
  if (kind === 'evaluator') return;
  for (const [name, value] of Object.entries(isObject(row['scores']) ? row['scores'] : {}))
    if (amount(value) !== null)
      sink.score(
        {
          name,
          value: amount(value),
          label: null,
          comment: null,
          source: 'unknown',
          target: { level: 'span', key: `${traceId}/${spanId}` },
        },
        { source },
      );
}
