import { useEffect, useState } from 'react';
import { createTraceStream, TraceViewer, useTraceStream, type TraceStream } from 'spanwise';
import 'spanwise/styles.css';

/** Batches of spans as they come: of a WebSocket, an EventSource, a response that goes on. */
export type Batches = AsyncIterable<object>;

export function Live({ batches }: { batches: Batches }) {
  const [stream] = useState(() => createTraceStream());
  useEffect(() => {
    const read = { on: true };
    void appendAll(stream, batches, read);
    return () => {
      read.on = false;
    };
  }, [stream, batches]);
  const traces = useTraceStream(stream);
  return (
    <div style={{ height: 420 }}>
      <TraceViewer traces={traces} />
    </div>
  );
}

async function appendAll(stream: TraceStream, batches: Batches, read: { readonly on: boolean }): Promise<void> {
  for await (const batch of batches) {
    if (!read.on) return;
    await stream.append(batch);
  }
  // Nothing more comes: bars stop, and parents that never arrived are missing.
  stream.close();
}
