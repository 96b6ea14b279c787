import { forwardRef, useEffect, useState, type ReactNode } from 'react';
import { createTraceStream } from '../adapters/stream/createTraceStream.ts';
import type { PriceTable } from '../conventions/prices.ts';
import { TraceViewer } from '../components/TraceViewer/TraceViewer.tsx';
import type { TraceViewerRef } from '../components/types.ts';
import { useTraceStream } from '../hooks/live/useTraceStream.ts';
import { appendAll } from '../sources/appendAll.ts';
import { liveLines } from './liveLines.ts';

interface LiveViewerProps {
  readonly headerEnd: ReactNode;
  readonly prices: PriceTable | undefined;
  onNotice(notice: string | null): void;
}

/** The traces that the command receives or follows, as they come. */
export const LiveViewer = forwardRef<TraceViewerRef, LiveViewerProps>(function LiveViewer(
  { headerEnd, prices, onNotice },
  ref,
) {
  const [stream] = useState(createTraceStream);
  useEffect(() => {
    const stop = new AbortController();
    const { signal } = stop;
    let wasConnected = false;
    const lines = liveLines({
      signal,
      onConnected(isConnected) {
        if (isConnected) onNotice(null);
        else if (wasConnected) onNotice('The command does not answer any more. What arrived stays here.');
        wasConnected ||= isConnected;
      },
      onMissed: (count) =>
        onNotice(`${count} batches from before this page was opened are not held any more. --save keeps all of them.`),
    });
    // What comes twice, as where an effect is started twice, counts once.
    void appendAll(stream, lines, { signal });
    return () => stop.abort();
  }, [stream, onNotice]);
  const set = useTraceStream(stream);
  if (set.traces.length > 0) return <TraceViewer ref={ref} traces={set} prices={prices} headerEnd={headerEnd} />;
  return (
    <div className="page-waiting">
      <p role="status">Waiting for traces.</p>
      <p>
        Point an exporter of OpenTelemetry at <code>{location.origin}</code> (OTLP over HTTP, JSON or protobuf), or run
        the agent whose session is followed. What arrives is shown here as it comes.
      </p>
      {set.diagnostics.map(({ code, message }) => (
        <p key={`${code} ${message}`} role="alert">
          {message}
        </p>
      ))}
    </div>
  );
});
