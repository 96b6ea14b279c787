import type { Meta, StoryObj } from '@storybook/react-vite';
import { useState } from 'react';
import { expect, userEvent, waitFor } from 'storybook/test';
import { parseTraces, TraceViewer } from '../src/index.ts';
import { recordings } from './recordings.ts';

const createWorker = (): Worker => new Worker(new URL('../src/worker.ts', import.meta.url), { type: 'module' });

/** A worker has to be fetched first. */
const LONG = { timeout: 20_000 };

function InWorker() {
  const [input] = useState(() => new File([recordings.supportAgent], 'support-agent.jsonl'));
  return (
    <div style={{ height: 640 }}>
      <TraceViewer input={input} options={{ createWorker }} defaultQuery={'"charged twice" kind:llm'} />
    </div>
  );
}

/** A trace whose contents a worker holds. */
const meta = { title: 'Worker', component: InWorker } satisfies Meta<typeof InWorker>;
export default meta;
type Story = StoryObj<typeof meta>;

/** Rows, details, findings and search in contents are as if it was read on the page. */
export const OpenAndSearch: Story = {
  async play({ canvas }) {
    const row = await canvas.findByRole('row', { name: /^classify_intent.*found in what the span holds/ }, LONG);
    await userEvent.click(row);
    const detail = await canvas.findByRole('complementary', {}, LONG);
    await waitFor(() => expect(detail.querySelector('.tv-text mark')).toHaveTextContent('charged twice'), LONG);
  },
};

/** In a real worker: bytes are gone from here, contents are promises, and what is said is what is said here. */
export const SameAsHere: Story = {
  async play() {
    const bytes = new TextEncoder().encode(recordings.supportAgent);
    const [there, here] = [await parseTraces(bytes, { createWorker }), await parseTraces(recordings.supportAgent)];
    await expect(bytes.length).toBe(0);
    await expect(there.diagnostics).toEqual(here.diagnostics);
    for (const [place, trace] of here.traces.entries()) {
      const other = there.traces[place]!;
      await expect(other.columns).toEqual(trace.columns);
      for (const index of [0, 5, trace.spanCount - 1]) {
        const content = other.content(index);
        await expect(content).toBeInstanceOf(Promise);
        const { input, output, embeddings: _, ...rest } = await content;
        const { input: askedHere, output: saidHere, embeddings: __, ...restHere } = await trace.content(index);
        await expect([input?.text, output?.text]).toEqual([askedHere?.text, saidHere?.text]);
        await expect(rest).toEqual(restHere);
      }
    }
  },
};

/** A page whose policy forbids workers, or a file that is not there: it is read here, and no error is shown. */
export const Blocked: Story = {
  async play() {
    const set = await parseTraces(recordings.supportAgent, {
      createWorker: () => new Worker(new URL('/no-such-worker.js', location.href), { type: 'module' }),
    });
    await expect(set.traces[0]!.spanCount).toBeGreaterThan(10);
    await expect(set.diagnostics.find(({ code }) => code === 'read-on-page')?.severity).toBe('info');
  },
};

const TIMES = 4;

/** Workers that were made, and how many of them have ended. */
const counted = { made: 0, ended: 0 };
function createCounted(): Worker {
  const worker = createWorker();
  counted.made += 1;
  const { terminate } = worker;
  worker.terminate = () => {
    counted.ended += 1;
    terminate.call(worker);
  };
  return worker;
}

function OneAfterTheOther() {
  const [open, setOpen] = useState(1);
  const [input, setInput] = useState(() => fileOf(1));
  return (
    <div style={{ height: 640 }}>
      <button
        type="button"
        onClick={() => {
          setOpen(open + 1);
          setInput(fileOf(open + 1));
        }}
      >
        Open another
      </button>
      <button type="button" onClick={() => setOpen(0)}>
        Let go
      </button>
      {open === 0 ? <p>Closed.</p> : <TraceViewer input={input} options={{ createWorker: createCounted }} />}
    </div>
  );
}

const fileOf = (place: number): File => new File([recordings.langchainRag], `${place}.jsonl`);

/** Collects all that nobody holds; not at all where the browser was not told to let a page ask for that. */
async function collect(): Promise<void> {
  const { gc } = globalThis as { gc?: (options: { readonly execution: 'async' }) => Promise<void> };
  // References that were looked at stay until the turn ends.
  for (let turn = 0; turn < 3; turn += 1) await gc?.({ execution: 'async' });
}

/** Traces that are opened one after the other: the workers of those before end, as nothing holds these any more. */
export const LetGo: Story = {
  render: () => <OneAfterTheOther />,
  async play({ canvas, step }) {
    Object.assign(counted, { made: 0, ended: 0 });
    const end = async (count: number): Promise<void> => {
      if (!('gc' in globalThis)) return;
      await waitFor(async () => {
        await collect();
        await expect(counted.ended).toBeGreaterThanOrEqual(count);
      }, LONG);
    };
    await step('opens one after the other, and looks at a span of each', async () => {
      for (let time = 1; time <= TIMES; time += 1) {
        await waitFor(() => expect(counted.made).toBe(time), LONG);
        // The names of the columns are there first.
        await waitFor(() => expect(canvas.getAllByRole('row').length).toBeGreaterThan(2), LONG);
        await userEvent.click(canvas.getAllByRole('row')[2]!);
        await canvas.findByRole('complementary', {}, LONG);
        if (time < TIMES) await userEvent.click(canvas.getByRole('button', { name: 'Open another' }));
      }
      await end(TIMES - 1);
    });
    await step('once the viewer is gone, the last ends too', async () => {
      await userEvent.click(canvas.getByRole('button', { name: 'Let go' }));
      await canvas.findByText('Closed.');
      await end(TIMES);
    });
  },
};
