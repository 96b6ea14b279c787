import type { ReactNode } from 'react';
import { ledger } from '../../analysis/ledger.ts';
import { selfTime } from '../../analysis/selfTime.ts';
import type { Format } from '../../format.ts';
import type { Labels } from '../../labels.ts';
import type { Row } from '../../layout/visibleRows.ts';
import type { Trace } from '../../model/types.ts';
import type { Column } from '../types.ts';

/** How much a number matters: shares of the whole at which its ink grows or fades. */
const weight = (share: number, strong: number): 'strong' | 'faint' | undefined => (share >= strong ? 'strong' : share < 0.01 ? 'faint' : undefined);

/** Duration, tokens, cost. Sums of a subtree carry a sigma and stay grey while the rows they sum are on screen. */
export function defaultColumns(format: Format, labels: Labels, isOpen: (index: number) => boolean): readonly Column[] {
  const summed = (trace: Trace, index: number): boolean => trace.columns.subtreeEnd[index]! > index + 1;

  const amount = (id: 'tokens' | 'cost', header: string, width: number, of: (entry: ReturnType<ReturnType<typeof ledger>['own']>) => number | null, write: (value: number, row: Row, trace: Trace) => string): Column => ({
    id, header, width, align: 'end',
    value: ({ index }, trace) => of(ledger(trace).subtree(index)),
    cell(row, trace): ReactNode {
      const sums = ledger(trace);
      const value = of(sums.subtree(row.index));
      if (value === null) return null;
      const total = of(sums.total) ?? 0;
      const isSum = summed(trace, row.index) && of(sums.own(row.index)) !== value;
      const faint = isSum && isOpen(row.index);
      return (
        <span data-weight={faint ? 'faint' : weight(total > 0 ? value / total : 0, 0.1)} title={isSum ? labels.sumOfSubtree : undefined}>
          {isSum ? <span className="tv-sigma">Σ</span> : null}{write(value, row, trace)}
        </span>
      );
    },
  });

  return [
    {
      id: 'duration', header: labels.duration, width: 62, align: 'end',
      value: ({ index }, trace) => trace.span(index).duration,
      cell({ index }, trace) {
        const { duration } = trace.span(index);
        const own = selfTime(trace)[index]!;
        const share = trace.end > 0 ? own / trace.end : 0;
        return <span data-weight={index === 0 ? 'strong' : weight(share, 0.08)}>{format.duration(duration)}</span>;
      },
    },
    amount('tokens', labels.tokens, 62, ({ usage }) => usage.total, (value) => format.tokens(value)),
    amount('cost', labels.cost, 72, ({ cost }) => cost.total, (value, { index }, trace) => format.money(value, ledger(trace).subtree(index).cost.currency)),
  ];
}
