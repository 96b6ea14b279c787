import type { Meta, StoryObj } from '@storybook/react-vite';
import { useState } from 'react';
import { expect, userEvent, waitFor } from 'storybook/test';
import { TraceViewer } from '../src/index.ts';
import { recordings } from './recordings.ts';

const BYTES = new TextEncoder().encode(recordings.supportAgent);

/** A source that gives half of its bytes, and the rest when it is asked to. */
function createSource(): { readonly stream: ReadableStream<Uint8Array>; finish(): void } {
  let source!: ReadableStreamDefaultController<Uint8Array>;
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      source = controller;
      source.enqueue(BYTES.slice(0, BYTES.length / 2));
    },
  });
  return {
    stream,
    finish() {
      source.enqueue(BYTES.slice(BYTES.length / 2));
      source.close();
    },
  };
}

interface StageProps {
  readonly knowsSize: boolean;
}

function Stage({ knowsSize }: StageProps) {
  const [{ stream, finish }] = useState(createSource);
  const [input] = useState(() =>
    knowsSize ? new Response(stream, { headers: { 'content-length': String(BYTES.length) } }) : stream,
  );
  return (
    <div style={{ height: 480 }}>
      <button type="button" onClick={finish}>
        The rest
      </button>
      <TraceViewer input={input} />
    </div>
  );
}

/** How far reading is, while it goes on. */
const meta = { title: 'Progress', component: Stage } satisfies Meta<typeof Stage>;
export default meta;
type Story = StoryObj<typeof meta>;

/** Half of the bytes are there: of arriving, parsing and making traces that is a fifth. */
export const KnownSize: Story = {
  args: { knowsSize: true },
  async play({ canvas }) {
    const bar = await canvas.findByRole('progressbar', { name: 'Reading the trace' });
    await waitFor(() => expect(bar).toHaveAttribute('aria-valuenow', '20'));
    await expect(bar.firstElementChild!.getBoundingClientRect().width).toBeCloseTo(bar.clientWidth / 5, 0);
    await userEvent.click(canvas.getByRole('button', { name: 'The rest' }));
    await expect(await canvas.findByRole('treegrid')).toBeVisible();
    await expect(canvas.queryByRole('progressbar')).toBeNull();
  },
};

/** A source that does not say how much there is: the bar says that it goes on, and nothing else. */
export const UnknownSize: Story = {
  args: { knowsSize: false },
  async play({ canvas }) {
    const bar = await canvas.findByRole('progressbar', { name: 'Reading the trace' });
    await expect(bar).not.toHaveAttribute('aria-valuenow');
    await expect(bar).toHaveAttribute('data-state', 'unknown');
    await userEvent.click(canvas.getByRole('button', { name: 'The rest' }));
    await expect(await canvas.findByRole('treegrid')).toBeVisible();
  },
};

/** What takes a while says how much is read, and can be left: by the button, or Escape. */
export const Cancelled: Story = {
  args: { knowsSize: true },
  async play({ canvas }) {
    const cancel = await canvas.findByRole('button', { name: 'Cancel' });
    await expect(canvas.getByText(/^\d+ of \d+ MB$/)).toBeVisible();
    await userEvent.click(cancel);
    await expect(await canvas.findByRole('heading', { name: 'Reading was cancelled' })).toBeVisible();
    await expect(canvas.queryByRole('progressbar')).toBeNull();
  },
};

/** Nothing has the focus yet: Escape is meant for what is read. */
export const CancelledByKey: Story = {
  args: { knowsSize: false },
  async play({ canvas }) {
    await canvas.findByRole('button', { name: 'Cancel' });
    await userEvent.keyboard('{Escape}');
    await expect(await canvas.findByRole('heading', { name: 'Reading was cancelled' })).toBeVisible();
  },
};
