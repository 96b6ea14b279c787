import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { Sign } from '../parts/icons.tsx';
import type { ListColumn } from './types.ts';

interface OrderChoiceProps<Column extends string> {
  readonly columns: readonly Pick<ListColumn, 'id' | 'header'>[];
  readonly sort: { readonly column: Column; readonly descending: boolean };
  onColumn(column: Column): void;
  onDirection(descending: boolean): void;
}

/** The choice of order where the table is too narrow for column heads. */
export function OrderChoice<Column extends string>(props: OrderChoiceProps<Column>) {
  const { columns, sort, onColumn, onDirection } = props;
  const { labels } = useTraceContext();
  const direction = sort.descending ? labels.descending : labels.ascending;
  return (
    <span className="tv-list-order">
      <select
        className="tv-picker"
        aria-label={labels.sortBy}
        value={sort.column}
        onChange={({ target }) => onColumn(target.value as Column)}
      >
        {columns.map(({ id, header }) => (
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
        onClick={() => onDirection(!sort.descending)}
      >
        <Sign name={sort.descending ? 'down' : 'up'} size={10} />
      </button>
    </span>
  );
}
