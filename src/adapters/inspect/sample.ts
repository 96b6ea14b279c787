import { isObject, type Fields } from '../../conventions/json.ts';
import { amount, textOf } from '../../model/attributes.ts';
import type { SpanKind } from '../../model/types.ts';
import type { ToldSpan, ToldTokens } from '../spans/spanRecord.ts';
import { orderOf } from '../spans/words.ts';
import { createResolver, type Resolve } from './attachments.ts';

interface Around {
  readonly traceId: string;
  readonly name: string;
}

/** A span that has begun, or the sample itself. */
interface Open {
  readonly id: string;
  readonly parent: string | null;
  readonly begin: Fields | null;
  readonly place: number;
  end?: Fields;
  last: string | null;
  readonly events: object[];
}

const KINDS: ReadonlyMap<string, SpanKind> = new Map([
  ['agent', 'agent'],
  ['scorer', 'evaluator'],
]);

/** The spans of a sample, from its events. Old logs nest by `step` and by lists of events within tools. */
export function readSample(sample: Fields, { traceId, name }: Around): readonly ToldSpan[] {
  const walk = new SampleWalk(sample, traceId);
  walk.all(sample['events'], null);
  return walk.records(name);
}

class SampleWalk {
  readonly #sample: Fields;
  readonly #traceId: string;
  readonly #resolve: Resolve;
  readonly #pool: readonly unknown[];
  readonly #messages = new Map<unknown, unknown>();
  readonly #root: Open;
  readonly #spans = new Map<string, Open>();
  readonly #leaves: Omit<ToldSpan, 'traceId'>[] = [];
  readonly #leafIds = new Set<unknown>();
  #place = 0;
  #first: string | null = null;

  constructor(sample: Fields, traceId: string) {
    this.#sample = sample;
    this.#traceId = traceId;
    this.#resolve = createResolver(sample['attachments']);
    const data = sample['events_data'];
    const pool = isObject(data) ? data['messages'] : sample['message_pool'];
    this.#pool = Array.isArray(pool) ? pool : [];
    this.#root = { id: `${traceId}-sample`, parent: null, begin: null, place: 0, last: null, events: [] };
  }

  /** `within` is the span in whose list the events stand; they may hold lists themselves. */
  all(events: unknown, within: string | null): void {
    const open: { readonly list: readonly unknown[]; at: number; readonly steps: string[] }[] = [];
    const enter = (list: unknown, inside: string | null): void => {
      if (Array.isArray(list)) open.push({ list, at: 0, steps: inside === null ? [] : [inside] });
    };
    enter(events, within);
    for (let frame = open.at(-1); frame; frame = open.at(-1)) {
      if (frame.at >= frame.list.length) {
        open.pop();
        continue;
      }
      const event = frame.list[frame.at];
      frame.at += 1;
      if (!isObject(event)) continue;
      const inner = this.#take(event, frame.steps);
      if (inner) enter(event['events'], inner);
    }
  }

