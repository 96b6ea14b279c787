'use client';
import { errors } from '../../../analysis/errors.ts';
import type { MissingParent } from '../../../analysis/missingParents.ts';
import { useTraceContext } from '../../../hooks/context/TraceContext.ts';
import { rowTree } from '../../../layout/rows/rowTree.ts';
import { lowerBound } from '../../../model/lowerBound.ts';
import type { Trace } from '../../../model/types.ts';
import { Sign } from '../../parts/icons.tsx';
import { recordedText } from '../../text/recordedText.tsx';
import { FoldArrow } from './FoldArrow.tsx';
import { MatchCount } from './MatchCount.tsx';

interface MissingNameProps {
  readonly trace: Trace;
  readonly index: number;
  readonly missing: MissingParent;
  readonly open: boolean;
  /** How many matches are below it, where it is closed. */
  readonly inside: number;
}

/** In the place of a name that nobody knows: that the step is missing, or has not arrived yet, and its id. */
export function MissingName({ trace, index, missing, open, inside }: MissingNameProps) {
  const { labels, format } = useTraceContext();
  const count = missing.children.length;
  return (
    <>
      <FoldArrow index={index} open={open} />
      <span className="tv-glyph tv-missing-glyph">
        <Sign name={trace.live ? 'clock' : 'warning'} size={10} />
      </span>
      <span className="tv-name">{trace.live ? labels.parentToCome : labels.noParent}</span>
      {!open && failedBelow(trace, index) ? (
        <span className="tv-failed-below" title={labels.failedBelow}>
          <span className="tv-visually-hidden">{labels.failedBelow}</span>
        </span>
      ) : null}
      <MatchCount count={inside} />
      <span className="tv-visually-hidden">{labels.namedBy(count, format.count(count))}</span>
      <bdi className="tv-missing-id">{recordedText(missing.spanId, true)}</bdi>
    </>
  );
}

function failedBelow(trace: Trace, index: number): boolean {
  const failures = errors(trace);
  return rowTree(trace)
    .within(index)
    .some(([from, to]) => failures[lowerBound(failures, from)]! < to);
}
