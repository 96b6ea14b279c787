import type { ReactNode } from 'react';
import { conflictOf, ledger } from '../../../analysis/amounts/ledger.ts';
import { ownTime } from '../../../analysis/time/ownTime.ts';
import { siblings } from '../../../analysis/siblings.ts';
import { tokenRate } from '../../../analysis/amounts/tokenRate.ts';
import type { Format } from '../../../format.ts';
import type { Labels } from '../../../labels.ts';
import type { Row } from '../../../layout/rows/visibleRows.ts';
import type { LedgerEntry, Span, Trace } from '../../../model/types.ts';
import { ownValue } from '../../../model/ownValue.ts';
import { conflictWords } from '../../text/conflictWords.ts';
import { argumentsColumn } from './attributeColumn.tsx';
import { recordedText } from '../../text/recordedText.tsx';
import { scoreText } from '../../text/scoreText.ts';
import type { Column, KindStyle } from '../../types.ts';

/** A built-in column may also need to know whether the rows that a sum stands for are on screen. */
export interface GridColumn extends Column {
  draw?(row: Row, trace: Trace, open: boolean): ReactNode;
}

/** How much a number matters: shares of the whole at which its ink grows or fades. */
const weight = (share: number, strong: number): 'strong' | 'faint' | undefined =>
  share >= strong ? 'strong' : share < 0.01 ? 'faint' : undefined;

/** A mark on a number: the span itself reports another. */
function Conflict({ words }: { readonly words: string | null }) {
  return words === null ? null : (
    <span className="tv-conflict-mark" title={words}>
      ≠<span className="tv-visually-hidden">{words}</span>
    </span>
  );
}

/** An amount of the span and all below it. Sums carry a sigma and stay grey while the rows they sum are on screen. */
function summed(
  id: string,
  header: string,
  width: number,
  labels: Labels,
  format: Format,
  of: (entry: LedgerEntry) => number | null,
  write: (value: number, trace: Trace) => string,
): GridColumn {
  return {
    id,
    header,
    width,
    align: 'end',
    sortable: true,
    value: ({ index }, trace) => of(ledger(trace).subtree(index)),
    draw({ index, key }, trace, open): ReactNode {
      const sums = ledger(trace);
      const value = of(sums.subtree(index));
      if (value === null) return null;
      const total = of(sums.total) ?? 0;
      const isSum = trace.columns.subtreeEnd[index]! > index + 1 && of(sums.own(index)) !== value;
      const conflict = id === 'tokens' || id === 'cost' ? conflictOf(trace, key) : undefined;
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

/** A number that a span has by itself; NaN and null are left empty. */
function single(
  id: string,
  header: string,
  width: number,
  of: (index: number, trace: Trace) => number | null,
  write: (value: number) => string,
  weigh?: (index: number, trace: Trace) => string | undefined,
): GridColumn {
  const value = (index: number, trace: Trace): number | null => {
    const found = of(index, trace);
    return found === null || Number.isNaN(found) ? null : found;
  };
  return {
    id,
    header,
    width,
    align: 'end',
    sortable: true,
    value: ({ index }, trace) => value(index, trace),
    draw({ index }, trace): ReactNode {
      const found = value(index, trace);
      return found === null ? null : <span data-weight={weigh?.(index, trace)}>{write(found)}</span>;
    },
  };
}

/** A word of the span. */
function word(id: string, header: string, width: number, of: (span: Span) => string | null): GridColumn {
  return {
    id,
    header,
    width,
    sortable: true,
    value: ({ index }, trace) => of(trace.span(index)),
    draw({ index }, trace): ReactNode {
      const text = of(trace.span(index));
      return text === null ? null : <bdi className="tv-word">{recordedText(text, true)}</bdi>;
    },
  };
}

/** All columns that need no content, by the ids under which `columnValues` sorts them. */
export function builtInColumns(
  format: Format,
  labels: Labels,
  kinds: Readonly<Record<string, KindStyle>> | undefined,
): readonly GridColumn[] {
  const sum = (id: string, header: string, width: number, of: (entry: LedgerEntry) => number | null): GridColumn =>
    summed(id, header, width, labels, format, of, format.tokens);
  const share = (index: number, trace: Trace): number => (trace.end > 0 ? ownTime(trace)[index]! / trace.end : 0);
  return [
    {
      ...single('duration', labels.duration, 62, (index, trace) => trace.span(index).duration, format.duration),
      // An unknown duration is a question, not an empty place: every span has one.
      draw: ({ index }, trace) => (
        <span data-weight={index === 0 ? 'strong' : weight(share(index, trace), 0.08)}>
          {format.duration(trace.span(index).duration)}
        </span>
      ),
    },
    single(
      'self',
      labels.selfTime,
      72,
      (index, trace) => ownTime(trace)[index]!,
      format.duration,
      (index, trace) => weight(share(index, trace), 0.08),
    ),
    single(
      'start',
      labels.start,
      72,
      (index, trace) => (trace.span(index).startUnixNano === null ? null : trace.columns.start[index]!),
      format.duration,
    ),
    single('first', labels.firstToken, 76, (index, trace) => trace.span(index).firstToken, format.duration),
    single(
      'speed',
      labels.speed,
      84,
      (index, trace) => tokenRate(trace.span(index)),
      (rate) => labels.tokenRate(format.rate(rate)),
    ),
    sum('tokens', labels.tokens, 62, ({ usage }) => usage.total),
    sum('input', labels.inputTokens, 84, ({ usage }) => usage.input),
    sum('cached', labels.cachedTokens, 92, ({ usage }) => usage.cacheRead),
    sum('output', labels.outputTokens, 92, ({ usage }) => usage.output),
    sum('reasoning', labels.reasoningColumn, 104, ({ usage }) => usage.reasoning),
    summed(
      'cost',
      labels.cost,
      72,
      labels,
      format,
      ({ cost }) => cost.total,
      (value, trace) => format.money(value, ledger(trace).total.cost.currency),
    ),
    word('kind', labels.kindColumn, 88, ({ kind }) => ownValue(kinds, kind)?.label ?? labels.kind(kind)),
    word('status', labels.statusLabel, 72, ({ status }) => (status === 'unset' ? null : labels.status(status))),
    word('service', labels.serviceColumn, 110, ({ service }) => service),
    word('model', labels.modelColumn, 120, ({ model }) => model),
    word('provider', labels.providerColumn, 84, ({ provider }) => provider),
    {
      ...word('scores', labels.scores, 120, ({ scores: [first] }) => (first ? scoreText(first, '') : null)),
      draw({ index }, trace): ReactNode {
        const [first, ...others] = trace.span(index).scores;
        return first ? (
          <>
            <bdi className="tv-word">
              <span className="tv-faint">{recordedText(first.name, true)}</span>{' '}
              {recordedText(scoreText(first, ''), true)}
            </bdi>
            {others.length > 0 ? <span className="tv-others">{labels.more(others.length)}</span> : null}
          </>
        ) : null;
      },
    },
    argumentsColumn(labels.argumentsColumn),
    single('children', labels.children, 66, (index, trace) => siblings(trace).children[index]! || null, format.count),
  ];
}

/** What is shown where nobody chose: duration, and tokens and cost where the trace has any. */
export function defaultColumnIds(trace: Trace): readonly string[] {
  const { usage, cost } = ledger(trace).total;
  return ['duration', ...(usage.total === null ? [] : ['tokens']), ...(cost.total === null ? [] : ['cost'])];
}
