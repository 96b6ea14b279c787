'use client';
import type { RefObject } from 'react';
import { useKinds, usePanels } from '../../hooks/context/HostLookContext.ts';
import { useSelection } from '../../hooks/useSelection.ts';
import { useSpan } from '../../hooks/useSpan.ts';
import { later } from '../later/later.tsx';
import { Slot } from '../parts/Slot.tsx';
import { DetailFrame } from './DetailFrame.tsx';

const DetailBody = later('DetailBody');
const DetailEdge = later('DetailEdge');
const DetailPath = later('DetailPath');

interface LaterDetailProps {
  readonly detail: RefObject<HTMLElement | null>;
}

/**
 * `SpanDetail` and the edge that makes it wider, for the viewer. Their place is there at once: nothing moves, and no
 * focus is lost, when they come.
 */
export function LaterDetail({ detail }: LaterDetailProps) {
  const { selectedSpan } = useSelection();
  const span = useSpan(selectedSpan);
  const panels = usePanels(undefined);
  const kinds = useKinds(undefined);
  return span ? (
    <>
      <DetailEdge otherwise={null} />
      <DetailFrame
        ref={detail}
        span={span}
        path={<DetailPath span={span} otherwise={<span className="tv-spring" />} />}
      >
        <Slot about={span.key} render={() => <DetailBody span={span} panels={panels} kinds={kinds} />} />
      </DetailFrame>
    </>
  ) : null;
}
