import { forwardRef, useCallback, useId, useImperativeHandle, useRef, type ReactNode } from 'react';
import { completeTraceQuery } from '../../analysis/traces/completeTraceQuery.ts';
import type { QueryProblem } from '../../analysis/query/types.ts';
import type { Trace } from '../../model/types.ts';
import { QueryProblems } from '../TraceSearch/QueryProblems.tsx';
import { Suggestions } from '../TraceSearch/Suggestions.tsx';
import { useCompletion } from '../TraceSearch/useCompletion.ts';
import { firstSort, type TraceSort } from '../../analysis/traces/sortTraces.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { Sign } from '../parts/icons.tsx';
import { OrderChoice } from '../ListGrid/OrderChoice.tsx';
import type { ListColumn } from '../ListGrid/types.ts';

interface ListToolsProps {
  readonly query: string;
  onQuery(query: string): void;
  /** All of the list. */
  readonly traces: readonly Trace[];
  readonly problems: readonly QueryProblem[];
  readonly found: number;
  readonly all: number;
  readonly columns: readonly ListColumn[];
  readonly sort: TraceSort;
  onSort(sort: TraceSort): void;
  /** Whether the picture of how they spread is open. */
  readonly picture: boolean;
  onPicture(): void;
  /** Down leads from the filter to the rows. */
  onDown(): void;
  /** Behind the count. */
  readonly children?: ReactNode;
}

/** The filter with its count and, where the list is too narrow for column heads, the choice of order. */
export const ListTools = forwardRef<HTMLInputElement, ListToolsProps>(function ListTools(
  { query, onQuery, traces, problems, found, all, columns, sort, onSort, picture, onPicture, onDown, children },
  ref,
) {
  const { format, labels } = useTraceContext();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  useImperativeHandle(ref, () => input.current!, []);
  const complete = useCallback((text: string, cursor: number) => completeTraceQuery(text, cursor, traces), [traces]);
  const completion = useCompletion(input, query, { setQuery: onQuery, complete });
  const { list, active } = completion;
  // What is still being typed is not wrong yet.
  const shown =
    list.length === 0
      ? problems
      : problems.filter(({ range: [from, to] }) => completion.cursor < from || completion.cursor > to);
  const actionOf = (key: string): (() => void) | undefined => {
    switch (key) {
      case 'ArrowDown':
        return list.length > 0 ? () => completion.move(1) : onDown;
      case 'ArrowUp':
        return list.length > 0 ? () => completion.move(-1) : undefined;
      case 'Tab':
        return active === -1 ? undefined : () => completion.accept(active);
      case 'Enter':
        return active === -1 ? onDown : () => completion.accept(active);
      case 'Escape':
        if (list.length > 0) return completion.close;
        return query === '' ? undefined : () => onQuery('');
      default:
        return undefined;
    }
  };
  return (
    <div className="tv-list-tools">
      <div
        className="tv-search"
        data-trace-part="list-filter"
        data-problem={shown.some(({ severity }) => severity === 'error') || undefined}
      >
        <Sign name={shown.length > 0 ? 'warning' : 'search'} size={13} />
        <input
          ref={input}
          type="text"
          role="combobox"
          value={query}
          placeholder={labels.findTrace}
          aria-label={labels.findTrace}
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="off"
          aria-autocomplete="list"
          aria-expanded={list.length > 0}
          aria-controls={list.length > 0 ? `${id}-list` : undefined}
          aria-activedescendant={active === -1 ? undefined : `${id}-list-${active}`}
          aria-describedby={shown.length > 0 ? `${id}-problems` : undefined}
          onChange={({ target }) => {
            onQuery(target.value);
            completion.typed(target.value, target.selectionStart ?? target.value.length);
          }}
          onSelect={(event) => completion.moved(event.currentTarget.selectionStart ?? 0)}
          onBlur={completion.close}
          onKeyDown={(event) => {
            const run = event.nativeEvent.isComposing ? undefined : actionOf(event.key);
            if (!run) return;
            event.preventDefault();
            event.stopPropagation();
            run();
          }}
        />
        {list.length > 0 ? (
          <Suggestions id={`${id}-list`} list={list} active={active} onPick={completion.accept} />
        ) : null}
        {shown.length > 0 ? (
          <QueryProblems
            id={`${id}-problems`}
            query={query}
            problems={shown}
            sentences={shown.map(({ code, facts, message }) => labels.queryProblem(code, facts, message))}
            hidden={list.length > 0}
          />
        ) : null}
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
      <button type="button" className="tv-button tv-line" aria-expanded={picture} onClick={onPicture}>
        {labels.spread}
      </button>
      {children}
      <OrderChoice
        columns={columns}
        sort={sort}
        onColumn={(column) => onSort(firstSort(column))}
        onDirection={(descending) => onSort({ ...sort, descending })}
      />
    </div>
  );
});
