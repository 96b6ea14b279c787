'use client';
import { type CSSProperties } from 'react';
import { useKinds, usePanels } from '../../hooks/context/HostLookContext.ts';
import { RenderersContext, useRenderers, type Renderers } from '../../hooks/context/RenderersContext.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { useSelection } from '../../hooks/useSelection.ts';
import { useSpan } from '../../hooks/useSpan.ts';
import { useStable } from '../../hooks/useStable.ts';
import { useTrace } from '../../hooks/useTrace.ts';
import { later } from '../later/later.tsx';
import { part } from '../parts/part.tsx';
import type { KindStyle, Panel } from '../types.ts';
import { DetailBody } from './DetailBody.tsx';
import { DetailFrame } from './DetailFrame.tsx';
import { DetailPath } from './DetailPath.tsx';
import { MissingDetail } from './MissingDetail.tsx';
import { useMissingParent } from './useMissingParent.ts';
import { StatusProvider } from '../parts/useStatus.tsx';

const DetailRehearsal = later('DetailRehearsal', true);

export interface SpanDetailProps {
  /** Panels of the host; they come before the built-in ones. @default those of the provider */
  readonly panels?: readonly Panel[] | undefined;
  /** Names, colours and glyphs of kinds. @default those of the provider */
  readonly kinds?: Readonly<Record<string, KindStyle>> | undefined;
  /** How recorded values are drawn. @default those of the provider */
  readonly renderers?: Renderers;
  /** Of the part's element. */
  readonly className?: string;
  /** Of the part's element. */
  readonly style?: CSSProperties;
}

/**
 * All there is to know of the selected span: what it was, what it cost, what it saw and said. Nothing while none is
 * selected.
 */
export const SpanDetail = part<HTMLElement, SpanDetailProps>(function SpanDetail(
  { panels: ownPanels, kinds: ownKinds, renderers, className, style },
  ref,
) {
  const { selectedSpan } = useSelection();
  const { labels } = useTraceContext();
  const live = useTrace()?.live === true;
  const span = useSpan(selectedSpan);
  const missing = useMissingParent(selectedSpan);
  const panels = usePanels(ownPanels);
  const kinds = useKinds(ownKinds);
  const around = useRenderers();
  const own = useStable(renderers ?? around);
  if (!span && !missing) return <DetailRehearsal otherwise={null} />;
  return (
    <StatusProvider>
      <DetailFrame
        ref={ref}
        span={span ?? { name: live ? labels.parentToCome : labels.parentMissing }}
        path={span ? <DetailPath span={span} /> : <span className="tv-spring" />}
        className={className}
        style={style}
      >
        <RenderersContext.Provider value={own}>
          {span ? <DetailBody span={span} panels={panels} kinds={kinds} /> : null}
          {missing ? <MissingDetail missing={missing} /> : null}
        </RenderersContext.Provider>
      </DetailFrame>
    </StatusProvider>
  );
});
