'use client';
import type { RefObject } from 'react';
import { useSelection } from '../../hooks/useSelection.ts';
import { useSpan } from '../../hooks/useSpan.ts';
import { later } from '../later/later.tsx';
import { Slot } from '../parts/Slot.tsx';
import type { KindStyle, Panel } from '../types.ts';
import { DetailFrame } from './DetailFrame.tsx';

const DetailBody = later('DetailBody');
const DetailEdge = later('DetailEdge');
const DetailPath = later('DetailPath');

interface LaterDetailProps {
  readonly detail: RefObject<HTMLElement | null>;
  readonly panels: readonly Panel[] | undefined;
  readonly kinds: Readonly<Record<string, KindStyle>> | undefined;
}

/**
 * `SpanDetail` and the edge that makes it wider, for the viewer. Their place is there at once: nothing moves, and no
 * focus is lost, when they come.
 */
export function LaterDetail({ detail, panels, kinds }: LaterDetailProps) {
  const { selectedSpan } = useSelection();
  const span = useSpan(selectedSpan);
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
