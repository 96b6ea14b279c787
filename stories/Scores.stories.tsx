import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, userEvent, waitFor, within } from 'storybook/test';
import { TraceViewer } from '../src/index.ts';
import { recordings } from './recordings.ts';

const meta = {
  title: 'Scores and links',
  component: TraceViewer,
  decorators: [
    (Story) => (
      <div style={{ height: 640 }}>
        <Story />
      </div>
    ),
  ],
} satisfies Meta<typeof TraceViewer>;
export default meta;
type Story = StoryObj<typeof meta>;

/**
 * A trace of Langfuse: what a customer thought stands with the trace, what programs thought with the step they judged.
 */
export const OfTraceAndSpan: Story = {
  args: { input: recordings.parcelClaim },
  async play({ canvas }) {
    await expect(await canvas.findByText('customer_reply')).toBeVisible();
    await userEvent.click(await canvas.findByRole('row', { name: /^decide/ }));
    const detail = await canvas.findByRole('complementary', { name: 'Details of decide' });
    await userEvent.click(within(detail).getByRole('tab', { name: /Scores/ }));
    await expect(within(detail).getByText('confidence')).toBeVisible();
    await expect(within(detail).getByText('0.86')).toBeVisible();
    await expect(within(detail).getByText('Refund is within the limit.')).toBeVisible();
  },
};

/** Feedback of LangSmith, read beside the runs it is about. */
export const Feedback: Story = { args: { input: recordings.releaseScribe } };

const span = (traceId: string, spanId: string, name: string, more: object = {}) => ({
  traceId,
  spanId,
  name,
  startUnixNano: '1795359116000000000',
  endUnixNano: '1795359118000000000',
  ...more,
});
const [MONDAY, TUESDAY] = ['4bf92f3577b34da6a3ce929d0e0e4736', '5cf92f3577b34da6a3ce929d0e0e4736'];

/** A retry in a trace of its own: each end knows the other, and leads there. */
export const LinksAcrossTraces: Story = {
  args: {
    input: {
      format: 'spanwise/1',
      traces: [
        {
          traceId: MONDAY,
          spans: [
            span(MONDAY, '00f067aa0ba902b7', 'first attempt', {
              kind: 'agent',
              status: 'error',
              statusMessage: 'out of time',
            }),
            span(MONDAY, '00f067aa0ba902b8', 'ask', { kind: 'llm', parentSpanId: '00f067aa0ba902b7' }),
          ],
        },
        {
          traceId: TUESDAY,
          spans: [
            span(TUESDAY, '10f067aa0ba902b7', 'second attempt', {
              kind: 'agent',
              links: [
                { traceId: MONDAY, spanId: '00f067aa0ba902b7', attributes: { reason: 'retry' } },
                { traceId: MONDAY, spanId: 'ffffffffffffffff' },
              ],
            }),
          ],
        },
      ],
    },
  },
  async play({ canvas }) {
    await userEvent.click(await canvas.findByRole('row', { name: /^first attempt/ }));
    await userEvent.click(await canvas.findByRole('tab', { name: /Links/ }));
    await expect(canvas.getByText('Pointed to by')).toBeVisible();
    await userEvent.click(canvas.getByRole('button', { name: 'Show' }));
    const detail = await canvas.findByRole('complementary', { name: 'Details of second attempt' });
    await expect(within(detail).getByText('first attempt')).toBeVisible();
    await expect(within(detail).getByText('a span that is not in the input')).toBeVisible();
    await userEvent.click(within(detail).getByRole('button', { name: 'Show' }));
    await waitFor(() => expect(canvas.getByRole('row', { selected: true })).toHaveTextContent('first attempt'));
  },
};
