'use client';
import type { RefObject } from 'react';
import { useKinds, usePanels } from '../../hooks/context/HostLookContext.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { useSelection } from '../../hooks/useSelection.ts';
import { useSpan } from '../../hooks/useSpan.ts';
import { useTrace } from '../../hooks/useTrace.ts';
import { later } from '../later/later.tsx';
import { Slot } from '../parts/Slot.tsx';
import { DetailFrame } from './DetailFrame.tsx';
import { useMissingParent } from './useMissingParent.ts';

const DetailBody = later('DetailBody');
const DetailEdge = later('DetailEdge');
const DetailPath = later('DetailPath');
const MissingDetail = later('MissingDetail');

interface LaterDetailProps {
  readonly detail: RefObject<HTMLElement | null>;
}

/**
 * `SpanDetail` and the edge that makes it wider, for the viewer. Their place is there at once: nothing moves, and no
 * focus is lost, when they come.
 */
export function LaterDetail({ detail }: LaterDetailProps) {
  const { selectedSpan } = useSelection();
  const { labels } = useTraceContext();
  const live = useTrace()?.live === true;
  const span = useSpan(selectedSpan);
  const missing = useMissingParent(selectedSpan);
  const panels = usePanels(undefined);
  const kinds = useKinds(undefined);
  if (!span && !missing) return null;
  const spring = <span className="tv-spring" />;
  return (
    <>
      <DetailEdge otherwise={null} />
      <DetailFrame
        ref={detail}
        span={span ?? { name: live ? labels.parentToCome : labels.noParent }}
        path={span ? <DetailPath span={span} otherwise={spring} /> : spring}
      >
        {span ? (
          <Slot about={span.key} render={() => <DetailBody span={span} panels={panels} kinds={kinds} />} />
        ) : null}
        {missing ? <Slot about={missing.key} render={() => <MissingDetail missing={missing} />} /> : null}
      </DetailFrame>
    </>
  );
}
