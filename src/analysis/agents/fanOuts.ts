import { kindCode } from '../../model/codes.ts';
import type { Nanos, SpanKey, Trace } from '../../model/types.ts';
import { atOnce, type Steps } from '../steps.ts';
import { countsWith } from '../time/ownTime.ts';
import { stepLabels } from './stepLabels.ts';
import { lengthsOf } from './waits.ts';

/** Siblings that could run at the same time. */
export interface FanOut {
  readonly parent: SpanKey;
  /** In the order of their starts. */
  readonly members: readonly SpanKey[];
  readonly start: Nanos;
  readonly end: Nanos;
  /** How many of them were at work on average, and how many would be, had all started together. */
  readonly achieved: number;
  readonly possible: number;
  /** The most that were at work at one instant. */
  readonly peak: number;
  /** Nanos by which the last of them would end sooner, had all started together. */
  readonly lost: Nanos;
  /** The one that ended last: the others were over before. */
  readonly waitedFor: SpanKey;
  /** By member: the last of the others that was over when it began; null = it waited for none. */
  readonly after: readonly (SpanKey | null)[];
}

/** A fan-out in indices. */
export interface Group {
  readonly parent: number;
  readonly members: readonly number[];
}

const TOOL = kindCode('tool');
const LLM = kindCode('llm');
/** Containers in which nothing decides: their tools were asked for together. An agent may have turns nobody recorded. */
const TOOL_NODES: ReadonlySet<number> = new Set((['chain', 'span'] as const).map(kindCode));
/** What asks and does not change anything: one of these does not need the answer of another of the same name. */
const QUESTIONS: ReadonlySet<number> = new Set((['retriever', 'embedding'] as const).map(kindCode));

/**
 * The fan-outs of a trace, in pre-order: siblings that ran side by side, and those that one after the other could have
 * done so, as nothing that decided came between: the tools that one turn of a model asked for (all of them between two
 * calls of a model, or all that a node of a graph holds), searches and embeddings of one name, and further steps of the
 * name of some that ran side by side (a pool of workers). Turns of a loop are none: each needs the one before.
 */
export const fanOuts = (trace: Trace): readonly FanOut[] => atOnce(fanOutsInSteps(trace));

const known = new WeakMap<Trace, readonly FanOut[]>();
const knownGroups = new WeakMap<Trace, readonly Group[]>();

/** The same in slices: yields after some thousand spans. */
export function* fanOutsInSteps(trace: Trace): Steps<readonly FanOut[]> {
  let found = known.get(trace);
  if (found) return found;
  const list: FanOut[] = [];
  let seen = 0;
  for (const group of yield* groupsInSteps(trace)) {
    list.push(measured(trace, group));
    seen += group.members.length;
    if (seen < AT_ONCE) continue;
    seen = 0;
    yield;
  }
  known.set(trace, (found = list));
  return found;
}

/** Those whose members are children of one span. */
export function fanOutsBelow(trace: Trace, index: number): readonly FanOut[] {
  const groups: Group[] = [];
  if (hasBranches(trace, index)) groupChildren(trace, index, groups);
  return groups.map((group) => measured(trace, group));
}

/** What a call of a model holds is a part of it. */
const hasBranches = (trace: Trace, index: number): boolean =>
  countsWith(trace)[index] === -1 && trace.columns.subtreeEnd[index]! > index + 1;

export const fanOutGroups = (trace: Trace): readonly Group[] => atOnce(groupsInSteps(trace));

/** Spans after which the page may have its turn. */
const AT_ONCE = 1024;

function* groupsInSteps(trace: Trace): Steps<readonly Group[]> {
  const found = knownGroups.get(trace);
  if (found) return found;
  countsWith(trace);
  yield;
  stepLabels(trace);
  yield;
  const groups: Group[] = [];
  for (let index = 0; index < trace.spanCount; index += 1) {
    if (index % AT_ONCE === AT_ONCE - 1) yield;
    if (hasBranches(trace, index)) groupChildren(trace, index, groups);
  }
  knownGroups.set(trace, groups);
  return groups;
}