  /** Answers the id of the span that holds the events within this one. */
  #take(event: Fields, steps: string[]): string | null {
    const type = textOf(event['event']) ?? '';
    const time = textOf(event['timestamp']);
    if (time !== null && (this.#first === null || time < this.#first)) this.#first = time;
    const parent = textOf(event['span_id']) ?? steps.at(-1) ?? null;
    if (type === 'span_begin') {
      this.#begin(
        textOf(event['id']) ?? textOf(event['span_id']) ?? this.#unnamed(),
        textOf(event['parent_id']) ?? steps.at(-1) ?? null,
        event,
      );
      return null;
    }
    if (type === 'span_end') {
      const span = this.#spans.get(textOf(event['id']) ?? textOf(event['span_id']) ?? '');
      if (span) span.end ??= event;
      this.#reach(span, time);
      return null;
    }
    if (type === 'step') {
      if (event['action'] === 'end') {
        const span = this.#spans.get(steps.pop() ?? '');
        if (span) span.end ??= event;
        this.#reach(span, time);
      } else {
        const id = this.#unnamed();
        this.#begin(id, parent, event);
        steps.push(id);
      }
      return null;
    }
    const around = this.#spans.get(parent ?? '');
    const above = around?.id ?? (parent !== null && this.#leafIds.has(parent) ? parent : this.#root.id);
    this.#reach(around, textOf(event['completed']) ?? time);
    if (type === 'model') this.#leaves.push({ ...this.#model(event), parentSpanId: above });
    else if (type === 'tool') {
      const tool = this.#tool(event);
      this.#leaves.push({ ...tool, parentSpanId: above });
      this.#leafIds.add(tool.spanId);
      return tool.spanId as string;
    } else if (type === 'subtask') {
      const id = textOf(event['uuid']) ?? this.#unnamed();
      this.#begin(id, parent, event);
      const span = this.#spans.get(id)!;
      span.end = { timestamp: event['completed'] ?? event['timestamp'] };
      return id;
    } else (around ?? this.#root).events.push(this.#mark(type, event));
    return null;
  }

  #unnamed(): string {
    return `${this.#traceId}-${this.#place + 1}`;
  }

  #begin(id: string, parent: string | null, begin: Fields): void {
    if (this.#spans.has(id)) return;
    this.#spans.set(id, { id, parent, begin, place: (this.#place += 1), last: textOf(begin['timestamp']), events: [] });
  }

  /** A span goes at least as far as what happened in it. */
  #reach(span: Open | undefined, time: string | null): void {
    for (const each of span ? [span, this.#root] : [this.#root])
      if (time !== null && (each.last === null || time > each.last)) each.last = time;
  }

  #mark(type: string, { event: _, timestamp, ...about }: Fields): object {
    return {
      name: type === '' ? 'event' : type,
      time: timestamp,
      attributes: new Map(
        Object.entries(this.#resolve(about) as Fields).filter(
          ([key, value]) => value !== null && !BOOKKEEPING.has(key),
        ),
      ),
    };
  }

  /** A message in the form that messages have elsewhere: a call names its function `function`. */
  #message(message: unknown): unknown {
    if (!isObject(message)) return message;
    const known = this.#messages.get(message);
    if (known !== undefined) return known;
    const resolved = this.#resolve(message) as Fields;
    const { tool_calls: calls } = resolved;
    const told: Fields = {
      ...resolved,
      ...(Array.isArray(calls)
        ? {
            tool_calls: calls.map((call) =>
              isObject(call) ? { id: call['id'], name: call['function'], arguments: call['arguments'] } : call,
            ),
          }
        : {}),
      ...(resolved['role'] === 'tool' && textOf(resolved['function']) !== null ? { name: resolved['function'] } : {}),
    };
    this.#messages.set(message, told);
    return told;
  }

  #input(event: Fields): readonly unknown[] {
    const refs = event['input_refs'];
    const own = Array.isArray(event['input']) ? event['input'] : [];
    const listed = Array.isArray(refs)
      ? refs.flatMap((range): readonly unknown[] => {
          const [from, to] = Array.isArray(range) ? range.map(amount) : [];
          return from === undefined || from === null || to === undefined || to === null
            ? []
            : this.#pool.slice(from, to);
        })
      : [];
    return (own.length > 0 ? own : listed).map((message) => this.#message(message));
  }

  #model(event: Fields): Omit<ToldSpan, 'traceId'> {
    const output = isObject(event['output']) ? event['output'] : {};
    const choices = Array.isArray(output['choices']) ? output['choices'].filter(isObject) : [];
    const usage = isObject(output['usage']) ? output['usage'] : null;
    const error = textOf(event['error']) ?? textOf(output['error']);
    const model = textOf(output['model']) ?? textOf(event['model']);
    const named = textOf(event['model']) ?? '';
    const slash = named.indexOf('/');
    return {
      ...this.#leaf(event),
      name: `chat ${model ?? ''}`.trim(),
      kind: 'llm',
      model,
      provider: slash > 0 ? named.slice(0, slash) : undefined,
      status: error === null ? 'unset' : 'error',
      statusMessage: error,
      tokens: usage ? tokensOf(usage) : undefined,
      cost: usage?.['total_cost'],
      inputMessages: this.#input(event),
      outputMessages: choices.map((choice) => ({
        ...(this.#message(choice['message']) as Fields),
        finish_reason: choice['stop_reason'],
      })),
      toolDefinitions: event['tools'],
      attributes: isObject(event['config'])
        ? Object.entries(event['config']).flatMap(([key, value]) =>
            value === null ? [] : [[`gen_ai.request.${key}`, value] as const],
          )
        : [],
    };
  }

