import type { ReactNode } from 'react';
import type { Delta, DiffRow } from '../../analysis/diff/types.ts';
import type { Format } from '../../format.ts';
import type { RowDrawing } from '../../hooks/context/RowDrawingContext.ts';
import type { Labels } from '../../labels.ts';
import { createPairLayout } from '../../layout/diff/pairMarks.ts';
import type { MergedTrace } from '../../layout/diff/mergedTrace.ts';
import { stepsWithin } from '../../layout/time/stepPlaces.ts';
import { ownValue } from '../../model/ownValue.ts';
import type { Nanos, Trace } from '../../model/types.ts';
import { Sign } from '../parts/icons.tsx';
import { plainText, recordedText } from '../text/recordedText.tsx';
import { amountText, rowDifference, signedText, type Measure } from './deltaText.ts';
import { stateOf } from './rowState.ts';

/** Confidence below which a pair says that it is uncertain. */
export const CERTAIN = 0.9;

const SIGNS: Readonly<Record<string, string>> = { added: '+', removed: '−', changed: '~' };

/** The sign of a state, which is never told by colour alone. */
export function DiffSign({ state }: { readonly state: string }) {
  const text = ownValue(SIGNS, state);
  if (state === 'moved' || state === 'left')
    return (
      <svg viewBox="0 0 10 14" width="9" height="13" aria-hidden="true">
        <path
          d="M5 1v12M2 4l3-3 3 3M2 10l3 3 3-3"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.5"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
    );
  return text === undefined ? null : <b aria-hidden="true">{text}</b>;
}

/**
 * How the grid draws the rows of two traces. B stands `shift` behind A, and its times begin there anew; `goToOther` goes
 * to the other place of a moved step.
 */