function groupChildren(trace: Trace, parent: number, groups: Group[]): void {
  const { start, kind, subtreeEnd } = trace.columns;
  const { length, over } = lengthsOf(trace);
  const labels = stepLabels(trace);
  const isToolNode = TOOL_NODES.has(kind[parent]!) && holdsOnly(trace, parent, TOOL);
  let members: number[] = [];
  let labelsInside = new Set<number>();
  /** When the first of the members was over, and the last; whether some ran side by side; whether a model asked for them. */
  let firstOver = Infinity;
  let lastOver = -Infinity;
  let overlaps = false;
  let asked = false;
  let afterModel = false;
  const close = (): void => {
    if (members.length > 1) groups.push({ parent, members });
  };
  for (let child = parent + 1; child < subtreeEnd[parent]!; child = subtreeEnd[child]!) {
    const code = kind[child]!;
    if (length(child) === 0) continue;
    const label = labels[child]!;
    const isSame = labelsInside.has(label);
    const isBeside = members.length > 0 && start[child]! < (isSame ? lastOver : firstOver);
    const isNext = labels[members.at(-1) ?? -1] === label && (overlaps || QUESTIONS.has(code));
    const isOfTurn = asked && code === TOOL && members.length > 0 && kind[members.at(-1)!] === TOOL;
    if (!isBeside && !isNext && !isOfTurn) {
      close();
      [members, labelsInside, firstOver, lastOver, overlaps] = [[], new Set(), Infinity, -Infinity, false];
      asked = code === TOOL && (afterModel || isToolNode);
    }
    overlaps ||= isBeside;
    members.push(child);
    labelsInside.add(label);
    // Before their parents nobody counts as over.
    const ends = Math.min(over(child), start[child]! + length(child));
    firstOver = Math.min(firstOver, ends);
    lastOver = Math.max(lastOver, ends);
    afterModel = code === LLM;
  }
  close();
}

function holdsOnly({ columns: { kind, subtreeEnd } }: Trace, parent: number, code: number): boolean {
  for (let child = parent + 1; child < subtreeEnd[parent]!; child = subtreeEnd[child]!)
    if (kind[child] !== code) return false;
  return true;
}

function measured(trace: Trace, { parent, members }: Group): FanOut {
  const { start } = trace.columns;
  const { length } = lengthsOf(trace);
  const key = (index: number): SpanKey => trace.span(index).key;
  let [busy, longest, end, last] = [0, 0, -Infinity, members[0]!];
  for (const index of members) {
    busy += length(index);
    longest = Math.max(longest, length(index));
    if (start[index]! + length(index) > end) [end, last] = [start[index]! + length(index), index];
  }
  const begin = start[members[0]!]!;
  const { before, peak } = inOrder(trace, members);
  return {
    parent: key(parent),
    members: members.map(key),
    start: begin,
    end,
    achieved: busy / (end - begin),
    possible: busy / longest,
    peak,
    lost: end - begin - longest,
    waitedFor: key(last),
    after: before.map((index) => (index === -1 ? null : key(index))),
  };
}

/** By member, the last that had ended when it began, and how many ran at once at most. */
function inOrder(
  trace: Trace,
  members: readonly number[],
): { readonly before: readonly number[]; readonly peak: number } {
  const { start } = trace.columns;
  const { length } = lengthsOf(trace);
  const endOf = (index: number): Nanos => start[index]! + length(index);
  const byEnd = [...members].sort((a, b) => endOf(a) - endOf(b) || a - b);
  let place = 0;
  let peak = 0;
  const before = members.map((index, begun) => {
    while (place < byEnd.length && endOf(byEnd[place]!) <= start[index]!) place += 1;
    peak = Math.max(peak, begun + 1 - place);
    return place === 0 ? -1 : byEnd[place - 1]!;
  });
  return { before, peak };
}
