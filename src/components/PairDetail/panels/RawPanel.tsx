'use client';
import { Section } from '../../SpanDetail/values/Section.tsx';
import { Value } from '../../SpanDetail/values/Value.tsx';
import type { PairData } from '../types.ts';
import { Side } from '../sides.tsx';

/** A span that came in more parts is shown by its first ones. */
const RECORDS_AT_MOST = 20;

/** The records of either side as they came. */
export function RawPanel({ data, unified }: { readonly data: PairData; readonly unified: boolean }) {
  const sections = (['a', 'b'] as const).map((side) => {
    const { content } = data[side];
    return content ? (
      <Section key={side} title={side.toUpperCase()}>
        <Side of={side}>
          {content.raw.slice(0, RECORDS_AT_MOST).map((record, place) => (
            <Value key={place} value={record} field="record" lines={100} />
          ))}
        </Side>
      </Section>
    ) : null;
  });
  return unified ? sections : <div className="tv-pair-sides">{sections}</div>;
}
