import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect } from 'storybook/test';
import { TraceList, TraceProvider, TraceSession, TraceViewer, useTraces } from '../src/index.ts';

const span = (spanId: string, parentSpanId?: string, more: object = {}) => ({
  traceId: 'a'.repeat(32),
  spanId: spanId.repeat(16),
  ...(parentSpanId === undefined ? {} : { parentSpanId: parentSpanId.repeat(16) }),
  name: spanId === '1' ? 'answer' : 'plan',
  attributes: [{ key: 'session.id', value: { stringValue: 'night' } }],
  ...more,
});
const documentOf = (...spans: readonly object[]): object => ({ resourceSpans: [{ scopeSpans: [{ spans }] }] });

/** What nobody recorded is left empty, with the word why, and never drawn as 0, as 1970 or as a success. */
const meta = {
  title: 'UnknownTimes',
  component: TraceViewer,
  args: { input: documentOf(span('1'), span('2', '1')) },
  decorators: [
    (Story) => (
      <div style={{ height: 480 }}>
        <Story />
      </div>
    ),
  ],
} satisfies Meta<typeof TraceViewer>;
export default meta;
type Story = StoryObj<typeof meta>;

const CLAIMS = /1970|\b0 ms\b|Not finished|^No errors$|no end/;

/** No time in the whole trace. */
export const Header: Story = {
  async play({ canvas, canvasElement }) {
    await expect(await canvas.findByText('no times recorded')).toBeVisible();
    await expect(canvas.getByText('No errors recorded')).toBeVisible();
    const header = canvasElement.querySelector('[data-trace-part=header]')!;
    await expect(header).toHaveAttribute('data-state', 'unknown');
    await expect(header.textContent).not.toMatch(CLAIMS);
    await expect(canvas.queryByRole('term', { name: 'Duration' })).toBeNull();
  },
};

/** It began, and that is all that is known. */
export const JustBegun: Story = {
  args: { input: documentOf(span('1', undefined, { startTimeUnixNano: '1700000000000000000' })), timeZone: 'UTC' },
  async play({ canvas, canvasElement }) {
    await expect(await canvas.findByText(/Nov 14, 2023/)).toBeVisible();
    await expect(canvas.getByText('Not finished')).toBeVisible();
    await expect(canvasElement.querySelector('[data-trace-part=header]')!.textContent).not.toMatch(/\b0 ms\b/);
  },
};

/** In the table of traces, and on the timeline of a session. */
export const ListAndSession: Story = {
  render: function Render({ input }) {
    const { set } = useTraces(input);
    return (
      <TraceProvider trace={null} style={{ display: 'grid', gridTemplateRows: '1fr 1fr' }}>
        {set ? <TraceList traces={set} /> : null}
        {set ? <TraceSession traces={set} session="night" /> : null}
      </TraceProvider>
    );
  },
  async play({ canvas, canvasElement }) {
    await expect(await canvas.findAllByText('no times recorded')).toHaveLength(3);
    for (const part of canvasElement.querySelectorAll('[data-trace-part=list], [data-trace-part=session]'))
      await expect(part.textContent).not.toMatch(CLAIMS);
  },
};
