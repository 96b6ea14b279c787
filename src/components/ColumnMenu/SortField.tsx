'use client';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { useTraceStore } from '../../hooks/useTraceStore.ts';
import { Sign } from '../parts/icons.tsx';
import type { Column } from '../types.ts';

/** By which column the rows are ordered, and which way. Columns that are not shown can be chosen too. */
export function SortField({ columns }: { readonly columns: readonly Column[] }) {
  const {
    store: { actions },
    labels,
  } = useTraceContext();
  const sort = useTraceStore((state) => state.sort);
  const sortable = columns.filter((column) => column.sortable === true);
  const current = sortable.some(({ id }) => id === sort?.id) ? sort : null;
  const direction = current?.descending === false ? labels.ascending : labels.descending;
  return (
    <div className="tv-columns-sort">
      <label>
        {labels.sortBy}
        <select
          className="tv-picker"
          value={current?.id ?? ''}
          onChange={({ target }) =>
            actions.sortBy(target.value === '' ? null : { id: target.value, descending: current?.descending ?? true })
          }
        >
          <option value="">{labels.traceOrder}</option>
          {sortable.map(({ id, header }) => (
            <option key={id} value={id}>
              {header}
            </option>
          ))}
        </select>
      </label>
      <button
        type="button"
        className="tv-button tv-line"
        disabled={current === null}
        onClick={() => {
          if (current) actions.sortBy({ id: current.id, descending: !current.descending });
        }}
      >
        <Sign name={current?.descending === false ? 'up' : 'down'} size={9} />
        {direction}
      </button>
    </div>
  );
}
