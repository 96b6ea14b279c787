import type { Delta } from '../../analysis/diff/types.ts';
import type { Format } from '../../format.ts';
import type { Labels } from '../../labels.ts';
import type { MergedTrace } from '../../layout/diff/mergedTrace.ts';
import { ownValue } from '../../model/ownValue.ts';
import type { GridColumn } from '../TraceGrid/columns/columns.tsx';
import { rowDifference, signedText, toneOf, type Measure } from './deltaText.ts';

/** From this part of the whole difference on, a row's own difference has a colour, and is strong. */
const COLOURED = 0.05;
const STRONG = 0.1;

/** One column for each measure that both sides have. Differences that are no more than noise are a dot. */
export function deltaColumns(
  totals: Readonly<Record<string, Delta>>,
  currency: string,
  format: Format,
  labels: Labels,
): readonly GridColumn[] {
  const column = (measure: Measure, header: string, width: number): GridColumn => {
    const whole = Math.abs(ownValue(totals, measure)?.delta ?? 0);
    return {
      id: `delta:${measure}`,
      header: labels.deltaColumn(header),
      width,
      align: 'end',
      sortable: true,
      value: ({ index }, trace) => rowDifference(trace as MergedTrace, index, measure),
      draw({ index }, trace, open) {
        const amount = rowDifference(trace as MergedTrace, index, measure);
        if (amount === null) return <span data-weight="faint">·</span>;
        // The rows that a sum is made of say where it is from.
        const isSum = open && trace.columns.subtreeEnd[index]! > index + 1;
        const share = isSum || whole === 0 ? Number(!isSum) : Math.abs(amount) / whole;
        return (
          <span
            className="tv-delta"
            data-tone={share >= COLOURED ? toneOf(measure, amount) : undefined}
            data-weight={share >= STRONG ? 'strong' : undefined}
          >
            {signedText(measure, amount, format, currency)}
          </span>
        );
      },
    };
  };
  const has = (measure: string): boolean => {
    const total = ownValue(totals, measure);
    return total !== undefined && (total.a !== null || total.b !== null);
  };
  return [
    column('duration', labels.duration, 84),
    ...(has('tokens') ? [column('tokens', labels.tokens, 76)] : []),
    ...(has('cost') ? [column('cost', labels.cost, 80)] : []),
  ];
}
