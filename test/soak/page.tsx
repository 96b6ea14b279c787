import { createRoot } from 'react-dom/client';
import '../../src/styles.css';
import { createTraceStream, TraceViewer, useTraceStream } from '../../src/index.ts';
import { batchOf, longRun, outOfOrder, recordsIn } from '../../stories/liveRecords.ts';
import recording from '../fixtures/otlp/support-agent.otlp.jsonl?raw';

const stream = createTraceStream();

function Live() {
  return <TraceViewer traces={useTraceStream(stream)} />;
}

/** What the script that opens this page drives it by. */
const soak = {
  stream,
  /** So many spans have come. */
  sent: 0,
  recorded: (): readonly object[] => recordsIn(recording),
  /**
   * Sends the spans of a long run, out of order within some seconds, as an exporter would: five batches a second.
   * The first `held` of them are there at once.
   */
  async send(spans: number, perSecond: number, held = 0): Promise<void> {
    const all = longRun(spans + held);
    for (let from = 0; from < held; from += 1000) await stream.append(batchOf(all.slice(from, Math.min(held, from + 1000))));
    const run = all.slice(held);
    soak.sent = held;
    const size = Math.max(1, Math.round(perSecond / 5));
    const around = size * 10;
    const records: object[] = [];
    for (let from = 0; from < run.length; from += around) records.push(...outOfOrder(run.slice(from, from + around)));
    const began = performance.now();
    for (let sent = 0; sent < records.length; sent += size) {
      await stream.append(batchOf(records.slice(sent, sent + size)));
      soak.sent = held + Math.min(sent + size, records.length);
      const due = began + ((sent + size) / perSecond) * 1000;
      await new Promise((resolve) => {
        setTimeout(resolve, Math.max(0, due - performance.now()));
      });
    }
  },
  append: (records: readonly object[]): Promise<void> => stream.append(batchOf(records)),
};

declare global {
  interface Window {
    soak: typeof soak;
  }
}
window.soak = soak;

createRoot(document.querySelector('#page')!).render(<Live />);
