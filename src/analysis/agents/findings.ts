import { SPAN_FLAGS } from '../../model/codes.ts';
import { createFormat } from '../../format.ts';
import type { SpanKey, Trace } from '../../model/types.ts';
import { errors } from '../errors.ts';
import { foldLoopsInSteps } from '../foldLoops.ts';
import { ledger } from '../amounts/ledger.ts';
import { costliestSpans } from '../time/largestSpans.ts';
import { soon, type StepsOptions } from '../steps.ts';
import { fanOuts } from './fanOuts.ts';
import { loopProgress } from './loopProgress.ts';
import { breaches, type AssertionRule } from './rules.ts';
import { whatIf } from './whatIf.ts';
import { waits } from './waits.ts';

/** Something to know about a trace before all else. */
export interface Finding {
  /** `error`, `stuck-loop`, `serialised`, `costliest`, `orphans`, `rule`. */
  readonly code: string;
  readonly severity: 'info' | 'warning' | 'error';
  /** A sentence in plain English; recorded names stand in it as they are. */
  readonly message: string;
  /** Where to go: the first is what it is about. Of an error its cause, then the failed spans above it. */
  readonly keys: readonly SpanKey[];
  /** The numbers and words of the message, for labels of your own. Times in Nanos. */
  readonly facts: Readonly<Record<string, string | number>>;
}

export interface FindingsOptions extends StepsOptions {
  readonly rules?: readonly AssertionRule[];
}

const format = createFormat('en', 'UTC');
const RANKS: Readonly<Record<Finding['severity'], number>> = { error: 0, warning: 1, info: 2 };
/** Of more errors with other causes the first ones are told. */
const ERRORS_TOLD = 20;
/** A fan-out is told of where the end of the trace would come so much sooner, by its part of the whole, and at least. */
const WORTH = 0.05;
const WORTH_NANOS = 50e6;
/** A step is told of where it costs so much of the whole. */
const COSTLY = 0.3;

/**
 * A short list of what is to know about a trace, the worst first; empty where there is nothing to say. Errors by their
 * cause (the deepest span that failed; equal ones together), with what failed above it; broken rules of the host; loops
 * that got nowhere (`loopProgress`); fan-outs that ran one after the other and held up the end (`fanOuts`); spans whose
 * parent is missing; the step that costs most, where that is much of several. Reads contents of loops, in slices.
 * Rejects with the reason of the signal when aborted.
 */
export async function findings(
  trace: Trace,
  { signal, rules = [] }: FindingsOptions = {},
): Promise<readonly Finding[]> {
  signal?.throwIfAborted();
  const found: Finding[] = [...errorFindings(trace)];
  for (const rule of rules) {
    const broken = await breaches(trace, rule, { signal });
    const [first] = broken;
    if (!first) continue;
    found.push({
      code: 'rule',
      severity: rule.severity ?? 'error',
      message: broken.length === 1 ? first.message : `${first.message}; ${broken.length} spans break this rule`,
      keys: broken.map(({ index }) => trace.span(index).key),
      facts: { rule: rule.id, times: broken.length },
    });
  }
  for (const fold of await soon(foldLoopsInSteps(trace), { signal })) {
    const { stuck, reason, keys, times, tool, code, wastedTime, wasted } = await loopProgress(trace, fold, { signal });
    if (!stuck) continue;
    const tokens = wasted?.usage.total ?? null;
    const cost = [format.duration(wastedTime), ...(tokens === null ? [] : [`${format.tokens(tokens)} tokens`])].join(
      ', ',
    );
    found.push({
      code: 'stuck-loop',
      severity: 'warning',
      message: `A loop got nowhere: ${reason} (${cost} for nothing)`,
      keys,
      facts: { tool: tool!, times, why: code!, wastedTime, ...(tokens === null ? {} : { tokens }) },
    });
  }
  found.push(...serialised(trace), ...orphans(trace), ...costliest(trace));
  // A sort keeps the order of what is equal.
  return found.sort((a, b) => RANKS[a.severity] - RANKS[b.severity]);
}

