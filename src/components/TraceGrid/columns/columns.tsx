import type { ReactNode } from 'react';
import { conflictOf, ledger } from '../../../analysis/amounts/ledger.ts';
import { ownTime } from '../../../analysis/time/ownTime.ts';
import { reportsAmount } from '../../../analysis/traces/traceFacts.ts';
import type { Format } from '../../../format.ts';
import type { Labels } from '../../../labels.ts';
import {
  BUILT_IN_COLUMNS,
  type BuiltInColumn,
  type BuiltInColumnId,
  type SummedColumnId,
} from '../../../layout/rows/builtInColumns.ts';
import { loopFacts } from '../../../layout/rows/loopFacts.ts';
import type { LoopRow } from '../../../layout/rows/loopRows.ts';
import type { SpanRow } from '../../../layout/rows/visibleRows.ts';
import type { Span, Trace } from '../../../model/types.ts';
import { ownValue } from '../../../model/ownValue.ts';
import { conflictWords } from '../../text/conflictWords.ts';
import { argumentsColumn } from './attributeColumn.tsx';
import { RunningTime } from '../../live/RunningTime.tsx';
import { recordedText } from '../../text/recordedText.tsx';
import { scoreText } from '../../text/scoreText.ts';
import type { Column, KindStyle } from '../../types.ts';

/**
 * A built-in column may also need to know whether the rows that a sum stands for are on screen, and whether what walks
 * the whole trace may be asked for (`useAfterRows`). `draw` is called by the
 * row itself, without a boundary below it: what can throw as a component brings its own, what keeps a state has the
 * span as its key.
 */
export interface GridColumn extends Column {
  draw?(row: SpanRow, trace: Trace, open: boolean, afterRows: boolean): ReactNode;
  /** What it says of a closed loop; without it nothing, as the first span of one says nothing of the others. */
  drawLoop?(loop: LoopRow, trace: Trace): ReactNode;
}

/** How much a number matters: shares of the whole at which its ink grows or fades. */
function weight(share: number, strong: number): 'strong' | 'faint' | undefined {
  if (share >= strong) return 'strong';
  return share < 0.01 ? 'faint' : undefined;
}

/** A mark on a number: the span itself reports another. */
function Conflict({ words }: { readonly words: string | null }) {
  return words === null ? null : (
    <span className="tv-conflict-mark" title={words}>
      ≠<span className="tv-visually-hidden">{words}</span>
    </span>
  );
}

/** What the grid adds to a built-in column: its head, its width, and how it is drawn. */
interface ColumnView extends Pick<GridColumn, 'header' | 'width' | 'align'> {
  /** What stands in a row; nothing where there is nothing to say. */
  draw(value: number | string | null, index: number, trace: Trace, open: boolean, afterRows: boolean): ReactNode;
  /** Whether its values walk the whole trace: the first picture leaves them out. */
  readonly walks?: true;
  /** The same of a closed loop. */
  drawLoop?(value: number, trace: Trace): ReactNode;
}

/** An amount of the span and all below it. Sums carry a sigma and stay grey while the rows they sum are on screen. */
function summed(
  id: SummedColumnId,
  header: string,
  width: number,
  { format, labels }: ColumnWords,
  write: (value: number, trace: Trace) => string,
): ColumnView {
  const { amount } = BUILT_IN_COLUMNS[id];
  return {
    walks: true,
    header,
    width,
    align: 'end',
    drawLoop(value, trace) {
      const total = amount(ledger(trace).total) ?? 0;
      return (
        <span data-weight={weight(total > 0 ? value / total : 0, 0.1)} title={labels.sumOfLoop}>
          <span className="tv-sigma">Σ</span>
          {write(value, trace)}
        </span>
      );
    },
    draw(value, index, trace, open) {
      if (typeof value !== 'number') return null;
      const sums = ledger(trace);
      const total = amount(sums.total) ?? 0;
      const isSum = trace.columns.subtreeEnd[index]! > index + 1 && amount(sums.own(index)) !== value;
      const conflict = id === 'tokens' || id === 'cost' ? conflictOf(trace, trace.span(index).key) : undefined;
      return (
        <span
          data-weight={isSum && open ? 'faint' : weight(total > 0 ? value / total : 0, 0.1)}
          title={isSum ? labels.sumOfSubtree : undefined}
        >
          {conflict ? <Conflict words={conflictWords(conflict, format, labels)[id as 'tokens' | 'cost']} /> : null}
          {isSum ? <span className="tv-sigma">Σ</span> : null}
          {write(value, trace)}
        </span>
      );
    },
  };
}

/** A number that a span has by itself. */
const number = (
  header: string,
  width: number,
  write: (value: number) => string,
  weigh?: (index: number, trace: Trace) => string | undefined,
): ColumnView => ({
  header,
  width,
  align: 'end',
  drawLoop: (value) => <span data-weight="strong">{write(value)}</span>,
  draw: (value, index, trace, _open, afterRows) =>
    typeof value === 'number' ? (
      <span data-weight={afterRows ? weigh?.(index, trace) : undefined}>{write(value)}</span>
    ) : null,
});

