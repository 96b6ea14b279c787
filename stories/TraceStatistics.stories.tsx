import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, fn, userEvent, waitFor, within } from 'storybook/test';
import { TraceProvider, TraceStatistics, TraceViewer, useTraces } from '../src/index.ts';
import { recordings } from './recordings.ts';
import { tall } from './tall.tsx';

const meta = {
  title: 'TraceStatistics',
  component: TraceViewer,
  args: { input: recordings.supportAgent, defaultMainView: 'statistics' },
  decorators: [tall],
} satisfies Meta<typeof TraceViewer>;
export default meta;
type Story = StoryObj<typeof meta>;

type Canvas = ReturnType<typeof within>;
async function table(canvas: Canvas): Promise<HTMLElement> {
  const grid = await canvas.findByRole('grid', { name: 'Statistics of support.reply' }, { timeout: 5000 });
  await waitFor(() => expect(rows(grid).length).toBeGreaterThan(0));
  return grid;
}
const rows = (grid: HTMLElement): HTMLElement[] => within(grid).getAllByRole('row').slice(1);
const rowOf = (grid: HTMLElement, name: RegExp): HTMLElement => within(grid).getByRole('row', { name });

/** Where the time, the tokens and the money went; a press on a row finds its spans, in the timeline too. */
export const SupportAgent: Story = {
  args: { onQueryChange: fn() },
  async play({ canvas, args }) {
    const grid = await table(canvas);
    await userEvent.click(canvas.getByRole('radio', { name: 'Kind' }));
    const llm = await within(grid).findByRole('row', { name: /^LLM/ });
    await userEvent.click(within(grid).getByRole('button', { name: 'Cost' }));
    await expect(rows(grid)[0]).toHaveAccessibleName(/^LLM/);
    await expect(within(grid).getByRole('columnheader', { name: 'Cost' })).toHaveAttribute('aria-sort', 'descending');
    await userEvent.click(llm);
    await expect(args.onQueryChange).toHaveBeenLastCalledWith('kind:llm');
    await waitFor(() => expect(rowOf(grid, /^LLM/)).toHaveAttribute('aria-selected', 'true'));
    await expect(rowOf(grid, /^Tool/)).toHaveAttribute('data-dimmed');
    await userEvent.click(rowOf(grid, /^LLM/));
    await expect(args.onQueryChange).toHaveBeenLastCalledWith('');
    await waitFor(() => expect(rowOf(grid, /^Tool/)).not.toHaveAttribute('data-dimmed'));
    await userEvent.click(canvas.getByRole('radio', { name: 'Model' }));
    await expect(await within(grid).findByRole('row', { name: /^no model/ })).toBeVisible();
  },
};

/** Rows and heads are reached by the arrow keys, Enter finds the spans of a row. */
export const Keys: Story = {
  args: { onQueryChange: fn() },
  async play({ canvas, args }) {
    const grid = await table(canvas);
    rows(grid)[0]!.focus();
    await userEvent.keyboard('{ArrowDown}{Enter}');
    await expect(args.onQueryChange).toHaveBeenLastCalledWith(expect.stringMatching(/^name="?./));
    await waitFor(() => expect(rows(grid)[1]).toHaveAttribute('aria-selected', 'true'));
    await userEvent.keyboard('{ArrowUp}{ArrowUp}{ArrowRight}{Enter}');
    await expect(within(grid).getByRole('columnheader', { name: 'Spans' })).toHaveAttribute('aria-sort', 'descending');
    await userEvent.keyboard('v');
    await canvas.findByRole('treegrid', { name: 'Spans of support.reply' });
  },
};

/** Where the search hides what it does not match, the table is about what is left. */
export const OfWhatIsFound: Story = {
  args: { defaultQuery: 'kind:tool', defaultFilterMode: 'hide' },
  async play({ canvas }) {
    const grid = await table(canvas);
    await userEvent.click(canvas.getByRole('radio', { name: 'Kind' }));
    await waitFor(() => expect(rows(grid)).toHaveLength(1));
    await expect(rows(grid)[0]).toHaveAccessibleName(/^Tool/);
  },
};

export const Narrow: Story = {
  args: { theme: 'dark' },
  parameters: { width: 360 },
  async play({ canvas, canvasElement }) {
    const grid = await table(canvas);
    await expect(grid.scrollWidth).toBeLessThanOrEqual(grid.clientWidth);
    await userEvent.selectOptions(canvas.getByRole('combobox', { name: 'Sort by' }), 'Spans');
    await expect(canvasElement.querySelector('.tv-statistics')).toHaveAttribute('data-state', 'ready');
  },
};

/** All traces of a set, by agent; a press filters the list of traces. */
export const OfASet: Story = {
  render: function OfASet(args) {
    const { set } = useTraces([recordings.supportAgent, recordings.aiSdkAgent]);
    return (
      <TraceProvider trace={null} onTraceQueryChange={args.onTraceQueryChange!} style={{ height: 500 }}>
        {set ? <TraceStatistics traces={set} defaultBy="kind" /> : null}
      </TraceProvider>
    );
  },
  args: { onTraceQueryChange: fn() },
  async play({ canvas, args }) {
    const grid = await canvas.findByRole('grid', { name: /^Statistics of \d+ traces/ });
    await userEvent.click(await within(grid).findByRole('row', { name: /^LLM/ }));
    await expect(args.onTraceQueryChange).toHaveBeenLastCalledWith('kind:llm');
  },
};
