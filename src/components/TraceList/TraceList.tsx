'use client';
import { useImperativeHandle, useMemo, useRef, useState, type CSSProperties } from 'react';
import { queryTracesSoon, type TraceQueryResult } from '../../analysis/traces/queryTraces.ts';
import { firstSort, sortTraces, type TraceSort, type TraceSortColumn } from '../../analysis/traces/sortTraces.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { useSoon } from '../../hooks/useSoon.ts';
import { useTraceStore } from '../../hooks/useTraceStore.ts';
import type { Nanos, Trace, TraceSet } from '../../model/types.ts';
import { part } from '../parts/part.tsx';
import { ListGrid } from '../ListGrid/ListGrid.tsx';
import type { ListGridRef } from '../ListGrid/types.ts';
import { listColumns } from './listColumns.tsx';
import { CompareButton } from './CompareButton.tsx';
import { ListTools } from './ListTools.tsx';
import { TraceSpread } from './TraceSpread.tsx';
import { useComparedPair } from './useComparedPair.tsx';
import { useSelectedTrace, type TraceSelectionProps } from './useSelectedTrace.ts';

export interface TraceListProps extends TraceSelectionProps {
  /** The set that has the traces: what `parseTraces` and `useTraces` give. */
  readonly traces: Pick<TraceSet, 'traces'>;
  /** The column by which it is ordered at first. @default newest first */
  readonly defaultSort?: TraceSort;
  /**
   * Two traces were chosen to be compared, the earlier one first. Without it there is nothing to choose them by.
   */
  onCompare?(a: Trace, b: Trace): void;
  /** Of the part's element. */
  readonly className?: string;
  /** Of the part's element. */
  readonly style?: CSSProperties;
}

/** What can be done to a list. */
export interface TraceListRef {
  /** Puts the keyboard on the selected row, or the first in sight. */
  focus(): void;
  /** Puts the keyboard into the filter. */
  focusFilter(): void;
}

const NEWEST: TraceSort = { column: 'start', descending: true };

/**
 * The traces of a set in a table that sorts and filters. Stands inside a provider, whose words and formats it uses; the
 * provider's trace may be null.
 */
export const TraceList = part<TraceListRef, TraceListProps>(function TraceList(
  { traces: { traces }, className, style, ...props },
  ref,
) {
  const { store, format, labels } = useTraceContext();
  const [selected, open] = useSelectedTrace(props);
  const [sort, setSort] = useState(props.defaultSort ?? NEWEST);
  const query = useTraceStore((state) => state.traceQuery);
  const [picture, setPicture] = useState(false);
  const { choice, pair, clear } = useComparedPair(traces, props.onCompare !== undefined);
  const grid = useRef<ListGridRef>(null);
  const filter = useRef<HTMLInputElement>(null);
  useImperativeHandle(
    ref,
    () => ({ focus: () => grid.current?.focus(), focusFilter: () => filter.current?.select() }),
    [],
  );

  const { traces: rows, problems } = useFound(traces, query, sort);
  const longest = useMemo(() => longestOf(traces), [traces]);
  const columns = useMemo(
    () => [...(choice ? [choice] : []), ...listColumns(traces, { format, labels, query, sort, longest })],
    [traces, format, labels, query, sort, longest, choice],
  );
  const sortBy = (id: string): void => {
    const column = id as TraceSortColumn;
    setSort(sort.column === column ? { column, descending: !sort.descending } : firstSort(column));
  };
  return (
    <div
      className={className === undefined ? 'tv-list' : `tv-list ${className}`}
      style={style}
      data-trace-part="list"
      data-state={rows.length === 0 ? 'empty' : 'ready'}
    >
      <ListTools
        ref={filter}
        query={query}
        onQuery={store.actions.setTraceQuery}
        traces={traces}
        problems={problems}
        found={rows.length}
        all={traces.length}
        columns={columns.filter((each) => each !== choice)}
        sort={sort}
        onSort={setSort}
        picture={picture}
        onPicture={() => setPicture(!picture)}
        onDown={() => grid.current?.focus()}
      >
        {choice ? (
          <CompareButton
            chosen={pair.length}
            onPress={() => {
              const [a, b] = pair;
              if (a && b) props.onCompare?.(a, b);
              clear();
            }}
          />
        ) : null}
      </ListTools>
      {picture ? <TraceSpread traces={rows} query={query} onQuery={store.actions.setTraceQuery} /> : null}
      {rows.length === 0 ? (
        <p className="tv-list-empty">{traces.length === 0 ? labels.noTraces : labels.noTraceFound}</p>
      ) : null}
      <ListGrid
        ref={grid}
        label={labels.traces}
        rows={rows}
        columns={columns}
        selected={selected}
        onOpen={open}
        onSort={sortBy}
      />
    </div>
  );
});

/** So many are in order in the first picture already, also on a server. */
const AT_ONCE = 500;

/** What the query finds, in order. What was found before stands until it is known. */
function useFound(traces: readonly Trace[], query: string, sort: TraceSort): TraceQueryResult {
  const found = useSoon((signal) => queryTracesSoon({ traces }, query, { sort, signal }), [traces, query, sort]);
  const first = (): { readonly of: readonly Trace[]; readonly result: TraceQueryResult } => ({
    of: traces,
    result: { traces: traces.length > AT_ONCE ? traces : sortTraces(traces, sort), problems: [] },
  });
  const [before, setBefore] = useState(first);
  if (before.of !== traces) setBefore(first);
  else if (found && before.result !== found) setBefore({ of: traces, result: found });
  return found ?? before.result;
}

/** The length that fills the bar of its row. */
const longestOf = (traces: readonly Trace[]): Nanos => traces.reduce((most, { end }) => Math.max(most, end), 0);
