import { kindCode } from '../../model/codes.ts';
import type { Trace } from '../../model/types.ts';
import { perTrace } from '../memo.ts';

const AGENT = kindCode('agent');

/** By index, the name of the nearest agent around a span (itself, if it is one) among the strings; 0 = there is none. */
export const agentNames: (trace: Trace) => Uint32Array = perTrace(({ columns: { parent, kind, name }, spanCount }) => {
  const names = new Uint32Array(spanCount);
  // Parents stand before their children.
  for (let index = 0; index < spanCount; index += 1)
    names[index] = kind[index] === AGENT ? name[index]! : (names[parent[index]!] ?? 0);
  return names;
});
