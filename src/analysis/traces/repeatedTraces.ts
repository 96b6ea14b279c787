import type { Trace } from '../../model/types.ts';
import { ledger } from '../amounts/ledger.ts';
import { sameModel, scopeOf, told } from '../amounts/twins.ts';

/** A trace whose only call another trace records too: its amounts count once in a sum over both. */
export interface RepeatedTrace {
  readonly trace: Trace;
  readonly of: Trace;
}

/** The only call of a trace, with its absolute times. */
interface OnlyCall {
  readonly trace: Trace;
  readonly index: number;
  readonly start: bigint;
  readonly end: bigint;
}

/**
 * Traces that two instrumentations began for one call, each its own, where none knew of the other (the Anthropic SDK's
 * `stream()` below another instrumentation): both hold one call of a model and nothing that is another one, with equal
 * tokens, nearly the same beginning and end, and of unlike names or scopes. The one that tells more counts, else the
 * first.
 */
export function repeatedTraces(traces: readonly Trace[]): readonly RepeatedTrace[] {
  const groups = new Map<string, OnlyCall[]>();
  for (const trace of traces) {
    const call = onlyCall(trace);
    if (!call) continue;
    const { usage } = trace.span(call.index);
    const key = [usage!.input, usage!.output, usage!.total].join(' ');
    const group = groups.get(key);
    if (group) group.push(call);
    else groups.set(key, [call]);
  }
  const found: RepeatedTrace[] = [];
  for (const group of groups.values()) {
    group.sort((a, b) => Number(a.start - b.start) || (a.trace.key < b.trace.key ? -1 : 1));
    for (let at = 0; at + 1 < group.length; at += 1) {
      const [one, other] = [group[at]!, group[at + 1]!];
      if (!together(one, other) || !apart(one, other)) continue;
      found.push(
        told(other.trace, other.index) > told(one.trace, one.index)
          ? { trace: one.trace, of: other.trace }
          : { trace: other.trace, of: one.trace },
      );
      at += 1;
    }
  }
  return found;
}

/** So few spans are around a call that is traced alone. */
const FEW = 8;

function onlyCall(trace: Trace): OnlyCall | null {
  if (trace.spanCount > FEW || ledger(trace).total.calls !== 1) return null;
  for (const { index, kind, usage, startUnixNano, endUnixNano } of trace.spans())
    if (kind === 'llm' && usage?.total && startUnixNano !== null && endUnixNano !== null)
      return { trace, index, start: startUnixNano, end: endUnixNano };
  return null;
}

/** Nanoseconds, and a part of the length: instrumentations begin and end around each other. */
const NEAR = 5e6;
const PART = 0.02;

function together(a: OnlyCall, b: OnlyCall): boolean {
  const length = Math.max(Number(a.end - a.start), Number(b.end - b.start));
  const near = Math.max(NEAR, length * PART);
  const apartBy = (x: bigint, y: bigint): number => Math.abs(Number(x - y));
  return length > 0 && apartBy(a.start, b.start) <= near && apartBy(a.end, b.end) <= near;
}

function apart(a: OnlyCall, b: OnlyCall): boolean {
  const [one, other] = [a.trace.span(a.index), b.trace.span(b.index)];
  return (
    sameModel(one.model, other.model) &&
    (one.name !== other.name || scopeOf(a.trace, a.index) !== scopeOf(b.trace, b.index))
  );
}
