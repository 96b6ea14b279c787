import type { ReactNode } from 'react';
import type { TraceSort, TraceSortColumn } from '../../analysis/traces/sortTraces.ts';
import { beganAt } from '../../analysis/traces/knownTimes.ts';
import { answeredAfter, reportsAmount, traceFacts } from '../../analysis/traces/traceFacts.ts';
import type { Format } from '../../format.ts';
import type { Labels } from '../../labels.ts';
import type { LedgerEntry, Nanos, Trace } from '../../model/types.ts';
import { Sign } from '../parts/icons.tsx';
import type { ListColumn } from '../ListGrid/types.ts';
import { markedText } from '../text/markedText.tsx';
import { recordedText } from '../text/recordedText.tsx';
import { beganWords } from '../text/timeWords.ts';
import { scoreText } from '../text/scoreText.ts';
import { DurationBar } from './DurationBar.tsx';

export interface ColumnWords {
  readonly format: Format;
  readonly labels: Labels;
}
interface ListView extends ColumnWords {
  readonly query: string;
  readonly sort: TraceSort;
  readonly longest: Nanos;
}

/** Columns of a list of traces. What no trace has does not get one. */
export function listColumns(
  traces: readonly Trace[],
  { format, labels, query, sort, longest }: ListView,
): readonly ListColumn[] {
  const direction = sort.descending ? 'descending' : 'ascending';
  const column = (id: TraceSortColumn, header: string, cell: ListColumn['cell'], align?: 'end'): ListColumn => ({
    id,
    header,
    cell,
    sort: sort.column === id ? direction : 'none',
    ...(align ? { align } : {}),
  });
  const words = (text: string | undefined): ReactNode =>
    text === undefined ? null : <bdi>{markedText(text, query)}</bdi>;
  const has = (some: (trace: Trace) => boolean, made: ListColumn): readonly ListColumn[] =>
    traces.some(some) ? [made] : [];
  return [
    column('name', labels.traceName, (trace) => <TraceName trace={trace} query={query} labels={labels} />),
    // The server's time zone need not be the reader's.
    column('start', labels.start, (trace) => (
      <span className={beganAt(trace) === null ? 'tv-faint' : undefined} suppressHydrationWarning>
        {beganWords(trace, format, labels)}
      </span>
    )),
    column('duration', labels.duration, (trace) => (
      <>
        <span>{lengthText(trace, format)}</span>
        <DurationBar trace={trace} longest={longest} />
      </>
    )),
    column('spans', labels.spans, ({ spanCount }) => <span>{format.count(spanCount)}</span>, 'end'),
    column('errors', labels.errors, (trace) => errorCell(traceFacts(trace).errors, format), 'end'),
    ...(reportsAmount(traces, 'usage')
      ? [column('tokens', labels.tokens, (trace) => tokensCell(trace, { format, labels }), 'end')]
      : []),
    ...(reportsAmount(traces, 'cost')
      ? [column('cost', labels.cost, (trace) => costCell(trace, { format, labels }), 'end')]
      : []),
    ...has(
      ({ scores }) => scores.length > 0,
      column('scores', labels.scores, ({ scores }) =>
        scores.slice(0, 3).map((score, place) => (
          <span key={place} className="tv-list-score">
            <bdi className="tv-faint">{recordedText(score.name || labels.score, true)}</bdi>{' '}
            {recordedText(scoreText(score, '—'), true)}
          </span>
        )),
      ),
    ),
    ...has(
      ({ sessionId }) => sessionId !== undefined,
      column('session', labels.sessionColumn, ({ sessionId }) => words(sessionId)),
    ),
    ...has(
      ({ userId }) => userId !== undefined,
      column('user', labels.userColumn, ({ userId }) => words(userId)),
    ),
    ...has(
      ({ tags }) => tags.length > 0,
      column('tags', labels.tags, ({ tags }) =>
        tags.slice(0, 6).map((tag, place) => (
          <span key={place} className="tv-badge">
            <bdi>{markedText(tag, query)}</bdi>
          </span>
        )),
      ),
    ),
    ...has(
      ({ columns }) => columns.service.some((id) => id !== 0),
      column('services', labels.services, (trace) => words(traceFacts(trace).services.join(', '))),
    ),
  ];
}

function TraceName({
  trace,
  query,
  labels,
}: {
  readonly trace: Trace;
  readonly query: string;
  readonly labels: Labels;
}) {
  const { failed, unfinished } = traceFacts(trace);
  const wanted = query.trim().toLowerCase();
  const byId = wanted !== '' && trace.traceId.toLowerCase().includes(wanted);
  return (
    <>
      <bdi className="tv-name" data-failed={failed || undefined}>
        {trace.name === '' ? '—' : markedText(trace.name, query)}
      </bdi>
      {byId ? (
        <code className="tv-list-id">
          <bdi>{markedText(trace.traceId, query)}</bdi>
        </code>
      ) : null}
      {unfinished ? (
        <span className="tv-badge" data-tone="warn">
          <Sign name="clock" size={10} />
          {labels.noEnd}
        </span>
      ) : null}
    </>
  );
}

/** How many spans failed; nothing where none did. */
const errorCell = (errors: number, format: Format): ReactNode =>
  errors === 0 ? null : (
    <span className="tv-list-errors">
      <Sign name="error" size={10} />
      {format.count(errors)}
    </span>
  );

/** How long a trace took. Unknown is empty, not 0: that no end is recorded stands with the name. */
export function lengthText(trace: Trace, format: Format): string {
  const length = answeredAfter(trace);
  return Number.isNaN(length) ? '' : format.duration(length);
}

/** Tokens of a whole trace. Unknown is empty, not 0. */
export const tokensCell = (trace: Trace, words: ColumnWords): ReactNode => tokensOf(traceFacts(trace).total, words);

/** Cost of a whole trace. */
export const costCell = (trace: Trace, words: ColumnWords): ReactNode => costOf(traceFacts(trace).total, words);

export function tokensOf({ usage, calls, callsWithUsage }: LedgerEntry, { format, labels }: ColumnWords): ReactNode {
  return usage.total === null ? null : (
    <Amount covered={callsWithUsage} calls={calls} words={labels.counted(callsWithUsage, calls)}>
      {format.tokens(usage.total)}
    </Amount>
  );
}

export function costOf({ cost, calls, callsWithCost }: LedgerEntry, { format, labels }: ColumnWords): ReactNode {
  return cost.total === null ? null : (
    <Amount covered={callsWithCost} calls={calls} words={labels.priced(callsWithCost, calls)}>
      {format.money(cost.total, cost.currency)}
    </Amount>
  );
}

interface AmountProps {
  readonly covered: number;
  readonly calls: number;
  readonly words: string;
  readonly children: string;
}

/** A sum, and before it how many of the calls it covers where that is not all of them. */
function Amount({ covered, calls, words, children }: AmountProps) {
  return (
    <>
      {covered < calls ? (
        <span className="tv-list-gap" title={words}>
          <span aria-hidden="true">
            {covered}/{calls}
          </span>
          <span className="tv-visually-hidden">{words}</span>
        </span>
      ) : null}
      <span>{children}</span>
    </>
  );
}
