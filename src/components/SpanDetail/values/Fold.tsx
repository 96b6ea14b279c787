'use client';
import { useState, type ReactNode } from 'react';
import { useBrowserLayoutEffect } from '../../../hooks/useBrowserLayoutEffect.ts';
import { useReveal } from '../../../hooks/context/FindContext.ts';
import { useTraceContext } from '../../../hooks/context/TraceContext.ts';
import { useTraceStore } from '../../../hooks/useTraceStore.ts';
import { ownValue } from '../../../model/ownValue.ts';
import { Sign } from '../../parts/icons.tsx';

export interface FoldProps {
  /** What is read while it is closed. */
  readonly summary: ReactNode;
  /** What can be pressed at the end of its line, beside it: a control inside another would be out of reach. */
  readonly aside?: ReactNode;
  /** Whether it is open at first. @default false */
  readonly open?: boolean;
  /**
   * A name of ours under which it is remembered, from span to span: who opens the system prompt of one call wants to
   * see that of the next. Without one it is as at first for each span.
   */
  readonly kept?: string;
  /** Place of what is in it in `SpanContent`: a match inside opens it. */
  readonly id?: string;
  readonly className?: string;
  /** What is inside; not drawn while it is closed. */
  readonly children: ReactNode;
}

/** Something that can be opened. What is inside costs nothing while it is closed. */
export function Fold({ summary, aside, open = false, kept, id, className, children }: FoldProps) {
  const { store } = useTraceContext();
  const remembered = useTraceStore((state) => (kept === undefined ? undefined : ownValue(state.openFolds, kept)));
  const [here, setHere] = useState<boolean | null>(null);
  const reveal = useReveal(id);
  useBrowserLayoutEffect(() => {
    if (reveal?.isPending()) setHere(true);
  }, [reveal]);
  const isOpen = here ?? remembered ?? open;
  const fold = (
    <details
      className={className === undefined ? 'tv-fold-part' : `tv-fold-part ${className}`}
      open={isOpen}
      onToggle={(event) => {
        const now = event.currentTarget.open;
        if (event.target !== event.currentTarget || now === isOpen) return;
        setHere(now);
        if (kept !== undefined) store.actions.keepFold(kept, now);
      }}
    >
      <summary>
        <Sign name="right" size={8} />
        {summary}
      </summary>
      {isOpen ? children : null}
    </details>
  );
  return aside === undefined || aside === null ? (
    fold
  ) : (
    <div className="tv-fold-frame">
      <span className="tv-fold-aside">{aside}</span>
      {fold}
    </div>
  );
}
