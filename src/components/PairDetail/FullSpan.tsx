'use client';
import { useEffect, useRef, useState } from 'react';
import { usePanels } from '../../hooks/context/HostLookContext.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { useSelection } from '../../hooks/useSelection.ts';
import { useSpan } from '../../hooks/useSpan.ts';
import { DetailBody } from '../SpanDetail/DetailBody.tsx';
import { DetailPath } from '../SpanDetail/DetailPath.tsx';
import { Sign } from '../parts/icons.tsx';
import type { KindStyle } from '../types.ts';
import { CloseButton } from './PairHead.tsx';
import { Side, SideTag, type SideName } from './sides.tsx';

interface FullSpanProps {
  readonly side: SideName;
  readonly kinds: Readonly<Record<string, KindStyle>> | undefined;
  onBack(): void;
  readonly onClose: (() => void) | undefined;
}

/** The whole span of one side, as in a viewer of its trace; its links lead on within that. */
export function FullSpan({ side, kinds, onBack, onClose }: FullSpanProps) {
  const { labels } = useTraceContext();
  const back = useRef<HTMLButtonElement>(null);
  return (
    <>
      <div className="tv-detail-top">
        <button ref={back} type="button" className="tv-button tv-line tv-small tv-pair-back" onClick={onBack}>
          <Sign name="back" size={10} />
          {labels.backToPair}
        </button>
        <SideTag of={side} />
        <Side of={side}>
          <Path />
        </Side>
        <CloseButton onClose={onClose} />
      </div>
      <Side of={side}>
        <Body kinds={kinds} onShown={() => back.current!.focus({ preventScroll: true })} />
      </Side>
    </>
  );
}

function Path() {
  const span = useSpan(useSelection().selectedSpan);
  return span ? <DetailPath span={span} /> : <span className="tv-spring" />;
}

function Body({ kinds, onShown }: Pick<FullSpanProps, 'kinds'> & { onShown(): void }) {
  const { store } = useTraceContext();
  const { selectedSpan } = useSelection();
  const span = useSpan(selectedSpan);
  const panels = usePanels(undefined);
  // What had the focus is gone: the button that opened it, or the link that was followed.
  // oxlint-disable-next-line react-hooks/exhaustive-deps
  useEffect(onShown, [selectedSpan]);
  const [first] = useState(() => store.getState().selectedSpan);
  // Whoever followed a link in it comes back to the span of the row.
  useEffect(() => () => store.actions.select(first), [store, first]);
  return span ? <DetailBody span={span} panels={panels} kinds={kinds} /> : null;
}
