import { SPAN_FLAGS } from '../../model/codes.ts';
import { answerOf, remoteOf } from '../../model/remote.ts';
import { createTimeSlices } from '../../model/timeSlices.ts';
import type { Nanos, SpanKey, Trace } from '../../model/types.ts';
import { foldLoopsInSteps } from '../foldLoops.ts';
import { ledger } from '../amounts/ledger.ts';
import { costliestSpans } from '../time/largestSpans.ts';
import { soon, type Steps, type StepsOptions } from '../steps.ts';
import { criticalInterval } from '../criticalPath/criticalPath.ts';
import { mainRoot } from '../criticalPath/walkBack.ts';
import { countsWith } from '../time/ownTime.ts';
import { errorFindings } from './errorFindings.ts';
import { fanOutsInSteps } from './fanOuts.ts';
import { found, type Finding } from './findingWords.ts';
import { loopProgress } from './loopProgress.ts';
import { breaches, type AssertionRule } from './rules.ts';
import { saidFindings } from './saidFindings.ts';
import { stepLabels } from './stepLabels.ts';
import { waits, waitsInSteps } from './waits.ts';
import { whatIf } from './whatIf.ts';

export interface FindingsOptions extends StepsOptions {
  readonly rules?: readonly AssertionRule[];
  /** Whether contents are read; without them only what the envelopes say is found. @default true */
  readonly contents?: boolean;
}

const RANKS: Readonly<Record<Finding['severity'], number>> = { error: 0, warning: 1, info: 2 };
/** A fan-out is told of where the end of the trace would come so much sooner, by its part of the whole, and at least. */
const WORTH = 0.05;
const WORTH_NANOS = 50e6;
/** A step is told of where it costs so much of the whole. */
const COSTLY = 0.3;
/** A step is slow that takes so many times as long as its other calls usually do, and so much of the whole. */
const TIMES_USUAL = 4;
const SLOW = 0.2;

/**
 * A short list of what is to know about a trace, the worst first; empty where there is nothing to say. Errors by their
 * cause (the deepest span that failed; equal ones together), with what failed above it or what became of it, and tries
 * in a row that all failed; broken rules of the host; loops that got nowhere (`loopProgress`); answers that were cut off
 * or held back, tools that were refused, guardrails and scores that say no; fan-outs that ran one after the other and
 * held up the end (`fanOuts`); a step that took far longer than its other calls; spans whose parent is missing; the step
 * that costs most, where that is much of several. Reads contents of loops and calls, all in slices. Rejects with the
 * reason of the signal when aborted.
 */
export async function findings(
  trace: Trace,
  { signal, rules = [], contents = true }: FindingsOptions = {},
): Promise<readonly Finding[]> {
  signal?.throwIfAborted();
  // Rules are functions of the host, so they are asked here.
  const remote = contents && rules.length === 0 ? remoteOf(trace) : undefined;
  if (remote) return (await answerOf(remote, 'findings', null, signal)) as readonly Finding[];
  const all: Finding[] = [...(await soon(errorFindings(trace), { signal }))];
  for (const rule of rules) {
    const broken = await breaches(trace, rule, { signal });
    const [first] = broken;
    if (!first) continue;
    all.push({
      code: 'rule',
      severity: rule.severity ?? 'error',
      message: broken.length === 1 ? first.message : `${first.message}; ${broken.length} spans break this rule`,
      keys: broken.map(({ index }) => trace.span(index).key),
      facts: { rule: rule.id, times: broken.length },
    });
  }
  // Each loop has slices of its own; many short ones fill none of them.
  const yieldTurn = createTimeSlices({ signal });
  for (const fold of contents ? await soon(foldLoopsInSteps(trace), { signal }) : []) {
    const rest = yieldTurn();
    if (rest) await rest;
    const { stuck, keys, times, tool, code, wastedTime, wasted } = await loopProgress(trace, fold, { signal });
    if (!stuck) continue;
    const tokens = wasted?.usage.total ?? null;
    const facts = { tool: tool!, times, why: code!, wastedTime, ...(tokens === null ? {} : { tokens }) };
    all.push(found('stuck-loop', 'warning', keys, facts));
  }
  if (contents) for (const each of await saidFindings(trace, { signal })) all.push(each);
  for (const each of await soon(timeAndCostFindings(trace), { signal })) all.push(each);
  // A sort keeps the order of what is equal.
  return all.sort((a, b) => RANKS[a.severity] - RANKS[b.severity]);
}

