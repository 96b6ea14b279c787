'use client';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import type { DiffRow } from '../../analysis/diff/types.ts';
import { recordedText } from '../text/recordedText.tsx';
import { measuresOf, type Measure, type MeasureDelta } from './measures.ts';
import type { PairSide } from './types.ts';
import { Side } from './sides.tsx';

interface NumbersProps {
  readonly row: DiffRow;
  readonly a: PairSide;
  readonly b: PairSide;
}

/** What either side was and cost, and the difference. */
export function Numbers({ row, a, b }: NumbersProps) {
  const { labels, format } = useTraceContext();
  const measures = measuresOf(row, a, b, labels, format);
  return (
    <table className="tv-pair-numbers">
      <caption className="tv-visually-hidden">{labels.pairNumbers}</caption>
      <thead>
        <tr>
          <th scope="col">
            <span className="tv-visually-hidden">{labels.measure}</span>
          </th>
          <th scope="col">A</th>
          <th scope="col">B</th>
          <th scope="col">
            <span aria-hidden="true">Δ</span>
            <span className="tv-visually-hidden">{labels.difference}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {measures.map((measure) => (
          <tr key={measure.id}>
            <th scope="row">
              {measure.isRecorded ? <bdi>{recordedText(measure.label)}</bdi> : measure.label}
              {measure.isSum ? (
                <span className="tv-sigma" title={labels.sumOfSubtree}>
                  {' '}
                  Σ
                </span>
              ) : null}
            </th>
            <Cell measure={measure} side="a" />
            <Cell measure={measure} side="b" />
            <td>{measure.delta ? <DeltaWords {...measure.delta} /> : '–'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cell({ measure, side }: { readonly measure: Measure; readonly side: 'a' | 'b' }) {
  const text = measure[side];
  return (
    <td>
      {text === null ? (
        '–'
      ) : (
        <Side of={side}>
          <bdi>{recordedText(text)}</bdi>
        </Side>
      )}
    </td>
  );
}

/** Which way it went stands in a sign, and whether that is good in a word, beside the colour. */
function DeltaWords({ text, tone, way }: MeasureDelta) {
  const { labels } = useTraceContext();
  return (
    <span className="tv-delta" data-tone={tone ?? undefined}>
      {way === null ? null : <span aria-hidden="true">{way === 'up' ? '▲ ' : '▼ '}</span>}
      {text}
      {tone === null ? null : <span className="tv-visually-hidden"> {labels.deltaTone(tone)}</span>}
    </span>
  );
}
