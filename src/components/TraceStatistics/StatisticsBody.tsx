'use client';
import { useEffect, useMemo, useRef, useState } from 'react';
import { parseQuery } from '../../analysis/query/syntax/parseQuery.ts';
import { groupIds, groupings } from '../../analysis/statistics/groupIds.ts';
import { asksForGroup, groupQuery } from '../../analysis/statistics/groupQuery.ts';
import {
  isStatisticsColumn,
  sortRows,
  type StatisticsColumn,
  type StatisticsSort,
} from '../../analysis/statistics/sortRows.ts';
import type { StatisticsBy } from '../../analysis/statistics/types.ts';
import { useKinds } from '../../hooks/context/HostLookContext.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { useTrace } from '../../hooks/useTrace.ts';
import { useTraceStore } from '../../hooks/useTraceStore.ts';
import type { Trace } from '../../model/types.ts';
import type { StatisticsLook } from '../../store/viewPieces.ts';
import { ListGrid } from '../ListGrid/ListGrid.tsx';
import type { ListGridRef } from '../ListGrid/types.ts';
import { TabStrip } from '../SpanDetail/TabStrip.tsx';
import { plainText } from '../text/recordedText.tsx';
import { useLaterLabels } from '../TraceFindings/useLaterLabels.ts';
import { OrderChoice } from '../ListGrid/OrderChoice.tsx';
import { keyOf, statisticsColumns, type StatisticsEntry } from './statisticsColumns.tsx';
import type { TraceStatisticsProps } from './TraceStatistics.tsx';
import { useStatistics } from './useStatistics.ts';

const MOST_OWN: StatisticsSort = { column: 'own', descending: true };
/** The order that is chosen; where a column of another version is, that by default. */
const sortOf = ({ sort, descending = sort !== 'value' }: StatisticsLook): StatisticsSort =>
  sort !== undefined && isStatisticsColumn(sort) ? { column: sort, descending } : MOST_OWN;
/** Tables are seldom longer: all rows of such a one are there, to be printed and found by the browser. */
const ROWS_AT_ONCE = 40;

/** The table, once it is added up. */
export function StatisticsBody({ traces, defaultBy = 'name' }: Pick<TraceStatisticsProps, 'traces' | 'defaultBy'>) {
  const { store, labels, format } = useTraceContext();
  const later = useLaterLabels();
  const kinds = useKinds(undefined);
  const trace = useTrace();
  const source = traces ?? trace;
  const look = useTraceStore((state) => state.statisticsLook);
  const by = ALL.find((each) => each === look.by) ?? defaultBy;
  const sort = useMemo(() => sortOf(look), [look]);
  const found = useStatistics(source, by);
  const spanQuery = useTraceStore((state) => state.asked);
  const traceQuery = useTraceStore((state) => state.traceQuery);
  const query = useMemo(() => (traces ? parseQuery(traceQuery) : spanQuery), [traces, traceQuery, spanQuery]);
  const passed = usePassedOver(traces ? null : trace, by);
  const own = useSelectedGroup(traces ? null : trace, by);
  const choices = useMemo(() => choicesOf(traces?.traces ?? (trace ? [trace] : []), by), [traces, trace, by]);
  const entries = useMemo(
    () => (found ? sortRows(found.rows, sort).map((row) => ({ key: keyOf(row.value), row })) : []),
    [found, sort],
  );
  const columns = useMemo(
    () => (found ? statisticsColumns(found, { format, labels, later, kinds, sort }) : []),
    [found, format, labels, later, kinds, sort],
  );
  const grid = useRef<ListGridRef>(null);
  const takeFocus = useTraceStore((state) => state.takeFocus);
  const [seen] = useState(takeFocus);
  useEffect(() => {
    if (takeFocus && takeFocus !== seen) grid.current?.focus();
  }, [takeFocus, seen]);

  const asked = entries.find(({ row }) => asksForGroup(query, by, row.value));
  const press = (key: string): void => {
    const pressed = entries.find((each) => each.key === key);
    if (!pressed) return;
    const text = groupQuery(query, by, pressed.row.value);
    if (traces) store.actions.setTraceQuery(text);
    else store.actions.setQuery(text);
  };
  const setSort = (column: StatisticsColumn, descending: boolean): void =>
    store.actions.showStatistics({ sort: column, descending });
  const sortBy = (column: StatisticsColumn): void =>
    setSort(column, sort.column === column ? !sort.descending : column !== 'value');
  return (
    <div
      className="tv-list tv-statistics"
      data-state={found ? 'ready' : 'reading'}
      aria-busy={source !== null && found === null}
    >
      <div className="tv-list-tools">
        <span className="tv-faint">{later.statisticsBy}</span>
        <TabStrip
          choiceOf={later.statisticsBy}
          tabs={choices.map((id) => ({ id, title: later.groupedBy(id) }))}
          current={by}
          onChoose={(id) => store.actions.showStatistics({ by: id as StatisticsBy })}
        />
        <span className="tv-list-count" role="status">
          {found ? later.statisticsRows(entries.length, format.count(entries.length)) : null}
        </span>
        <OrderChoice
          columns={columns.filter((column) => column.sort !== undefined)}
          sort={sort}
          onColumn={(column) => setSort(column, column !== 'value')}
          onDirection={(descending) => setSort(sort.column, descending)}
        />
      </div>
      {entries.length === 0 && source ? (
        <p className="tv-list-empty">{found ? later.statisticsEmpty : later.statisticsReading}</p>
      ) : null}
      <ListGrid<StatisticsEntry>
        ref={grid}
        label={
          traces
            ? later.statisticsOfTraces(format.count(traces.traces.length))
            : later.statisticsOf(plainText(trace?.name ?? ''))
        }
        rows={entries}
        columns={columns}
        selected={asked?.key ?? own}
        overscan={ROWS_AT_ONCE}
        isDimmed={({ key }) => passed?.has(key) === false}
        onOpen={press}
        onSort={(column) => sortBy(column as StatisticsColumn)}
      />
    </div>
  );
}

const ALL: readonly StatisticsBy[] = ['name', 'kind', 'model', 'service', 'agent'];

/** What any of the traces can be told apart by; what is chosen stays among it. */
const choicesOf = (traces: readonly Trace[], chosen: StatisticsBy): readonly StatisticsBy[] =>
  ALL.filter((by) => by === chosen || traces.some((trace) => groupings(trace).includes(by)));

/** Keys of the rows in which the search finds something; null = nothing is looked for. */
function usePassedOver(trace: Trace | null, by: StatisticsBy): ReadonlySet<string> | null {
  const hits = useTraceStore((state) => state.hits);
  const matches = useTraceStore((state) => state.matches);
  return useMemo(() => {
    if (!trace || !hits) return null;
    const { ids, valueOf } = groupIds(trace, by);
    const found = new Set<number>();
    for (const index of matches) found.add(ids[index]!);
    return new Set(Array.from(found, (id) => keyOf(valueOf(id))));
  }, [trace, by, hits, matches]);
}

/** The key of the row that the selected span is in. */
function useSelectedGroup(trace: Trace | null, by: StatisticsBy): string | null {
  const selected = useTraceStore((state) => state.selectedSpan);
  return useMemo(() => {
    const index = selected === null ? undefined : trace?.find(selected)?.index;
    if (!trace || index === undefined) return null;
    const { ids, valueOf } = groupIds(trace, by);
    return keyOf(valueOf(ids[index]!));
  }, [trace, by, selected]);
}