  #tool(event: Fields): Omit<ToldSpan, 'traceId'> {
    const error = isObject(event['error']) ? event['error'] : null;
    const failed = error !== null || event['failed'] === true;
    const name = textOf(event['function']) ?? 'tool';
    return {
      ...this.#leaf(event),
      spanId: textOf(event['uuid']) ?? textOf(event['id']) ?? this.#unnamed(),
      name,
      kind: 'tool',
      status: failed ? 'error' : 'unset',
      statusMessage: failed ? (textOf(error?.['message']) ?? textOf(error?.['type'])) : null,
      inner: ['events'],
      tool: {
        name,
        callId: event['id'],
        arguments: this.#resolve(event['arguments']),
        result: this.#resolve(event['result']),
      },
    };
  }

  #leaf(event: Fields): Pick<ToldSpan, 'spanId' | 'start' | 'end' | 'isOver' | 'order' | 'source'> {
    return {
      spanId: textOf(event['uuid']) ?? this.#unnamed(),
      start: event['timestamp'],
      end: event['pending'] === true ? null : (event['completed'] ?? endOf(event)),
      isOver: event['pending'] !== true,
      order: orderOf((this.#place += 1)),
      source: event,
    };
  }

  records(name: string): readonly ToldSpan[] {
    const sample = this.#sample;
    const error = isObject(sample['error']) ? sample['error'] : null;
    const input = Array.isArray(sample['input'])
      ? sample['input'].map((message) => this.#message(message))
      : [{ role: 'user', content: this.#resolve(sample['input']) }];
    const output = isObject(sample['output']) ? sample['output'] : {};
    const choices = Array.isArray(output['choices']) ? output['choices'].filter(isObject) : [];
    return [
      {
        traceId: this.#traceId,
        spanId: this.#root.id,
        name,
        kind: 'agent',
        rawKind: 'sample',
        start: sample['started_at'] ?? this.#first,
        end: sample['completed_at'] ?? this.#root.last,
        isOver: true,
        order: orderOf(0),
        // What is within is shown by itself.
        source: sample,
        inner: ['events', 'messages', 'events_data', 'message_pool', 'attachments', 'store'],
        status: error === null ? 'unset' : 'error',
        statusMessage: textOf(error?.['message']),
        events: this.#root.events,
        inputMessages: input,
        outputMessages: choices.map((choice) => this.#message(choice['message'])),
      },
      ...Array.from(this.#spans.values(), (span) => this.#span(span)),
      ...this.#leaves.map((leaf): ToldSpan => ({ ...leaf, traceId: this.#traceId })),
    ];
  }

  #span({ id, parent, begin, place, end, last, events }: Open): ToldSpan {
    const type = textOf(begin?.['type']);
    return {
      traceId: this.#traceId,
      spanId: id,
      parentSpanId: parent !== null && (this.#spans.has(parent) || this.#leafIds.has(parent)) ? parent : this.#root.id,
      name: textOf(begin?.['name']) ?? type ?? 'span',
      kind: KINDS.get(type ?? '') ?? 'chain',
      rawKind: type,
      start: begin?.['timestamp'],
      end: end?.['timestamp'] ?? last,
      isOver: true,
      order: orderOf(place),
      source: begin ?? {},
      inner: ['events'],
      ...(end && 'event' in end ? { sources: [begin ?? {}, end] } : {}),
      events,
    };
  }
}

/** What is no content of an event. */
const BOOKKEEPING: ReadonlySet<string> = new Set(['span_id', 'uuid', 'pending', 'working_start']);

/** Old logs have no `completed`; a call says how long it took. */
function endOf(event: Fields): unknown {
  const seconds = amount(event['working_time']) ?? (isObject(event['output']) ? amount(event['output']['time']) : null);
  const begin = Date.parse(textOf(event['timestamp']) ?? '');
  const end = begin + (seconds ?? Number.NaN) * 1000;
  return Number.isFinite(end) && Math.abs(end) < 8e15 && seconds !== null && seconds >= 0
    ? new Date(end).toISOString()
    : null;
}

/** Inspect counts what a cache had apart from the input, and reasoning as part of the output. */
const tokensOf = (usage: Fields): ToldTokens => ({
  input: usage['input_tokens'],
  output: usage['output_tokens'],
  total: usage['total_tokens'],
  cacheRead: usage['input_tokens_cache_read'],
  cacheWrite: usage['input_tokens_cache_write'],
  reasoning: usage['reasoning_tokens'],
  cacheBeside: true,
});