export function diffDrawing(
  format: Format,
  labels: Labels,
  shift: Nanos,
  goToOther: (index: number) => void,
): RowDrawing {
  const of = (trace: Trace): MergedTrace => trace as MergedTrace;

  const name = (trace: Trace, index: number): ReactNode => {
    const { type, spans } = of(trace).groups[index]!;
    if (type === 'unchanged') return labels.unchangedSpans(spans, format.count(spans));
    // The first of `step 1`, `step 2`… names them all.
    return type === 'loop' ? recordedText(trace.span(index).name.replace(/[\s_#.:-]*\d+$/, ''), true) || null : null;
  };

  const note = (trace: Trace, index: number, open: boolean): ReactNode => {
    const merged = of(trace);
    const { type, iterations } = merged.groups[index]!;
    if (iterations) {
      const [a, b] = [format.count(iterations.a), format.count(iterations.b)];
      return (
        <>
          <span className="tv-badge tv-turns" aria-hidden="true">
            {labels.iterationsFromTo(a, b)}
          </span>
          <span className="tv-visually-hidden">{labels.iterationsInWords(a, b)}</span>
          {open ? null : <Hidden>{rowWords(merged, index, format, labels)}</Hidden>}
        </>
      );
    }
    const row = merged.row(index);
    if (!row) return null;
    if (type === 'left') return <Place merged={merged} index={index} row={row} labels={labels} goTo={goToOther} />;
    return (
      <>
        <Facts merged={merged} row={row} labels={labels} />
        {row.moved ? <Place merged={merged} index={index} row={row} labels={labels} goTo={goToOther} /> : null}
        {row.wrapped ? (
          <span className="tv-diff-note">{row.wrapped === 'added' ? labels.wrapperCame : labels.wrapperWent}</span>
        ) : null}
        {row.retry === undefined ? null : <span className="tv-diff-note">{labels.retryNote}</span>}
        <Pairing merged={merged} row={row} labels={labels} />
        <Hidden>{rowWords(merged, index, format, labels)}</Hidden>
      </>
    );
  };

  return {
    attributes(trace, index) {
      const merged = of(trace);
      const isWeak = pairOf(merged, merged.row(index))?.weak === true;
      return { 'data-diff': stateOf(merged, index), 'data-weak': isWeak ? '' : undefined };
    },
    lead(trace, index) {
      const state = stateOf(of(trace), index);
      return (
        <span className="tv-diff-gutter">
          <DiffSign state={state} />
          <span className="tv-visually-hidden">{labels.diffState(state)}, </span>
        </span>
      );
    },
    name,
    note,
    gantt: (trace) => createPairLayout(of(trace)),
    timeInWords: (trace, index) => timeWords(of(trace), index, 'duration', format, labels),
    tip: (trace, index) => <Tip merged={of(trace)} index={index} format={format} labels={labels} />,
    tickTime: (time) => (shift > 0 && time >= shift ? time - shift : time),
  };
}

const Hidden = ({ children }: { readonly children: string }): ReactNode =>
  children === '' ? null : <span className="tv-visually-hidden">, {children}</span>;

/** What of a pair is another, in a few words; the rest stands in the details. */
function Facts({
  merged,
  row,
  labels,
}: {
  readonly merged: MergedTrace;
  readonly row: DiffRow;
  readonly labels: Labels;
}) {
  const [a, b] = [merged.spanOf(row, 'a'), merged.spanOf(row, 'b')];
  const others = row.changed.filter((fact) => fact === 'input' || fact === 'output' || fact === 'kind');
  return (
    <>
      {row.renamed ? (
        <span className="tv-diff-note">{recordedText(labels.rowWasCalled(row.renamed.from), true)}</span>
      ) : null}
      {row.changed.includes('model') && a?.model && b?.model ? (
        <bdi className="tv-diff-note">
          {recordedText(a.model, true)} → {recordedText(b.model, true)}
        </bdi>
      ) : null}
      {others.length === 0 ? null : (
        <span className="tv-diff-note" aria-hidden="true">
          {others.map(labels.factDiffers).join(', ')}
        </span>
      )}
    </>
  );
}

interface PlaceProps {
  readonly merged: MergedTrace;
  readonly index: number;
  readonly row: DiffRow;
  readonly labels: Labels;
  goTo(index: number): void;
}

/** Where a moved step was, or is now; a press goes there, and so does the key O. */
function Place({ merged, index, row: { moved }, labels, goTo }: PlaceProps) {
  if (!moved) return null;
  const isLeft = merged.groups[index]!.type === 'left';
  if (moved.reordered && !isLeft) return <span className="tv-diff-note">{labels.otherOrder}</span>;
  const key = isLeft ? moved.to : moved.from;
  const parent = key === null ? null : (merged[isLeft ? 'b' : 'a'].trace.find(key)?.name ?? '');
  const nowWords = parent === null ? labels.nowAtTop : labels.nowIn(parent);
  const wasWords = parent === null ? labels.wasAtTop : labels.rowWasIn(parent);
  return (
    <>
      <span className="tv-diff-note">{recordedText(isLeft ? nowWords : wasWords, true)}</span>
      <span
        className="tv-diff-place"
        aria-hidden="true"
        onClick={(event) => {
          event.stopPropagation();
          goTo(index);
        }}
      >
        <Sign name="right" size={8} />
      </span>
    </>
  );
}

/** How sure it is that both are the same step, and where the two traces part. */
function Pairing({
  merged,
  row,
  labels,
}: {
  readonly merged: MergedTrace;
  readonly row: DiffRow;
  readonly labels: Labels;
}) {
  const pair = pairOf(merged, row);
  const { divergence, rows } = merged.diff;
  return (
    <>
      {pair?.weak ? (
        <span className="tv-badge tv-diff-weak" title={labels.uncertainPairHint}>
          <span aria-hidden="true">?</span>
          <span className="tv-visually-hidden">{labels.uncertainPair}</span>
        </span>
      ) : null}
      {pair?.byReader ? <span className="tv-badge">{labels.pairOfReader}</span> : null}
      {divergence && rows[divergence.row] === row ? (
        <span className="tv-badge tv-diff-parts">{labels.firstDifference}</span>
      ) : null}
    </>
  );
}

const pairs = new WeakMap<object, Map<string, { readonly weak: boolean; readonly byReader: boolean }>>();

/** What the engine says about the pair of a row. */
function pairOf({ diff }: MergedTrace, row: DiffRow | undefined) {
  if (!row || row.a === null || row.b === null) return undefined;
  let known = pairs.get(diff);
  if (!known)
    pairs.set(
      diff,
      (known = new Map(
        diff.pairs.map(({ a, confidence, by }) => [a, { weak: confidence < CERTAIN, byReader: by === 'user' }]),
      )),
    );
  return known.get(row.a);
}

/** `B is 1.2 s slower, output differs`. */
export function rowWords(merged: MergedTrace, index: number, format: Format, labels: Labels): string {
  const row = merged.row(index);
  const amount = rowDifference(merged, index, 'duration');
  const isPair = row === undefined || (row.a !== null && row.b !== null);
  const words: string[] = [];
  if (amount !== null && isPair)
    words.push((amount > 0 ? labels.isSlower : labels.isFaster)(format.duration(Math.abs(amount))));
  if (row && row.changed.length > 0) words.push(labels.differs(row.changed.map(labels.factDiffers).join(', ')));
  return words.join(', ');
}

function timeWords(merged: MergedTrace, index: number, measure: Measure, format: Format, labels: Labels): string {
  const [startA, endA, startB, endB] = merged.bars.subarray(index * 4, index * 4 + 4);
  const length = (from: number, to: number, shift = 0): string => {
    if (Number.isNaN(from)) return labels.absent;
    if (merged.timeBasis !== 'step') return amountText(measure, to - from, format);
    const [first, last] = stepsWithin(from - shift, to - shift);
    return labels.step(format.count(first), format.count(last));
  };
  return labels.beforeAndAfter(length(startA!, endA!), length(startB!, endB!, merged.shift));
}

/** Without a clock no row has a length. */
const isKnown = (delta: Delta | undefined): boolean => delta !== undefined && (delta.a !== null || delta.b !== null);

interface TipProps {
  readonly merged: MergedTrace;
  readonly index: number;
  readonly format: Format;
  readonly labels: Labels;
}

/** Both bars in numbers. */
function Tip({ merged, index, format, labels }: TipProps) {
  const row = merged.row(index);
  const measures = (['duration', 'selfTime', 'tokens', 'cost'] as const).filter(
    (measure) => row && isKnown(ownValue(row.deltas, measure)),
  );
  const titles: Readonly<Record<string, string>> = {
    duration: labels.duration,
    selfTime: labels.selfTime,
    tokens: labels.tokens,
    cost: labels.cost,
  };
  const text = (measure: Measure, value: number | null): string =>
    value === null ? '—' : amountText(measure, value, format);
  const { type, spans } = merged.groups[index]!;
  return (
    <>
      <b>
        {type === 'unchanged' ? (
          labels.unchangedSpans(spans, format.count(spans))
        ) : (
          <bdi>{recordedText(merged.span(index).name, true) || '—'}</bdi>
        )}
      </b>
      <dl>
        {row ? (
          measures.map((measure) => {
            const { a, b, delta } = ownValue(row.deltas, measure)!;
            return [
              <dt key={measure}>{ownValue(titles, measure)}</dt>,
              <dd key={`${measure} value`}>
                {text(measure, a)} → {text(measure, b)}
                {delta === null || delta === 0 ? '' : ` (${signedText(measure, delta, format)})`}
              </dd>,
            ];
          })
        ) : (
          <>
            <dt>{merged.timeBasis === 'step' ? labels.stepsLabel : labels.duration}</dt>
            <dd>{plainText(timeWords(merged, index, 'duration', format, labels))}</dd>
          </>
        )}
      </dl>
    </>
  );
}