/** What the envelopes say of time, cost and structure, in slices. */
export function* timeAndCostFindings(trace: Trace): Steps<readonly Finding[]> {
  yield* waitsInSteps(trace);
  const late = yield* serialised(trace);
  yield;
  const slowest = yield* slow(trace);
  yield;
  const lost = yield* orphans(trace);
  yield;
  return [...late, ...slowest, ...lost, ...costliest(trace)];
}

/** How long the trace takes: the time of its main root. */
const wholeOf = (trace: Trace): Nanos => waits(trace).length[mainRoot(trace.columns)] ?? 0;

/** A step on the critical path that took far longer than its other calls do. */
function* slow(trace: Trace): Steps<readonly Finding[]> {
  const whole = wholeOf(trace);
  const { length } = waits(trace);
  const labels = stepLabels(trace);
  const calls = countsWith(trace);
  const steps = new Map<number, number[]>();
  for (let index = 0; index < trace.spanCount; index += 1) {
    if (index % 2048 === 2047) yield;
    const isStep = calls[index] === index || (calls[index] === -1 && trace.columns.subtreeEnd[index] === index + 1);
    if (!isStep || length[index] === 0) continue;
    const step = steps.get(labels[index]!);
    if (step) step.push(index);
    else steps.set(labels[index]!, [index]);
  }
  const slowest: Finding[] = [];
  for (const step of steps.values()) {
    if (step.length < 3) continue;
    const ordered = Float64Array.from(step, (index) => length[index]!).sort();
    const usual = ordered[Math.floor((ordered.length - 1) / 2)]!;
    const index = step.find((each) => length[each] === ordered.at(-1))!;
    const duration = length[index]!;
    if (duration < Math.max(usual * TIMES_USUAL, whole * SLOW, WORTH_NANOS) || criticalInterval(trace, index) === null)
      continue;
    const { name, key } = trace.span(index);
    slowest.push(found('slow', 'info', [key], { name, duration, usual, part: duration / whole }));
  }
  return slowest;
}

function* serialised(trace: Trace): Steps<readonly Finding[]> {
  const whole = wholeOf(trace);
  const late: Finding[] = [];
  for (const { members, peak, lost, parent, waitedFor } of yield* fanOutsInSteps(trace)) {
    if (lost < Math.max(WORTH_NANOS, whole * WORTH) || peak * 2 > members.length) continue;
    // What ends later than it could matters only where somebody waited for it.
    const last = trace.find(waitedFor)!;
    const saved = Math.min(lost, whatIf(trace, { key: waitedFor, duration: Math.max(0, last.duration - lost) }).saved);
    yield;
    if (saved < WORTH_NANOS) continue;
    const { name } = trace.find(parent)!;
    late.push(found('serialised', 'warning', [...members], { name, members: members.length, peak, lost }));
  }
  return late;
}

function* orphans(trace: Trace): Steps<readonly Finding[]> {
  // Those of a trace that still grows have not arrived yet.
  if (trace.live) return [];
  const keys: SpanKey[] = [];
  for (let index = 0; index < trace.spanCount; index += 1) {
    if (index % 8192 === 8191) yield;
    if ((trace.columns.flags[index]! & SPAN_FLAGS['missing-parent']) !== 0) keys.push(trace.span(index).key);
  }
  return keys.length === 0 ? [] : [found('orphans', 'info', keys, { spans: keys.length })];
}

function costliest(trace: Trace): readonly Finding[] {
  const { cost, callsWithCost } = ledger(trace).total;
  const index = costliestSpans(trace)[0];
  if (index === undefined || cost.total === null || callsWithCost < 3) return [];
  const { name, key, cost: own } = trace.span(index);
  const part = own!.total! / cost.total;
  if (!(part >= COSTLY)) return [];
  const { total, currency } = own!;
  return [found('costliest', 'info', [key], { name, cost: total!, currency, part })];
}
