'use client';
import { useRef } from 'react';
import { useBrowserLayoutEffect } from '../../../hooks/useBrowserLayoutEffect.ts';
import { useTraceContext } from '../../../hooks/context/TraceContext.ts';
import { useTraceStore } from '../../../hooks/useTraceStore.ts';
import { idleWithin, shortAxis } from '../../../layout/time/shortAxis.ts';
import type { Painter } from './painter.ts';

/** Share of the window from which on shortening is offered. */
const OFFERED = 0.25;

interface IdleSwitchProps {
  readonly painter: Painter;
  /** Its place among the heads. */
  readonly place: number;
  readonly tabIndex: 0 | -1;
}

/**
 * Says at the end of the axis how much of the window is idle, where that is much, and shortens it; or shows it whole
 * again. The painter writes it.
 */
export function IdleSwitch({ painter, place, tabIndex }: IdleSwitchProps) {
  const { store, labels, format } = useTraceContext();
  const on = useTraceStore((state) => state.shortenIdle);
  const boxRef = useRef<HTMLSpanElement>(null);
  const wordsRef = useRef<HTMLSpanElement>(null);
  useBrowserLayoutEffect(() => {
    const [box, words] = [boxRef.current!, wordsRef.current!];
    let written: string | null = null;
    const release = painter.layer(
      ({
        trace,
        scale: {
          window: [from, to],
        },
      }) => {
        const seen = [from, Math.min(to, trace.end)] as const;
        const { idle, shortens } = idleWithin(shortAxis(trace), seen);
        const length = seen[1] - seen[0];
        const isOffered = on || (shortens && idle > length * OFFERED);
        // A hundred only where there is no step at all.
        const percent = idle >= length ? 100 : Math.min(99, Math.round((idle / length) * 100));
        const sentence = on ? labels.idle(format.duration(idle)) : labels.idleShare(format.count(percent));
        const text = isOffered ? sentence : '';
        if (text === written) return;
        written = text;
        // What is hidden cannot keep the focus.
        if (!isOffered && box.contains((box.getRootNode() as Document | ShadowRoot).activeElement))
          store.actions.focusGrid();
        box.hidden = !isOffered;
        words.textContent = text;
        painter.keepFree(box.offsetWidth);
      },
    );
    return () => {
      release();
      painter.keepFree(0);
    };
  }, [store, painter, on, labels, format]);
  return (
    <span ref={boxRef} className="tv-idle-switch" hidden>
      <span ref={wordsRef} title={labels.idleMeans} />
      <button
        type="button"
        className="tv-button tv-small"
        data-head={place}
        tabIndex={tabIndex}
        aria-label={on ? labels.showIdle : labels.shortenIdle}
        title={labels.idleMeans}
        onClick={() => store.actions.shortenIdle(!on)}
      >
        {on ? labels.showIdleShort : labels.shortenIdleShort}
      </button>
    </span>
  );
}
