import type { StatisticsColumn, StatisticsSort } from '../../analysis/statistics/sortRows.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import type { ListColumn } from '../ListGrid/types.ts';
import { Sign } from '../parts/icons.tsx';
import type { StatisticsEntry } from './statisticsColumns.tsx';

interface OrderChoiceProps {
  readonly columns: readonly ListColumn<StatisticsEntry>[];
  readonly sort: StatisticsSort;
  onSort(sort: StatisticsSort): void;
}

/** The choice of order where the table is too narrow for column heads. */
export function OrderChoice({ columns, sort, onSort }: OrderChoiceProps) {
  const { labels } = useTraceContext();
  const direction = sort.descending ? labels.descending : labels.ascending;
  return (
    <span className="tv-list-order">
      <select
        className="tv-picker"
        aria-label={labels.sortBy}
        value={sort.column}
        onChange={({ target }) => {
          const column = target.value as StatisticsColumn;
          onSort({ column, descending: column !== 'value' });
        }}
      >
        {columns
          .filter((column) => column.sort !== undefined)
          .map(({ id, header }) => (
            <option key={id} value={id}>
              {String(header)}
            </option>
          ))}
      </select>
      <button
        type="button"
        className="tv-button tv-line tv-icon"
        aria-label={direction}
        title={direction}
        onClick={() => onSort({ ...sort, descending: !sort.descending })}
      >
        <Sign name={sort.descending ? 'down' : 'up'} size={10} />
      </button>
    </span>
  );
}
