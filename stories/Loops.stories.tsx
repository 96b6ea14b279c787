import type { Meta, StoryObj } from '@storybook/react-vite';
import { useState } from 'react';
import { expect, fireEvent, fn, userEvent, waitFor, within } from 'storybook/test';
import { decodeViewState, encodeViewState, TraceGantt, TraceProvider, TraceTree, TraceViewer } from '../src/index.ts';
import { useTraces, type TraceViewerProps, type ViewState } from '../src/index.ts';
import { recordings } from './recordings.ts';

const meta = {
  component: TraceViewer,
  title: 'Loops',
  args: { input: recordings.supportAgent, onFoldsChange: fn() },
  render: (args: TraceViewerProps) => (
    <div style={{ height: 900, width: 1440 }}>
      <TraceViewer {...args} />
    </div>
  ),
} satisfies Meta<typeof TraceViewer>;
export default meta;
type Story = StoryObj<typeof meta>;
type Canvas = ReturnType<typeof within>;

const loopRow = (canvas: Canvas): Promise<HTMLElement> =>
  canvas.findByRole('row', { name: /^draft_and_critique.*12 iterations, folded/ });
const rowCount = (canvas: Canvas): number => Number(canvas.getByRole('treegrid').getAttribute('aria-rowcount'));

/** Twelve drafts and critiques are one row, with a segment for each, sums, and a word about the slowest. */
export const OneRow: Story = {
  async play({ canvas, canvasElement }) {
    const row = await loopRow(canvas);
    await expect(row).toHaveAttribute('aria-expanded', 'false');
    await expect(row).toHaveTextContent('×12');
    await waitFor(() => expect(row.querySelectorAll('[data-mark=turn]')).toHaveLength(12));
    await expect(row.querySelector('[data-column=tokens]')).toHaveTextContent('Σ18.1k');
    await expect(row.querySelector('[data-column=cost]')).toHaveTextContent('Σ$0.0203');
    await expect(row).toHaveAccessibleName(/median iteration 372 ms, slowest 604 ms: iteration 7/);
    const sixth = row.querySelectorAll('[data-mark=turn]')[5]!;
    const { left, top } = sixth.getBoundingClientRect();
    fireEvent.pointerMove(sixth, { clientX: left + 2, clientY: top + 2, pointerType: 'mouse' });
    await waitFor(() => expect(canvasElement.querySelector('.tv-tip')).toHaveTextContent(/Slowest \(7\)604 ms/));
    await expect(canvasElement.querySelector('.tv-tip')).toHaveTextContent(/76 %/);
    await expect(canvas.getByText('28 of 66 spans')).toBeVisible();
  },
};

/** Opened and closed again by keys, all is as it was. */
export const ByKeys: Story = {
  async play({ canvas, args }) {
    const row = await loopRow(canvas);
    const before = rowCount(canvas);
    row.focus();
    await userEvent.keyboard('{ArrowRight}');
    await waitFor(() => expect(rowCount(canvas)).toBe(67));
    await expect(document.activeElement).toHaveAccessibleName(/^draft_and_critique.*first of 12 iterations/);
    // First the span itself closes, then the loop that begins with it.
    await userEvent.keyboard('{ArrowLeft}{ArrowLeft}');
    await waitFor(() => expect(rowCount(canvas)).toBe(before));
    await expect(args.onFoldsChange).toHaveBeenLastCalledWith({ base: 'all', except: [] });
    await expect(document.activeElement).toHaveAccessibleName(/12 iterations, folded/);
    await userEvent.keyboard('l');
    await waitFor(() => expect(rowCount(canvas)).toBeGreaterThan(before + 20));
    await userEvent.keyboard('l');
    await waitFor(() => expect(rowCount(canvas)).toBe(before));
  },
};

/** By the sign with the number, and by the switch over all loops; “Open all” opens them too. */
export const ByPressing: Story = {
  async play({ canvas }) {
    const row = await loopRow(canvas);
    const before = rowCount(canvas);
    await userEvent.click(row.querySelector('.tv-loop')!);
    await waitFor(() => expect(rowCount(canvas)).toBe(67));
    const again = canvas.getByRole('row', { name: /first of 12 iterations/ });
    await userEvent.click(again.querySelector('.tv-loop')!);
    await waitFor(() => expect(rowCount(canvas)).toBe(before));
    await userEvent.click(canvas.getByRole('button', { name: 'Open all' }));
    await waitFor(() => expect(rowCount(canvas)).toBe(67));
    const button = canvas.getByRole('button', { name: 'Fold loops' });
    await expect(button).toHaveAttribute('aria-pressed', 'false');
    await userEvent.click(button);
    await waitFor(() => expect(rowCount(canvas)).toBe(before));
    await expect(button).toHaveAttribute('aria-pressed', 'true');
  },
};

/** What is found inside is counted on the row; the next match opens the loop. */
export const Found: Story = {
  args: { defaultQuery: 'name:critique' },
  async play({ canvas }) {
    const row = await loopRow(canvas);
    await waitFor(() => expect(row).toHaveAccessibleName(/24 matches inside/));
    await userEvent.click(canvas.getByRole('button', { name: 'Next match' }));
    await userEvent.click(canvas.getByRole('button', { name: 'Next match' }));
    await waitFor(() => expect(canvas.getByRole('row', { selected: true })).toHaveAccessibleName(/^critique/));
    await expect(canvas.getByRole('row', { name: /first of 12 iterations/ })).toBeVisible();
  },
};

