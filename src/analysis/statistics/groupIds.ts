import type { Trace } from '../../model/types.ts';
import { perTrace } from '../memo.ts';
import { agentNames } from './agentNames.ts';
import type { StatisticsBy } from './types.ts';

export interface GroupIds {
  /** By index, a number that is equal for spans of one value. */
  readonly ids: ArrayLike<number>;
  /** The value that such a number stands for; null = none. */
  valueOf(id: number): string | null;
}

/** What the spans of a trace are put together by. */
export function groupIds(trace: Trace, by: StatisticsBy): GroupIds {
  const { columns } = trace;
  if (by === 'kind') return { ids: columns.kind, valueOf: (id) => columns.kinds[id]! };
  return {
    ids: by === 'agent' ? agentNames(trace) : columns[by],
    valueOf: (id) => (id === 0 ? null : columns.strings[id]!),
  };
}

const ALL: readonly StatisticsBy[] = ['name', 'kind', 'model', 'service', 'agent'];

/** What the spans of a trace can be told apart by: what none of them has is left out. */
export const groupings: (trace: Trace) => readonly StatisticsBy[] = perTrace((trace) =>
  ALL.filter((by) => by === 'name' || by === 'kind' || Array.prototype.some.call(groupIds(trace, by).ids, Boolean)),
);
