import type { Nanos, Trace } from '../model/types.ts';

/** Whether a trace is a later state of one that a stream still fed. Indices and times of the two are others. */
export const continues = (before: Trace | null, trace: Trace | null): boolean =>
  before !== null && trace !== null && before !== trace && before.live && before.key === trace.key;

/** What times of the earlier state are off by in the later one: a span that began before all others moves the origin. */
export const originShift = (before: Trace, trace: Trace): Nanos => Number(before.originUnixNano - trace.originUnixNano);

/** The index that a span of an earlier state has now; -1 where it is gone. */
export const indexNow = (before: Trace, index: number, trace: Trace): number =>
  trace.find(before.span(index).key)?.index ?? -1;

/** Whether nothing about a span was recorded anew since the earlier state, as far as its columns tell. */
export function sameRecord(before: Trace, was: number, trace: Trace, index: number): boolean {
  const [old, now] = [before.columns, trace.columns];
  const shift = originShift(before, trace);
  return (
    Object.is(old.start[was]! + shift, now.start[index]) &&
    Object.is(old.end[was]! + shift, now.end[index]) &&
    old.status[was] === now.status[index] &&
    old.flags[was] === now.flags[index] &&
    old.kinds[old.kind[was]!] === now.kinds[now.kind[index]!] &&
    old.strings[old.name[was]!] === now.strings[now.name[index]!] &&
    old.strings[old.model[was]!] === now.strings[now.model[index]!]
  );
}
