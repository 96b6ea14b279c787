import type { Trace } from '../model/types.ts';

const NOTHING = new Uint32Array(0);

/** Indices of the spans whose name holds the text, ignoring case. Literal; '' matches nothing. Each different name is looked at once. */
export function matchNames(trace: Trace, text: string): Uint32Array {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return NOTHING;
  const { name, strings } = trace.columns;
  const known = new Int8Array(strings.length);
  const found: number[] = [];
  for (let index = 0; index < name.length; index += 1) {
    const id = name[index]!;
    if (known[id] === 0) known[id] = strings[id]!.toLowerCase().includes(wanted) ? 1 : -1;
    if (known[id] === 1) found.push(index);
  }
  return Uint32Array.from(found);
}

/** Where the text stands in a name: pairs of from, to. */
export function matchRanges(name: string, text: string): readonly (readonly [number, number])[] {
  const wanted = text.trim().toLowerCase();
  const lower = name.toLowerCase();
  // Some letters change their length with their case; places would not fit then.
  if (wanted === '' || lower.length !== name.length) return [];
  const ranges: (readonly [number, number])[] = [];
  for (let at = lower.indexOf(wanted); at !== -1; at = lower.indexOf(wanted, at + wanted.length)) ranges.push([at, at + wanted.length]);
  return ranges;
}
