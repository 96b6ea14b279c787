import type { ReactNode } from 'react';
import type { StatisticsColumn, StatisticsSort } from '../../analysis/statistics/sortRows.ts';
import type { Statistics, StatisticsBy, StatisticsRow } from '../../analysis/statistics/types.ts';
import type { LaterLabels } from '../../laterLabels.ts';
import type { Kinds } from '../../hooks/context/HostLookContext.ts';
import { ownValue } from '../../model/ownValue.ts';
import type { Nanos } from '../../model/types.ts';
import type { ListColumn } from '../ListGrid/types.ts';
import { KindGlyph, Sign } from '../parts/icons.tsx';
import { recordedText } from '../text/recordedText.tsx';
import { costOf, tokensOf, type ColumnWords } from '../TraceList/listColumns.tsx';
import { Histogram } from './Histogram.tsx';

/** A row of the table: its key tells rows of one table apart. */
export interface StatisticsEntry {
  readonly key: string;
  readonly row: StatisticsRow;
}

/** No value has this key, as those begin with a sign. */
export const keyOf = (value: string | null): string => (value === null ? '' : `=${value}`);

interface StatisticsView extends ColumnWords {
  readonly later: LaterLabels;
  readonly kinds: Kinds | undefined;
  readonly sort: StatisticsSort;
}

/** The columns of a table of statistics. What no row knows does not get one. */
export function statisticsColumns(
  { by, rows, edges }: Statistics,
  { format, labels, later, kinds, sort }: StatisticsView,
): readonly ListColumn<StatisticsEntry>[] {
  const direction = sort.descending ? 'descending' : 'ascending';
  const column = (
    id: StatisticsColumn,
    header: string,
    cell: (row: StatisticsRow) => ReactNode,
    align?: 'end',
  ): ListColumn<StatisticsEntry> => ({
    id,
    header,
    cell: ({ row }) => cell(row),
    sort: sort.column === id ? direction : 'none',
    ...(align ? { align } : {}),
  });
  const time = (id: 'total' | 'own' | 'p50' | 'p95', header: string): ListColumn<StatisticsEntry> =>
    column(id, header, (row) => timeCell(row[id], format), 'end');
  const some = (known: (row: StatisticsRow) => boolean, ...made: readonly ListColumn<StatisticsEntry>[]) =>
    rows.some(known) ? made : [];
  const tokens = (id: 'input' | 'cached' | 'output', header: string, bucket: 'input' | 'cacheRead' | 'output') =>
    some(
      ({ amounts }) => amounts.usage[bucket] !== null,
      column(
        id,
        header,
        ({ amounts: { usage } }) => (usage[bucket] === null ? null : <span>{format.tokens(usage[bucket])}</span>),
        'end',
      ),
    );
  const histogram: ListColumn<StatisticsEntry> = {
    id: 'histogram',
    header: later.histogram,
    cell: ({ row }) => <Histogram bins={row.histogram} words={histogramWords(row, edges, { format, later })} />,
  };
  return [
    column('value', later.groupedBy(by), (row) => (
      <>
        {by === 'kind' && row.value !== null ? (
          <KindGlyph
            kind={row.value}
            glyph={ownValue(kinds ?? {}, row.value)?.glyph}
            ink={{ 'data-kind': row.value }}
          />
        ) : null}
        {row.value === null ? (
          <span className="tv-faint">{later.withoutGroup(by)}</span>
        ) : (
          <bdi className="tv-name">{wordOf(by, row.value, { labels, kinds })}</bdi>
        )}
      </>
    )),
    column('count', labels.spans, ({ count }) => <span>{format.count(count)}</span>, 'end'),
    ...some(({ timed }) => timed > 0, histogram),
    ...some(({ total }) => !Number.isNaN(total), time('total', later.totalTime)),
    ...some(({ own }) => !Number.isNaN(own), time('own', labels.selfTime)),
    ...some(({ timed }) => timed > 0, time('p50', later.median), time('p95', later.percentile95)),
    column('errors', labels.errors, ({ errors }) => failedCell(errors, { format, later }), 'end'),
    ...some(
      ({ amounts }) => amounts.usage.total !== null,
      column('tokens', labels.tokens, ({ amounts }) => tokensOf(amounts, { format, labels }), 'end'),
    ),
    ...tokens('input', labels.inputTokens, 'input'),
    ...tokens('cached', labels.cachedTokens, 'cacheRead'),
    ...tokens('output', labels.outputTokens, 'output'),
    ...some(
      ({ amounts }) => amounts.cost.total !== null,
      column('cost', labels.cost, ({ amounts }) => costOf(amounts, { format, labels }), 'end'),
    ),
  ];
}

const wordOf = (
  by: StatisticsBy,
  value: string,
  { labels, kinds }: Pick<StatisticsView, 'labels' | 'kinds'>,
): ReactNode =>
  by === 'kind' ? (ownValue(kinds ?? {}, value)?.label ?? labels.kind(value)) : recordedText(value, true);

/** Unknown is empty, not 0. */
const timeCell = (time: Nanos, format: ColumnWords['format']): ReactNode =>
  Number.isNaN(time) ? null : <span>{format.duration(time)}</span>;

const failedCell = (errors: number, { format, later }: Pick<StatisticsView, 'format' | 'later'>): ReactNode =>
  errors === 0 ? null : (
    <span className="tv-list-errors">
      <Sign name="error" size={10} />
      <span aria-hidden="true">{format.count(errors)}</span>
      <span className="tv-visually-hidden">{later.failedSpans(format.count(errors))}</span>
    </span>
  );

/** Where most durations lie. */
function histogramWords(
  { histogram }: StatisticsRow,
  edges: Float64Array,
  { format, later }: Pick<StatisticsView, 'format' | 'later'>,
): string {
  let top = 0;
  histogram.forEach((count, at) => {
    if (count > histogram[top]!) top = at;
  });
  return histogram.length === 0
    ? ''
    : later.histogramWords(
        format.count(histogram[top]!),
        format.duration(Math.round(edges[top]!)),
        format.duration(Math.round(edges[top + 1]!)),
      );
}
