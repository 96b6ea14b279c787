import { ERROR_STATUS } from '../../model/codes.ts';
import type { Trace } from '../../model/types.ts';
import { errors } from '../errors.ts';
import type { Steps } from '../steps.ts';
import { laterTries } from './retries.ts';
import { found, type Finding } from './findingWords.ts';

/** Of more errors with other causes the first ones are told. */
const TOLD = 20;
/** Failed tries in a row that are a storm, and no bad luck. */
const STORM = 3;
/** A message is told by its first line, so far. */
const LONGEST = 200;

interface Group {
  readonly causes: number[];
  /** Spans that failed with the first of them, the nearest first. */
  readonly above: readonly number[];
}

/** Errors by cause: failed spans inside which nothing else failed. Equal ones are one. */
export function* errorFindings(trace: Trace): Steps<readonly Finding[]> {
  const { parent, subtreeEnd, status } = trace.columns;
  const failed = errors(trace);
  const groups = new Map<string, Group>();
  const paused: number[] = [];
  for (const [at, index] of failed.entries()) {
    if (at % 512 === 511) yield;
    const hasCause = failed[at + 1] !== undefined && failed[at + 1]! < subtreeEnd[index]!;
    if (hasCause) continue;
    const { name, statusMessage } = trace.span(index);
    const thrown = statusMessage?.slice(0, LOOKED_AT) ?? '';
    if (PAUSED.test(thrown)) paused.push(index);
    if (PAUSED.test(thrown) || HANDED_OVER.test(thrown)) continue;
    const id = JSON.stringify([name, statusMessage]);
    const group = groups.get(id);
    if (group) {
      group.causes.push(index);
      continue;
    }
    const above: number[] = [];
    for (let each = parent[index]!; each !== -1 && status[each] === ERROR_STATUS; each = parent[each]!)
      above.push(each);
    groups.set(id, { causes: [index], above });
  }
  const failures = [...groups.values()].slice(0, TOLD).map((group) => told(trace, group));
  return paused.length > 0 ? [...failures, pause(trace, paused)] : failures;
}

/**
 * LangGraph pauses (`interrupt`) and hands over to the graph around it by throwing, and its tracers record that as an
 * error; the name of what was thrown stands somewhere in the message (LangGraph.js 1.7).
 */
const PAUSED = /\b(?:GraphInterrupt|NodeInterrupt)\b/;
const HANDED_OVER = /\bParentCommand\b/;
/** So far into a message. */
const LOOKED_AT = 2000;

function told(trace: Trace, { causes, above }: Group): Finding {
  const { name, statusMessage } = trace.span(causes[0]!);
  const why = firstLine(statusMessage ?? '');
  const top = above.at(-1);
  const after = above.length > 0 ? null : becameOf(trace, causes.at(-1)!);
  const keys = [...causes, ...above].map((index) => trace.span(index).key);
  const facts = { name, times: causes.length, why };
  const isHandled = after === 'again';
  if (causes.length >= STORM && isInARow(trace, causes))
    return found('retries', isHandled ? 'warning' : 'error', keys, { ...facts, worked: Number(isHandled) });
  return found('error', isHandled ? 'warning' : 'error', keys, {
    ...facts,
    ...(top === undefined ? {} : { top: trace.span(top).name }),
    ...(after === null ? {} : { after }),
  });
}

const pause = (trace: Trace, paused: readonly number[]): Finding =>
  found(
    'paused',
    'info',
    paused.map((index) => trace.span(index).key),
    { name: trace.span(paused[0]!).name, times: paused.length },
  );

/** What became of a failure that went no further: the same step worked later, or its parent went on without it. */
function becameOf(trace: Trace, index: number): 'again' | 'without' | null {
  const { parent, subtreeEnd, status } = trace.columns;
  const above = parent[index]!;
  if (above === -1) return null;
  if (
    laterTries(trace)
      .get(index)
      ?.some((each) => status[each] !== ERROR_STATUS)
  )
    return 'again';
  const goesOn = subtreeEnd[index]! < subtreeEnd[above]!;
  return goesOn || parent[above] !== -1 ? 'without' : null;
}

/** Whether spans are siblings, and nothing else came between most of them. */
function isInARow(trace: Trace, causes: readonly number[]): boolean {
  const { parent, subtreeEnd } = trace.columns;
  let [run, longest] = [1, 1];
  for (let at = 1; at < causes.length; at += 1) {
    const isNext = parent[causes[at]!] === parent[causes[at - 1]!] && subtreeEnd[causes[at - 1]!] === causes[at];
    run = isNext ? run + 1 : 1;
    longest = Math.max(longest, run);
  }
  return longest >= STORM;
}

/** The first line with something in it, without an end that nobody reads. */
export function firstLine(text: string): string {
  const line = text
    .slice(0, LONGEST * 4)
    .split('\n')
    .map((each) => each.trim())
    .find((each) => each !== '');
  const letters = [...(line ?? '')];
  return letters.length > LONGEST ? `${letters.slice(0, LONGEST).join('')}…` : letters.join('');
}
