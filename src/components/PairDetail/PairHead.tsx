'use client';
import { useMemo } from 'react';
import type { DiffRow, TraceDiffResult } from '../../analysis/diff/types.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { ownValue } from '../../model/ownValue.ts';
import type { Span } from '../../model/types.ts';
import { shownPath } from '../SpanDetail/DetailPath.tsx';
import { KindGlyph, Sign } from '../parts/icons.tsx';
import { recordedText } from '../text/recordedText.tsx';
import type { KindStyle } from '../types.ts';
import { Side } from './sides.tsx';

/** Below this a pair is said to be uncertain. */
const SURE = 0.9;

interface PairHeadProps {
  readonly diff: TraceDiffResult;
  readonly row: DiffRow;
  readonly a: Span | null;
  readonly b: Span | null;
  readonly kinds: Readonly<Record<string, KindStyle>> | undefined;
  readonly onClose: (() => void) | undefined;
}

/** Where the two stand, what they are called, why they are taken for the same step, and what became of it. */
export function PairHead({ diff, row, a, b, kinds, onClose }: PairHeadProps) {
  const { labels, format } = useTraceContext();
  const span = (b ?? a)!;
  const pair = useMemo(() => diff.pairs.find((each) => each.a === row.a && each.b === row.b), [diff, row]);
  const unsure = pair !== undefined && pair.confidence < SURE;
  const kindOf = ({ kind }: Span): string => ownValue(kinds, kind)?.label ?? labels.kind(kind);
  const facts = [
    a && b && a.kind !== b.kind ? labels.fromTo(kindOf(a), kindOf(b)) : kindOf(span),
    pair ? labels.matchedBy(pair.by) : null,
    row.iteration ? iterationWords(row.iteration, labels.iterations) : null,
  ].filter((word) => word !== null);
  const state = row.op === 'same' && row.moved ? 'moved' : row.op;
  return (
    <>
      <div className="tv-detail-top">
        <Side of={b ? 'b' : 'a'}>
          <Path span={span} />
        </Side>
        <CloseButton onClose={onClose} />
      </div>
      <div className="tv-summary tv-pair-head">
        <div className="tv-summary-head">
          <KindGlyph kind={span.kind} big glyph={ownValue(kinds, span.kind)?.glyph} />
          <div>
            <h3>
              <Side of={b ? 'b' : 'a'}>
                <bdi>{recordedText(span.name) || '—'}</bdi>
              </Side>
            </h3>
            <p>
              {facts.join(' · ')}
              {unsure ? (
                <>
                  {' · '}
                  <span className="tv-unsure">{labels.unsure(format.count(Math.round(pair.confidence * 100)))}</span>
                </>
              ) : null}
            </p>
          </div>
          <span className="tv-pill tv-pair-state" data-op={state} data-unsure={unsure || undefined}>
            <span aria-hidden="true">{SIGNS[state]}</span>
            {labels.pairState(state)}
          </span>
        </div>
        <Notes row={row} a={a} b={b} />
      </div>
    </>
  );
}

const SIGNS: Readonly<Record<DiffRow['op'] | 'moved', string>> = {
  same: '=',
  changed: '~',
  added: '+',
  removed: '−',
  moved: '↕',
};

/** What it was called, and where it was. */
function Notes({ row, a, b }: Pick<PairHeadProps, 'row' | 'a' | 'b'>) {
  const { labels } = useTraceContext();
  const { moved, renamed, wrapped, op } = row;
  if (!moved && !renamed && !wrapped) return null;
  const from = moved && !moved.reordered ? (a?.parent?.name ?? null) : null;
  return (
    <ul className="tv-pair-notes">
      {renamed ? (
        <li>
          {labels.wasCalled} <Side of="a">{recordedText(renamed.from)}</Side>
        </li>
      ) : null}
      {moved && b && a ? (
        <li>
          {op === 'same' ? null : <b aria-hidden="true">↕ </b>}
          {moved.reordered ? labels.reordered : labels.wasIn}{' '}
          {moved.reordered ? null : <Side of="a">{from === null ? labels.noParent : recordedText(from)}</Side>}
        </li>
      ) : null}
      {wrapped ? <li>{labels.wrapped(wrapped)}</li> : null}
    </ul>
  );
}

function iterationWords(
  { a, b }: NonNullable<DiffRow['iteration']>,
  word: (a: number | null, b: number | null) => string,
): string | null {
  return a === null && b === null ? null : word(a, b);
}

function Path({ span }: { readonly span: Span }) {
  const { labels } = useTraceContext();
  const { steps, isCut } = shownPath(span);
  return (
    <div className="tv-path" role="group" aria-label={labels.path}>
      {steps.map((step, place) => (
        <span key={step.key}>
          {place > 0 ? <span aria-hidden="true">›</span> : null}
          {place === 1 && isCut ? <span aria-hidden="true">… ›</span> : null}
          <bdi>{recordedText(step.name)}</bdi>
        </span>
      ))}
    </div>
  );
}

export function CloseButton({ onClose }: { readonly onClose: (() => void) | undefined }) {
  const { labels } = useTraceContext();
  return onClose ? (
    <button type="button" className="tv-button tv-icon tv-small" aria-label={labels.close} onClick={onClose}>
      <Sign name="close" size={10} />
    </button>
  ) : null;
}
