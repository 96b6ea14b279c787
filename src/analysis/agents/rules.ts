import type { Span, Trace } from '../../model/types.ts';
import { compileQuery } from '../query/match/compileQuery.ts';
import { contentOf } from '../query/match/matchQuery.ts';
import { parseQuery } from '../query/syntax/parseQuery.ts';
import { createTimeSlices } from '../../model/timeSlices.ts';
import type { StepsOptions } from '../steps.ts';

/** What a host asks of every span: a sentence where it is broken, null where it holds. What throws counts as broken. */
export interface AssertionRule {
  readonly id: string;
  /** @default 'error' */
  readonly severity?: 'info' | 'warning' | 'error';
  check(span: Span, trace: Trace): string | null;
}

/** A span that breaks a rule. */
export interface Breach {
  readonly index: number;
  readonly message: string;
}

/** The spans that break a rule, in pre-order, in slices. */
export async function breaches(
  trace: Trace,
  rule: AssertionRule,
  { signal }: StepsOptions = {},
): Promise<readonly Breach[]> {
  const yieldTurn = createTimeSlices({ signal });
  const found: Breach[] = [];
  for (let index = 0; index < trace.spanCount; index += 1) {
    const turn = yieldTurn();
    if (turn) await turn;
    const message = verdict(rule, trace, index);
    if (message !== null) found.push({ index, message });
  }
  return found;
}

function verdict(rule: AssertionRule, trace: Trace, index: number): string | null {
  try {
    const message: unknown = rule.check(trace.span(index), trace);
    return typeof message === 'string' ? message : null;
  } catch (error) {
    return `the rule failed: ${error instanceof Error ? error.message : 'unknown'}`;
  }
}

/** The spans that a query of `parseQuery` finds, by index, contents read where it asks for them. */
export async function spansOf(trace: Trace, text: string, { signal }: StepsOptions = {}): Promise<readonly number[]> {
  const yieldTurn = createTimeSlices({ signal });
  const query = compileQuery(trace, parseQuery(text));
  const found: number[] = [];
  for (let index = 0; index < trace.spanCount && !query.isEmpty; index += 1) {
    const turn = yieldTurn();
    if (turn) await turn;
    const state = query.state(index);
    if (state === 0) continue;
    if (state === 2) {
      const content = await contentOf(trace, index);
      if (!content || !query.holds(index, content)) continue;
    }
    found.push(index);
  }
  return found;
}
