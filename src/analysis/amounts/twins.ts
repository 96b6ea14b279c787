import { isStep } from '../../model/build/steps.ts';
import { kindCode } from '../../model/codes.ts';
import { partsOf } from '../../model/build/parts.ts';
import type { SpanContent, Trace } from '../../model/types.ts';
import { perTraceInSteps, type PreparedAnswer } from '../memo.ts';
import type { Steps } from '../steps.ts';

const CALLS: ReadonlySet<number> = new Set(['llm', 'embedding', 'reranker'].map(kindCode));

/** The one of two that look alike, whose amounts do not count, and that which stands for both. */
export interface Twin {
  readonly index: number;
  readonly of: number;
}

/**
 * Calls of a model that two instrumentations recorded side by side: siblings of one kind with equal tokens that begin and
 * end nearly together, on models of one name, and that differ in their own names or in what recorded them. Two calls that
 * one instrumentation recorded are two calls, however alike they are. The one that tells more counts, else the first.
 */
export const twins: PreparedAnswer<readonly Twin[]> = perTraceInSteps(function* (trace) {
  const found: Twin[] = [];
  const taken = new Set<number>();
  let looks = LOOKS_AT_MOST;
  for (const group of yield* alike(trace)) {
    for (let at = 0; at < group.length; at += 1) {
      // Each look at a content may take a while.
      yield;
      const index = group[at]!;
      if (taken.has(index)) continue;
      const other = group
        .slice(at + 1, at + 1 + NEIGHBOURS)
        .find(
          (each) => !taken.has(each) && together(trace, index, each) && (looks -= 1) > 0 && apart(trace, index, each),
        );
      if (other === undefined) continue;
      taken.add(index).add(other);
      found.push(told(trace, other) > told(trace, index) ? { index, of: other } : { index: other, of: index });
    }
  }
  return found;
});

/** How many of those that begin next may be the other record of a call. */
const NEIGHBOURS = 8;
/** To tell what recorded a span its content is opened, so that is done for few. */
const LOOKS_AT_MOST = 500;

/** Calls with the same parent, kind and tokens, in the order in which they stand (by their start). */
function* alike(trace: Trace): Steps<readonly (readonly number[])[]> {
  const { amounts, kind, parent } = trace.columns;
  const groups = new Map<string, number[]>();
  for (let index = 0; index < trace.spanCount; index += 1) {
    if (isStep(index)) yield;
    if (amounts[index] === -1 || !CALLS.has(kind[index]!)) continue;
    const { usage } = trace.span(index);
    if (!usage?.total) continue;
    const key = [parent[index], kind[index], usage.input, usage.output, usage.total].join(' ');
    const group = groups.get(key);
    if (group) group.push(index);
    else groups.set(key, [index]);
  }
  return [...groups.values()].filter(({ length }) => length > 1);
}

/** Nanoseconds, and a part of the length: instrumentations begin and end around each other. */
const NEAR = 5e6;
const PART = 0.02;

function together({ columns: { start, end } }: Trace, a: number, b: number): boolean {
  const length = Math.max(end[a]! - start[a]!, end[b]! - start[b]!);
  const near = Math.max(NEAR, length * PART);
  return length > 0 && Math.abs(start[a]! - start[b]!) <= near && Math.abs(end[a]! - end[b]!) <= near;
}

/** Whether they are of one model, but not of one instrumentation. */
function apart(trace: Trace, a: number, b: number): boolean {
  const [first, second] = [trace.span(a), trace.span(b)];
  if (!sameModel(first.model, second.model)) return false;
  return first.name !== second.name || scopeOf(trace, a) !== scopeOf(trace, b);
}

/** `gpt-4o` and `gpt-4o-2024-11-20`, `anthropic/claude-sonnet-4-5` and `claude-sonnet-4-5`. */
export function sameModel(a: string | null, b: string | null): boolean {
  if (a === null || b === null) return true;
  const [short, long] = [plainName(a), plainName(b)].toSorted((x, y) => x.length - y.length) as [string, string];
  return long.startsWith(short) && /^(?:$|[-@:._](?:v?\d|latest))/.test(long.slice(short.length));
}
const plainName = (model: string): string => model.slice(model.lastIndexOf('/') + 1).toLowerCase();

/** What is not here at once is not waited for: then names alone tell. */
export function scopeOf(trace: Trace, index: number): string | null {
  const scopeName = partsOf(trace)?.content.at(index)?.scopeName?.();
  if (scopeName !== undefined) return scopeName;
  const content: SpanContent | Promise<SpanContent> = trace.content(index);
  return content instanceof Promise ? null : (content.scope?.name ?? null);
}

/** How much a span tells of its amounts. */
export function told(trace: Trace, index: number): number {
  const { usage, cost } = trace.span(index);
  return Object.values(usage ?? {}).filter((amount) => typeof amount === 'number').length + (cost ? 1 : 0);
}
