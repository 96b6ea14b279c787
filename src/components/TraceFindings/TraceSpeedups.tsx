'use client';
import { useState, type CSSProperties } from 'react';
import { speedupsInSteps, type Speedup } from '../../analysis/agents/speedups.ts';
import { soon } from '../../analysis/steps.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { useSoon } from '../../hooks/useSoon.ts';
import { useTrace } from '../../hooks/useTrace.ts';
import { useInPage } from '../../hooks/context/useInPage.ts';
import { part } from '../parts/part.tsx';
import { recordedText } from '../text/recordedText.tsx';
import { useLaterLabels } from './useLaterLabels.ts';

export interface TraceSpeedupsProps {
  /** Of the part's element. */
  readonly className?: string;
  /** Of the part's element. */
  readonly style?: CSSProperties;
}

const NONE: readonly Speedup[] = [];

/**
 * What is worth speeding up, the most first: how much sooner the trace would end if all calls of a step took half, or no
 * time. A press leads to its calls, one after the other.
 */
export const TraceSpeedups = part<HTMLElement, TraceSpeedupsProps>(function TraceSpeedups({ className, style }, ref) {
  const labels = useLaterLabels();
  const trace = useTrace();
  const found = useSoon((signal) => (trace ? soon(speedupsInSteps(trace), { signal }) : NONE), [trace]);
  const most = found?.[0]?.cached ?? 0;
  return (
    <section
      ref={ref}
      className={className === undefined ? 'tv-findings' : `tv-findings ${className}`}
      style={style}
      data-trace-part="speedups"
      data-state={found ? (found.length > 0 ? 'ready' : 'empty') : 'busy'}
      aria-label={labels.speedups}
      title={labels.speedupsMean}
    >
      {found && found.length > 0 ? (
        <ol>
          {found.map((speedup) => (
            <Item key={speedup.keys[0]} speedup={speedup} most={Math.max(most, speedup.cached)} />
          ))}
        </ol>
      ) : (
        <p className="tv-faint">{found ? labels.noSpeedups : labels.findingsPending}</p>
      )}
    </section>
  );
});

function Item({ speedup: { name, keys, half, cached }, most }: { readonly speedup: Speedup; readonly most: number }) {
  const { store, format } = useTraceContext();
  const labels = useLaterLabels();
  const inPage = useInPage();
  const [next, setNext] = useState(0);
  return (
    <li>
      <button
        type="button"
        className="tv-finding tv-speedup"
        onClick={() => {
          store.actions.select(keys[next % keys.length]!);
          setNext(next + 1);
        }}
      >
        <span className="tv-speedup-name">
          <bdi>{recordedText(name, true)}</bdi>{' '}
          <span className="tv-faint">{labels.speedupCalls(keys.length, format.count(keys.length))}</span>
        </span>
        <span className="tv-speedup-bar" aria-hidden="true">
          <i style={inPage ? { inlineSize: `${(half / most) * 100}%` } : undefined} />
          <i style={inPage ? { inlineSize: `${((cached - half) / most) * 100}%` } : undefined} />
        </span>
        <span>
          <b>{labels.speedupSooner(format.duration(half))}</b>, {labels.speedupCached(format.duration(cached))}
        </span>
      </button>
    </li>
  );
}