/** A word of the span. */
const word = (header: string, width: number, write = (text: string): string => text): ColumnView => ({
  header,
  width,
  draw: (value) =>
    typeof value === 'string' && write(value) !== '' ? (
      <bdi className="tv-word">{recordedText(write(value), true)}</bdi>
    ) : null,
});

interface ColumnWords {
  readonly format: Format;
  readonly labels: Labels;
}

/** All columns that need no content, in the order in which they are offered. */
export function builtInColumns(
  format: Format,
  labels: Labels,
  kinds: Readonly<Record<string, KindStyle>> | undefined,
): readonly GridColumn[] {
  const words = { format, labels };
  const sum = (id: SummedColumnId, header: string, width: number): ColumnView =>
    summed(id, header, width, words, format.tokens);
  const ownShare = (index: number, trace: Trace): string | undefined =>
    weight(trace.end > 0 ? ownTime(trace)[index]! / trace.end : 0, 0.08);
  const writtenDuration = (value: unknown, trace: Trace): string =>
    trace.timeBasis === 'step' ? '' : format.duration(typeof value === 'number' ? value : Number.NaN);
  const views: Readonly<Record<BuiltInColumnId, ColumnView>> = {
    duration: {
      ...number(labels.duration, 62, format.duration),
      // An unknown duration is a question, not an empty place: every span has one, unless there is no clock.
      draw: (value, index, trace, _open, afterRows) => (
        <span data-weight={index === 0 ? 'strong' : (afterRows && ownShare(index, trace)) || undefined}>
          {trace.live && trace.span(index).status === 'running' ? (
            <RunningTime trace={trace} start={trace.columns.start[index]!} />
          ) : (
            writtenDuration(value, trace)
          )}
        </span>
      ),
    },
    self: { ...number(labels.selfTime, 72, format.duration, ownShare), walks: true },
    start: number(labels.start, 72, format.duration),
    first: number(labels.firstToken, 76, format.duration),
    speed: number(labels.speed, 84, (rate) => labels.tokenRate(format.rate(rate))),
    tokens: sum('tokens', labels.tokens, 62),
    input: sum('input', labels.inputTokens, 84),
    cached: sum('cached', labels.cachedTokens, 92),
    output: sum('output', labels.outputTokens, 92),
    reasoning: sum('reasoning', labels.reasoningColumn, 104),
    cost: summed('cost', labels.cost, 72, words, (value, trace) =>
      format.money(value, ledger(trace).total.cost.currency),
    ),
    kind: word(labels.kindColumn, 88, (kind) => ownValue(kinds, kind)?.label ?? labels.kind(kind)),
    status: word(labels.statusLabel, 72, (status) => (status === 'unset' ? '' : labels.status(status))),
    service: word(labels.serviceColumn, 110),
    model: word(labels.modelColumn, 120),
    provider: word(labels.providerColumn, 84),
    scores: { header: labels.scores, width: 120, draw: (_, index, trace) => scoresCell(trace.span(index), labels) },
    children: number(labels.children, 66, (count) => (count === 0 ? '' : format.count(count))),
  };
  const builtIn = Object.entries(views).map(([id, { draw, drawLoop, walks, ...view }]): GridColumn => {
    const { value, ofLoop }: BuiltInColumn = BUILT_IN_COLUMNS[id as BuiltInColumnId];
    return {
      id,
      ...view,
      sortable: true,
      value: ({ index }, trace) => value(trace, index),
      draw: ({ index }, trace, open, afterRows) =>
        walks && !afterRows ? null : draw(value(trace, index), index, trace, open, afterRows),
      drawLoop(loop, trace) {
        const all = ofLoop?.(loopFacts(trace, loop)) ?? null;
        return all === null ? null : drawLoop?.(all, trace);
      },
    };
  });
  return [...builtIn, argumentsColumn(labels.argumentsColumn)];
}

/** The first score of a span, and how many there are beside it. */
function scoresCell({ scores: [first, ...others] }: Span, labels: Labels): ReactNode {
  return first ? (
    <>
      <bdi className="tv-word">
        <span className="tv-faint">{recordedText(first.name, true)}</span> {recordedText(scoreText(first, ''), true)}
      </bdi>
      {others.length > 0 ? <span className="tv-others">{labels.more(others.length)}</span> : null}
    </>
  ) : null;
}

/** What is shown where nobody chose: duration, and tokens and cost where the trace has any. */
export function defaultColumnIds(trace: Trace): readonly BuiltInColumnId[] {
  return [
    'duration',
    ...(reportsAmount([trace], 'usage') ? ['tokens' as const] : []),
    ...(reportsAmount([trace], 'cost') ? ['cost' as const] : []),
  ];
}
