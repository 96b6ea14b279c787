import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, fn, userEvent, waitFor, within } from 'storybook/test';
import { ContextWindow, TraceProvider, TraceViewer, useTraces } from '../src/index.ts';
import { codingPrices, codingSession } from '../test/fixtures/generate/codingSession.ts';
import { recordings } from './recordings.ts';
import { tall } from './tall.tsx';

const session = codingSession();
const options = { prices: codingPrices };

const meta = {
  title: 'ContextWindow',
  component: TraceViewer,
  args: { input: session, options, defaultMainView: 'context' },
  decorators: [tall],
  parameters: { height: 860 },
} satisfies Meta<typeof TraceViewer>;
export default meta;
type Story = StoryObj<typeof meta>;

type Canvas = ReturnType<typeof within>;
const chart = (canvas: Canvas, name: RegExp | string): Promise<HTMLElement> =>
  canvas.findByRole('slider', { name }, { timeout: 15_000 });
const OF_AGENT = /^Context window of coding agent/;

/** Where the context of a coding agent went, which edit broke its cache, what that cost. A press leads to the call. */
export const CodingAgent: Story = {
  args: { onSelectedSpanChange: fn() },
  async play({ canvas, args }) {
    const plot = await chart(canvas, OF_AGENT);
    await expect(canvas.getByText('Fullest').closest('div')).toHaveTextContent(/call 34.* of 200k tok · \d\d %/);
    await expect(canvas.getByText('Cost of that').closest('div')).toHaveTextContent(/≈ \$1\.\d\d/);
    const breaks = within(canvas.getByRole('region', { name: 'Where the cache was lost' }));
    await expect(breaks.getAllByRole('button')).toHaveLength(7);
    await userEvent.click(
      breaks.getByRole('button', { name: /A time, date, id or count in the system prompt changed/ }),
    );
    await expect(plot).toHaveAttribute('aria-valuetext', expect.stringMatching(/^Call 13 of 60, .*\$0\.\d+$/));
    await expect(args.onSelectedSpanChange).toHaveBeenCalledTimes(1);
    await canvas.findByRole('complementary', { name: /Details of chat/ });
    // The details open at the difference, which stands at the beginning of a long conversation.
    const detail = within(await canvas.findByRole('complementary', { name: /Details of chat/ }));
    await waitFor(() => expect(detail.getByText('09:21:40.', { selector: 'mark' })).toBeVisible(), { timeout: 5000 });
    const facts = within(canvas.getByRole('region', { name: 'Call 13' }));
    await expect(facts.getByText(/09:14:05/)).toBeVisible();
    await expect(facts.getByText(/09:21:40/)).toBeVisible();
    await userEvent.click(canvas.getByRole('button', { name: 'Compare with call 12' }));
    await canvas.findByRole('treegrid', {}, { timeout: 10_000 });
  },
};

/** From call to call by the arrow keys, from break to break by N and P; Enter opens. */
export const Keys: Story = {
  args: { onSelectedSpanChange: fn() },
  async play({ canvas, args }) {
    const plot = await chart(canvas, OF_AGENT);
    plot.focus();
    await userEvent.keyboard('{Home}{ArrowRight}{ArrowRight}');
    await expect(plot).toHaveAttribute('aria-valuenow', '3');
    await userEvent.keyboard('nn');
    await expect(plot).toHaveAttribute('aria-valuetext', expect.stringContaining('Call 22 of 60'));
    await expect(plot).toHaveAttribute('aria-valuetext', expect.stringContaining('Tools in another order'));
    await userEvent.keyboard('p');
    await expect(plot).toHaveAttribute('aria-valuenow', '13');
    await expect(args.onSelectedSpanChange).not.toHaveBeenCalled();
    await userEvent.keyboard('{End}{Enter}');
    await expect(args.onSelectedSpanChange).toHaveBeenCalledTimes(1);
    await expect(plot).toHaveAttribute('aria-valuenow', '60');
  },
};

/** By mouse: what lies under it is told at the side, a press selects. */
export const Mouse: Story = {
  args: { onSelectedSpanChange: fn() },
  async play({ canvas, args }) {
    const plot = await chart(canvas, OF_AGENT);
    const { left, width, top } = plot.getBoundingClientRect();
    const at = (call: number) => ({ clientX: left + ((call - 0.5) / 60) * width, clientY: top + 100 });
    await userEvent.pointer({ target: plot, coords: at(29) });
    await waitFor(() => expect(canvas.getByRole('region', { name: 'Call 29' })).toHaveTextContent('did not read it'));
    await userEvent.pointer([{ keys: '[MouseLeft]', target: plot, coords: at(29) }]);
    await expect(args.onSelectedSpanChange).toHaveBeenCalledTimes(1);
    await expect(plot).toHaveAttribute('aria-valuenow', '29');
    await userEvent.click(canvas.getByText('As a table'));
    const table = await canvas.findByRole('table');
    await expect(within(table).getAllByRole('row')).toHaveLength(61);
  },
};

/** An agent with others below it, as it was recorded: each has its own window. */
export const RecordedAgents: Story = {
  args: { input: recordings.supportAgent, theme: 'dark' },
  async play({ canvas }) {
    const choice = await canvas.findByRole('combobox', { name: 'Agent' }, { timeout: 15_000 });
    const before = (await chart(canvas, /^Context window of/)).getAttribute('aria-label');
    const { options: agents } = choice as HTMLSelectElement;
    await userEvent.selectOptions(choice, agents[agents.length - 1]!);
    await waitFor(async () =>
      expect((await chart(canvas, /^Context window of/)).getAttribute('aria-label')).not.toBe(before),
    );
  },
};

/** Where no cache is recorded nothing is invented: only what changed in the text is known. */
export const NoCacheNumbers: Story = {
  args: { input: codingSession({ counts: 'none' }), theme: 'dark' },
  async play({ canvas }) {
    await chart(canvas, OF_AGENT);
    await expect(canvas.getByText(/^No numbers of a cache are recorded/)).toBeVisible();
    await expect(canvas.queryByText('Cost of that')).toBeNull();
    const breaks = within(canvas.getByRole('region', { name: 'Where the beginning of the prompt changed' }));
    await expect(breaks.getAllByRole('button')).toHaveLength(5);
  },
};

export const Narrow: Story = {
  parameters: { width: 360 },
  async play({ canvas, canvasElement }) {
    await chart(canvas, OF_AGENT);
    const page = canvasElement.querySelector('.tv-context')!;
    await expect(page.scrollWidth).toBeLessThanOrEqual(page.clientWidth);
  },
};

/** By itself, with the prices of the host. */
export const Alone: Story = {
  render: function Render() {
    const { set } = useTraces(session);
    return (
      <TraceProvider trace={set?.traces[0] ?? null} style={{ display: 'flex', flexDirection: 'column' }}>
        <ContextWindow prices={codingPrices} style={{ flex: 1 }} />
      </TraceProvider>
    );
  },
  async play({ canvas }) {
    await chart(canvas, OF_AGENT);
    await expect(canvas.getAllByText(/of 200k tok/)[0]).toBeVisible();
  },
};
