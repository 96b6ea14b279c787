'use client';
import { useMemo } from 'react';
import { useTrace } from '../../hooks/useTrace.ts';
import { useTraceStore } from '../../hooks/useTraceStore.ts';
import { currentAxis, wholeWindow } from '../../store/createTraceStore.ts';
import { useInPage } from '../../hooks/context/useInPage.ts';
import { useKnownFindings } from './useFindings.ts';

/** More marks than that are no marks. */
const MOST = 24;

/** Where in time the findings are, over the minimap. Errors have their own marks there. */
export function MinimapFindings() {
  const found = useKnownFindings();
  const trace = useTrace();
  const shortenIdle = useTraceStore((state) => state.shortenIdle);
  const liveEnd = useTraceStore((state) => state.liveEnd);
  const inPage = useInPage();
  const marks = useMemo(() => {
    if (!trace || !found) return [];
    const axis = currentAxis({ trace, shortenIdle });
    const [from, to] = wholeWindow({ trace, shortenIdle, liveEnd }).map((time) => axis.toAxis(time)) as [
      number,
      number,
    ];
    return found
      .filter(({ severity }) => severity !== 'error')
      .slice(0, MOST)
      .flatMap(({ severity, keys }) => {
        const span = trace.find(keys[0]!);
        return span ? [{ severity, at: ((axis.toAxis(span.start) - from) / (to - from)) * 100 }] : [];
      });
  }, [trace, found, shortenIdle, liveEnd]);
  if (!inPage) return null;
  return (
    <>
      {marks.map(({ severity, at }, place) => (
        <i
          key={place}
          className="tv-minimap-finding"
          aria-hidden="true"
          data-severity={severity}
          style={{ left: `${at}%` }}
        />
      ))}
    </>
  );
}
