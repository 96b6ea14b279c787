import { forwardRef, type ReactNode } from 'react';
import { firstSort, type TraceSort, type TraceSortColumn } from '../../analysis/traces/sortTraces.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { Sign } from '../parts/icons.tsx';
import type { ListColumn } from '../ListGrid/types.ts';

interface ListToolsProps {
  readonly query: string;
  onQuery(query: string): void;
  readonly found: number;
  readonly all: number;
  readonly columns: readonly ListColumn[];
  readonly sort: TraceSort;
  onSort(sort: TraceSort): void;
  /** Down leads from the filter to the rows. */
  onDown(): void;
  /** Behind the count. */
  readonly children?: ReactNode;
}

/** The filter with its count and, where the list is too narrow for column heads, the choice of order. */
export const ListTools = forwardRef<HTMLInputElement, ListToolsProps>(function ListTools(
  { query, onQuery, found, all, columns, sort, onSort, onDown, children },
  ref,
) {
  const { format, labels } = useTraceContext();
  return (
    <div className="tv-list-tools">
      <div className="tv-search" data-trace-part="list-filter">
        <Sign name="search" size={13} />
        <input
          ref={ref}
          type="text"
          value={query}
          placeholder={labels.findTrace}
          aria-label={labels.findTrace}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => onQuery(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && query !== '') onQuery('');
            else if (event.key === 'ArrowDown' || (event.key === 'Enter' && !event.nativeEvent.isComposing)) onDown();
            else return;
            event.preventDefault();
            event.stopPropagation();
          }}
        />
        {query === '' ? null : (
          <button
            type="button"
            className="tv-button tv-icon tv-small"
            aria-label={labels.clearFilter}
            onClick={() => onQuery('')}
          >
            <Sign name="close" size={9} />
          </button>
        )}
      </div>
      <span className="tv-list-count" role="status">
        {labels.tracesFound(format.count(found), format.count(all))}
      </span>
      {children}
      <span className="tv-list-order">
        <select
          className="tv-picker"
          aria-label={labels.sortBy}
          value={sort.column}
          onChange={(event) => onSort(firstSort(event.target.value as TraceSortColumn))}
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
          aria-label={sort.descending ? labels.descending : labels.ascending}
          title={sort.descending ? labels.descending : labels.ascending}
          onClick={() => onSort({ ...sort, descending: !sort.descending })}
        >
          <Sign name={sort.descending ? 'down' : 'up'} size={10} />
        </button>
      </span>
    </div>
  );
});
