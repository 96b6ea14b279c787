import type { ReactNode } from 'react';
import { conflictOf, ledger } from '../../analysis/ledger.ts';
import { selfTime } from '../../analysis/selfTime.ts';
import type { Format } from '../../format.ts';
import type { Labels } from '../../labels.ts';
import type { Trace } from '../../model/types.ts';
import { conflictWords } from '../conflictWords.ts';
import type { Column } from '../types.ts';

/** How much a number matters: shares of the whole at which its ink grows or fades. */
const weight = (share: number, strong: number): 'strong' | 'faint' | undefined => (share >= strong ? 'strong' : share < 0.01 ? 'faint' : undefined);

/** A mark on a number: the span itself reports another. */
function Conflict({ words }: { readonly words: string | null }) {
  return words === null ? null : <span className="tv-conflict-mark" title={words}>≠<span className="tv-visually-hidden">{words}</span></span>;
}

/** Duration, and tokens and cost where the trace has any. Sums of a subtree carry a sigma and stay grey while the rows they sum are on screen. */
export function defaultColumns(trace: Trace, format: Format, labels: Labels, isOpen: (index: number) => boolean): readonly Column[] {
  const { usage, cost } = ledger(trace).total;
  const summed = (index: number): boolean => trace.columns.subtreeEnd[index]! > index + 1;

  const amount = (id: 'tokens' | 'cost', header: string, width: number, of: (entry: ReturnType<ReturnType<typeof ledger>['own']>) => number | null, write: (value: number) => string): Column => ({
    id, header, width, align: 'end',
    value: ({ index }, shown) => of(ledger(shown).subtree(index)),
    cell(row, shown): ReactNode {
      const sums = ledger(shown);
      const value = of(sums.subtree(row.index));
      if (value === null) return null;
      const total = of(sums.total) ?? 0;
      const isSum = summed(row.index) && of(sums.own(row.index)) !== value;
      const faint = isSum && isOpen(row.index);
      const conflict = conflictOf(shown, row.key);
      return (
        <span data-weight={faint ? 'faint' : weight(total > 0 ? value / total : 0, 0.1)} title={isSum ? labels.sumOfSubtree : undefined}>
          {conflict ? <Conflict words={conflictWords(conflict, format, labels)[id]} /> : null}
          {isSum ? <span className="tv-sigma">Σ</span> : null}{write(value)}
        </span>
      );
    },
  });

  return [
    {
      id: 'duration', header: labels.duration, width: 62, align: 'end',
      value: ({ index }, shown) => shown.span(index).duration,
      cell({ index }, shown) {
        const { duration } = shown.span(index);
        const share = shown.end > 0 ? selfTime(shown)[index]! / shown.end : 0;
        return <span data-weight={index === 0 ? 'strong' : weight(share, 0.08)}>{format.duration(duration)}</span>;
      },
    },
    ...(usage.total === null ? [] : [amount('tokens', labels.tokens, 62, (entry) => entry.usage.total, format.tokens)]),
    ...(cost.total === null ? [] : [amount('cost', labels.cost, 72, (entry) => entry.cost.total, (value) => format.money(value, cost.currency))]),
  ];
}