/** An error inside is said on the row, and its iteration is hatched. */
export const ErrorInside: Story = {
  args: { input: recordings.aiSdkAgent },
  async play({ canvas }) {
    const row = await canvas.findByRole('row', { name: /^step.*10 iterations, folded/ });
    await expect(row).toHaveTextContent(/\d errors?/);
    await waitFor(() => expect(row.querySelectorAll('[data-mark=turnError]').length).toBeGreaterThan(0));
    await userEvent.click(canvas.getByRole('button', { name: /Next error/ }));
    await waitFor(() => expect(canvas.getByRole('row', { selected: true })).toHaveAttribute('data-status', 'error'));
  },
};

/** In the details each iteration stands beside the others, by time, tokens or cost; the next is a press away. */
export const InTheDetails: Story = {
  args: { timeZone: 'UTC' },
  async play({ canvas }) {
    const row = await loopRow(canvas);
    await userEvent.click(row);
    const strip = await canvas.findByRole('group', { name: 'Iteration 1 of 12' });
    await expect(row).toHaveAttribute('aria-expanded', 'false');
    await expect(strip.querySelectorAll('[data-at]')).toHaveLength(12);
    await userEvent.click(within(strip).getByRole('button', { name: 'Cost' }));
    await expect(within(strip).getByRole('button', { name: 'Cost' })).toHaveAttribute('aria-pressed', 'true');
    await expect(strip.querySelector('[data-current]')).toHaveAttribute(
      'title',
      expect.stringMatching(/^Iteration 1 of 12: \$/),
    );
    // Who looks at another iteration sees it among the rows.
    await userEvent.click(within(strip).getByRole('button', { name: 'Next iteration' }));
    const second = await canvas.findByRole('group', { name: 'Iteration 2 of 12' });
    await expect(canvas.getByRole('row', { selected: true })).toHaveAccessibleName(/^draft_and_critique/);
    await expect(canvas.getByRole('row', { name: /first of 12 iterations/ })).toBeVisible();
    await userEvent.click(second.querySelector('[data-at="6"]')!);
    await expect(await canvas.findByRole('group', { name: 'Iteration 7 of 12' })).toBeVisible();
    await userEvent.click(canvas.getByRole('button', { name: 'Compare with…' }));
    await expect(await canvas.findByText('Another iteration')).toBeVisible();
    await userEvent.keyboard('{Escape}');
  },
};

/** What is open is part of the address. */
export const InTheAddress: Story = {
  render: function Render(args: TraceViewerProps) {
    const [view, setView] = useState('');
    const [again, setAgain] = useState<ViewState | null>(null);
    return (
      <div style={{ height: 900, width: 1440 }}>
        <output>{view}</output>
        <button type="button" onClick={() => setAgain(decodeViewState(view))}>
          Open the address
        </button>
        {again ? (
          <TraceViewer {...args} defaultViewState={again} key="again" />
        ) : (
          <TraceViewer {...args} onViewStateChange={(state) => setView(encodeViewState(state))} />
        )}
      </div>
    );
  },
  async play({ canvas, canvasElement }) {
    const row = await loopRow(canvas);
    await userEvent.click(row.querySelector('.tv-fold')!);
    await waitFor(() => expect(canvasElement.querySelector('output')).toHaveTextContent(/\.fa\*/));
    await userEvent.click(canvas.getByRole('button', { name: 'Open the address' }));
    await expect(await canvas.findByRole('row', { name: /first of 12 iterations/ })).toBeVisible();
  },
};

/** Tree and Gantt fold by themselves, too. */
export const PartsAlone: Story = {
  render: function Render() {
    const { set } = useTraces(recordings.supportAgent);
    return (
      <>
        {[<TraceTree key="tree" />, <TraceGantt key="gantt" />].map((part, place) => (
          <TraceProvider key={part.key ?? place} trace={set?.traces[0] ?? null} style={{ height: 400 }}>
            {part}
          </TraceProvider>
        ))}
      </>
    );
  },
  async play({ canvas }) {
    await waitFor(() => expect(canvas.getAllByText('×12')).toHaveLength(2));
  },
};

export const Dark: Story = { args: { theme: 'dark' }, play: async (context) => OneRow.play?.(context) };

/** On narrow pages and phones. */
export const Narrow: Story = {
  render: (args: TraceViewerProps) => (
    <>
      {[820, 360].map((width) => (
        <div key={width} style={{ height: 1100, width }}>
          <TraceViewer {...args} />
        </div>
      ))}
    </>
  ),
  async play({ canvas, canvasElement }) {
    await waitFor(() => expect(canvas.getAllByText('×12')).toHaveLength(2));
    for (const sign of canvasElement.querySelectorAll('.tv-loop')) {
      const cell = sign.closest('.tv-name-cell')!.getBoundingClientRect();
      await expect(sign.getBoundingClientRect().right).toBeLessThanOrEqual(cell.right + 1);
    }
    await userEvent.click(canvasElement.querySelectorAll('.tv-loop')[1]!);
    await waitFor(() => expect(canvas.getAllByText('×12')).toHaveLength(2));
    await expect(canvasElement.querySelectorAll('.tv-loop[data-state=open]')).toHaveLength(1);
  },
};
