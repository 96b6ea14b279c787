import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, userEvent, waitFor } from 'storybook/test';
import { TraceList, TraceProvider, TraceSession, TraceViewer, useTraces } from '../src/index.ts';
import { trajectoryFiles } from '../test/fixtures/generate/trajectories.ts';

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

const trajectory = trajectoryFiles.find(({ expected }) => expected.format === 'swe-agent')!.texts[0]!;

/** A trajectory of SWE-agent has no clock: the axis counts its steps, and nothing has a length. */
export const Steps: Story = {
  args: { input: trajectory },
  async play({ canvas, canvasElement }) {
    const row = await canvas.findByRole('row', { name: /^chat.*step 1 of 4/ });
    await waitFor(() =>
      expect(Array.from(canvasElement.querySelectorAll('.tv-tick'), (tick) => tick.textContent)).toEqual(
        expect.arrayContaining(['1', '2', '3', '4']),
      ),
    );
    await expect(canvas.getByText('Steps', { selector: 'dt' })).toBeVisible();
    await expect(canvas.queryByRole('button', { name: 'Critical path' })).toBeNull();
    await userEvent.click(row);
    const details = await canvas.findByRole('complementary');
    await waitFor(() => expect(details).toHaveTextContent('step 1 of 4'));
    await userEvent.keyboard('+');
    const from = canvas.getByRole('slider', { name: /start/i });
    await waitFor(() => expect(from.getAttribute('aria-valuetext')).toMatch(/^step \d$/));
    await expect(canvasElement.textContent).not.toMatch(/1970|\b\d+ (?:ms|µs|ns)\b|no end/);
  },
};