/** Errors by cause: failed spans inside which nothing failed that was not tried again. */
function errorFindings(trace: Trace): readonly Finding[] {
  const { parent, subtreeEnd } = trace.columns;
  const failed = errors(trace);
  const groups = new Map<string, { readonly causes: number[]; readonly above: number[] }>();
  failed.forEach((index, at) => {
    const hasCause = failed[at + 1] !== undefined && failed[at + 1]! < subtreeEnd[index]!;
    if (hasCause) return;
    const { name, statusMessage } = trace.span(index);
    const id = JSON.stringify([name, statusMessage]);
    const group = groups.get(id);
    if (group) return void group.causes.push(index);
    const isFailed = (above: number): boolean => trace.columns.status[above] === trace.columns.status[index];
    const chain: number[] = [];
    for (let above = parent[index]!; above !== -1 && isFailed(above); above = parent[above]!) chain.push(above);
    groups.set(id, { causes: [index], above: chain });
  });
  return [...groups.values()].slice(0, ERRORS_TOLD).map(({ causes, above }) => {
    const { name, statusMessage } = trace.span(causes[0]!);
    const top = above.at(-1);
    const times = causes.length > 1 ? ` ${causes.length} times` : '';
    const why = statusMessage === null ? '' : `: ${statusMessage}`;
    const reached = top === undefined ? '' : `, and ${trace.span(top).name} failed with it`;
    return {
      code: 'error',
      severity: 'error' as const,
      message: `${name} failed${times}${why}${reached}`,
      keys: [...causes, ...above].map((index) => trace.span(index).key),
      facts: { name, times: causes.length, why: statusMessage ?? '' },
    };
  });
}

function serialised(trace: Trace): readonly Finding[] {
  const whole = waits(trace).length[0] ?? 0;
  return fanOuts(trace).flatMap(({ members, peak, lost, parent, waitedFor }) => {
    if (lost < Math.max(WORTH_NANOS, whole * WORTH) || peak * 2 > members.length) return [];
    // What ends later than it could matters only where somebody waited for it.
    const last = trace.find(waitedFor)!;
    const saved = Math.min(lost, whatIf(trace, { key: waitedFor, duration: Math.max(0, last.duration - lost) }).saved);
    if (saved < WORTH_NANOS) return [];
    const how = peak === 1 ? 'one after the other' : `at most ${peak} at once`;
    const { name } = trace.find(parent)!;
    return [
      {
        code: 'serialised',
        severity: 'warning' as const,
        message: `${members.length} steps of ${name} ran ${how}: side by side they would be done ${format.duration(lost)} sooner`,
        keys: [...members],
        facts: { name, members: members.length, peak, lost },
      },
    ];
  });
}

function orphans(trace: Trace): readonly Finding[] {
  const keys: SpanKey[] = [];
  for (let index = 0; index < trace.spanCount; index += 1)
    if ((trace.columns.flags[index]! & SPAN_FLAGS['missing-parent']) !== 0) keys.push(trace.span(index).key);
  const message =
    keys.length === 1 ? 'The parent of a span is missing' : `The parents of ${keys.length} spans are missing`;
  return keys.length === 0 ? [] : [{ code: 'orphans', severity: 'info', message, keys, facts: { spans: keys.length } }];
}

function costliest(trace: Trace): readonly Finding[] {
  const { cost, callsWithCost } = ledger(trace).total;
  const index = costliestSpans(trace)[0];
  if (index === undefined || cost.total === null || callsWithCost < 3) return [];
  const { name, key, cost: own } = trace.span(index);
  const part = own!.total! / cost.total;
  if (!(part >= COSTLY)) return [];
  const message = `${name} alone cost ${format.money(own!.total!, own!.currency)}, ${Math.round(part * 100)} % of the whole`;
  return [{ code: 'costliest', severity: 'info', message, keys: [key], facts: { name, cost: own!.total!, part } }];
}
