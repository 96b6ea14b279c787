import type { Meta, StoryObj } from '@storybook/react-vite';
import { createRef } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { flushSync } from 'react-dom';
import { expect, waitFor } from 'storybook/test';
import { readTraces, TraceProvider, TraceViewer, type Trace } from '../src/index.ts';
import { TraceGrid } from '../src/components/TraceGrid/TraceGrid.tsx';
import { traceDiagnostics } from '../src/analysis/traces/traceDiagnostics.ts';
import { lastInstants } from '../src/layout/gantt/ganttMarks.ts';

/** Rooms that are drawn by hand, to see what is there at once and what comes behind it. */
const room = createRef<HTMLDivElement>();
const meta = {
  title: 'Opening',
  render: () => <div ref={room} style={{ height: 480 }} />,
} satisfies Meta;
export default meta;
type Story = StoryObj<typeof meta>;

/** An agent with so many steps below it. */
function longTrace(name: string, steps: number): Trace {
  const spans = Array.from({ length: steps + 1 }, (_, at) => ({
    traceId: name.padEnd(32, '0'),
    spanId: (at + 1).toString(16).padStart(16, '0'),
    parentSpanId: at === 0 ? '' : '1'.padStart(16, '0'),
    name: at === 0 ? `agent ${name}` : `step ${at}`,
    startTimeUnixNano: String(1_790_000_000_000_000_000n + BigInt(at) * 1_000_000n),
    endTimeUnixNano: String(1_790_000_000_000_000_000n + BigInt(at === 0 ? steps : at + 1) * 1_000_000n),
  }));
  return readTraces({ resourceSpans: [{ scopeSpans: [{ spans }] }] }).traces[0]!;
}

async function inRoom(play: (root: Root, room: HTMLDivElement) => Promise<void>): Promise<void> {
  const root = createRoot(room.current!);
  try {
    await play(root, room.current!);
  } finally {
    root.unmount();
  }
}

/** What stands around the rows is drawn first, and the rows in a task of their own. Nothing moves when they come. */
export const RowsBehindTheirFrame: Story = {
  play: () =>
    inRoom(async (root, place) => {
      flushSync(() => root.render(<TraceViewer trace={longTrace('a', 40)} />));
      const parts = [...place.querySelectorAll('.tv-header, .tv-toolbar, .tv-overview, .tv-grid, .tv-axis, .tv-rows')];
      const places = (): readonly string[] => parts.map((part) => JSON.stringify(part.getBoundingClientRect()));
      const before = places();
      await expect(parts).toHaveLength(6);
      await expect(place.querySelectorAll('.tv-rows > .tv-row')).toHaveLength(0);
      await waitFor(() => expect(place.querySelectorAll('.tv-rows > .tv-row').length).toBeGreaterThan(1));
      await expect(places()).toEqual(before);
    }),
};

/** A second large trace is painted before all of it is walked, as the first one is. */
export const SecondLargeTrace: Story = {
  play: () =>
    inRoom(async (root, place) => {
      const show = (trace: Trace): void =>
        flushSync(() =>
          root.render(
            <TraceProvider trace={trace} style={{ height: 400 }}>
              <TraceGrid />
            </TraceProvider>,
          ),
        );
      const [first, second] = [longTrace('a', 3000), longTrace('b', 3000)];
      for (const trace of [first, second]) {
        show(trace);
        const isEarly = place.querySelector('.tv-grid-frame[data-early]') !== null;
        const isWalked = lastInstants.known(trace) !== undefined;
        await expect([isEarly, isWalked]).toEqual([true, false]);
        await waitFor(() => expect(place.querySelector('.tv-row')).toHaveTextContent(trace.name));
        await waitFor(() => expect(place.querySelector('[data-early]')).toBeNull());
        await expect(traceDiagnostics.known(trace)).toBeDefined();
      }
    }),
};
