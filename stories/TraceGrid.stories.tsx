import type { Meta, StoryObj } from '@storybook/react-vite';
import type { ReactNode } from 'react';
import { expect, fireEvent, userEvent, waitFor, within } from 'storybook/test';
import { TraceGantt, TraceProvider, TraceTree, useTraces, type TraceProviderProps } from '../src/index.ts';
import { TraceGrid } from '../src/components/TraceGrid/TraceGrid.tsx';
import { atRest } from './atRest.ts';
import { recordings, unfolded } from './recordings.ts';

type StageProps = Omit<TraceProviderProps, 'trace' | 'children'> & { readonly children?: ReactNode };

/** A provider over the recorded trace, with one grid in it. */
function Stage({ children = <TraceGrid />, ...props }: StageProps) {
  const { set } = useTraces(recordings.supportAgent);
  return (
    <TraceProvider trace={set?.traces[0] ?? null} style={{ height: 640 }} {...props}>
      {children}
    </TraceProvider>
  );
}

const meta = { component: Stage, title: 'TraceGrid' } satisfies Meta<typeof Stage>;
export default meta;
type Story = StoryObj<typeof meta>;
type Canvas = ReturnType<typeof within>;

const row = (canvas: Canvas, name: RegExp): Promise<HTMLElement> => canvas.findByRole('row', { name });
const rowsOf = (canvas: Canvas): number => Number(canvas.getByRole('treegrid').getAttribute('aria-rowcount'));

/** Names, numbers and bars in one row. */
export const Waterfall: Story = {
  async play({ canvas, canvasElement }) {
    await row(canvas, /refund\.eligibility.*failed/);
    const marks = canvasElement.querySelectorAll('[data-mark]');
    await expect(marks.length).toBeGreaterThan(20);
    await expect(canvasElement.querySelectorAll('[data-mark=error]')).toHaveLength(1);
    await expect(canvasElement.querySelectorAll('.tv-tick').length).toBeGreaterThan(3);
  },
};

export const Tree: Story = {
  args: { children: <TraceTree /> },
  async play({ canvas }) {
    // What comes from contents needs no timeline.
    await expect(await row(canvas, /^rerank.*6 of 24 documents/)).toBeVisible();
  },
};
export const Gantt: Story = { args: { children: <TraceGantt /> } };

/**
 * How often an agent turned to its model stands behind its name; how many documents a step found or kept comes when its
 * content was read.
 */
export const CountsInRows: Story = {
  async play({ canvas, canvasElement }) {
    await row(canvas, /^billing_agent ?2 turns: calls of its model/);
    // One turn is no loop.
    await expect(await row(canvas, /^triage_agent ?Agent/)).toBeVisible();
    const search = await row(canvas, /^search_help_center ?6 documents ?Retriever/);
    await expect(within(search).getByText('6 docs')).toBeVisible();
    await expect(within(search).getByTitle('6 documents')).toBeVisible();
    await expect(await row(canvas, /^rerank.*6 of 24 documents ?Reranker/)).toHaveTextContent('24 → 6 docs');
    await expect(canvasElement.querySelectorAll('.tv-count:not([hidden])').length).toBe(3);
  },
};

/** A step that failed and was tried again with the same input: its attempts say so, and lead to each other. */
export const Retries: Story = {
  async play({ canvas }) {
    const first = await row(canvas, /^refund\.eligibility.*attempt 1 of 2, the last one worked/);
    await userEvent.click(within(first).getByText('tried again'));
    const second = await canvas.findByRole('row', { selected: true });
    await expect(second).toHaveAccessibleName(/^refund\.eligibility.*attempt 2 of 2/);
    await userEvent.click(within(second).getByText('retry 1'));
    await waitFor(() => expect(first).toHaveAttribute('aria-selected', 'true'));
    await expect(canvas.getAllByText(/^(retry|tried again)/)).toHaveLength(2);
  },
};

/** Where a row is narrow, a count is seen whole or not at all, and the name never gives way to it. */
export const CountsInNarrowRows: Story = {
  ...CountsInRows,
  decorators: [
    (Story) => (
      <div style={{ width: 360 }}>
        <Story />
      </div>
    ),
  ],
  async play({ canvas }) {
    for (const [name, fits] of [
      [/^rerank/, true],
      [/^search_help_center.*6 documents/, false],
    ] as const) {
      const found = await row(canvas, name);
      const count = await waitFor(() => {
        const shown = found.querySelector<HTMLElement>('.tv-count:not([hidden])')!;
        void expect(shown).not.toBeNull();
        return shown;
      });
      const text = count.firstElementChild!.getBoundingClientRect();
      const box = count.getBoundingClientRect();
      await expect(text.top < box.bottom - 1 && text.right <= box.right + 1).toBe(fits);
      const label = found.querySelector('.tv-name')!;
      await expect(label.scrollWidth).toBeLessThanOrEqual(label.clientWidth);
    }
  },
};

/** Opening and closing with the arrow, and what a closed span says of the failure inside it. */
export const OpenAndClose: Story = {
  async play({ canvas, canvasElement }) {
    const billing = await row(canvas, /^billing_agent/);
    const before = rowsOf(canvas);
    await userEvent.click(billing.querySelector('.tv-fold')!);
    await waitFor(() => expect(rowsOf(canvas)).toBe(before - 6));
    await expect(await row(canvas, /^billing_agent/)).toHaveAttribute('aria-expanded', 'false');
    await expect(await row(canvas, /^billing_agent.*A span inside failed/)).toBeVisible();
    await expect(canvasElement.querySelectorAll('[data-mark=failure]')).toHaveLength(1);
  },
};

/** The keys of a treegrid, rows first, then cells. */
export const Keyboard: Story = {
  async play({ canvas }) {
    await row(canvas, /^support\.reply/);
    const before = rowsOf(canvas);
    await userEvent.tab();
    await expect(document.activeElement).toHaveAccessibleName(/^support\.reply/);
    await userEvent.keyboard('{ArrowDown}');
    await expect(document.activeElement).toHaveAccessibleName(/^pii\.redact/);
    await userEvent.keyboard('{ArrowLeft}');
    await expect(document.activeElement).toHaveAccessibleName(/^support\.reply/);
    await userEvent.keyboard('{ArrowLeft}');
    await waitFor(() => expect(rowsOf(canvas)).toBe(2));
    await userEvent.keyboard('{ArrowRight}');
    await waitFor(() => expect(rowsOf(canvas)).toBe(before));
    await userEvent.keyboard('{ArrowRight}');
    await expect(document.activeElement).toHaveAttribute('role', 'rowheader');
    await userEvent.keyboard('{ArrowRight}');
    await expect(document.activeElement).toHaveTextContent(/s$/);
    await userEvent.keyboard('{ArrowLeft}{ArrowLeft}{End}');
    await waitFor(() => expect(document.activeElement).toHaveAttribute('aria-rowindex', String(before)));
    await userEvent.keyboard('{Home}{Enter}');
    await waitFor(() => expect(document.activeElement).toHaveAttribute('aria-selected', 'true'));
    await userEvent.tab();
    await expect(canvas.getByRole('treegrid')).not.toContainElement(document.activeElement as HTMLElement);
  },
};

/** The focused row stays mounted while it is scrolled out of sight. */
export const FocusSurvivesScrolling: Story = {
  args: { defaultFolds: unfolded },
  async play({ canvas }) {
    (await row(canvas, /^pii\.redact/)).focus();
    const grid = canvas.getByRole('treegrid');
    grid.scrollTop = grid.scrollHeight;
    await waitFor(() => expect(canvas.queryByRole('row', { name: /^triage_agent/ })).toBeNull());
    await expect(document.activeElement).toHaveAccessibleName(/^pii\.redact/);
  },
};

/** From right to left the arrows change sides: a row opens towards the end of the line. */
export const ArrowsFromTheRight: Story = {
  decorators: [
    (Story) => (
      <div dir="rtl">
        <Story />
      </div>
    ),
  ],
  async play({ canvas }) {
    const agent = await row(canvas, /^triage_agent/);
    agent.focus();
    await userEvent.keyboard('{ArrowRight}');
    await waitFor(() => expect(agent).toHaveAttribute('aria-expanded', 'false'));
    await userEvent.keyboard('{ArrowLeft}');
    await waitFor(() => expect(agent).toHaveAttribute('aria-expanded', 'true'));
  },
};

/** The keyboard goes on from a row that was scrolled away, and the focus with it. */
export const KeysAfterScrolling: Story = {
  args: { defaultFolds: unfolded },
  async play({ canvas }) {
    (await row(canvas, /^pii\.redact/)).focus();
    const grid = canvas.getByRole('treegrid');
    grid.scrollTop = grid.scrollHeight;
    await waitFor(() => expect(canvas.queryByRole('row', { name: /^triage_agent/ })).toBeNull());
    await userEvent.keyboard('{ArrowDown}');
    await waitFor(() => expect(document.activeElement).toHaveAccessibleName(/^POST/));
    await userEvent.keyboard('{ArrowDown}{ArrowDown}');
    await waitFor(() => expect(document.activeElement).toHaveAccessibleName(/^triage_agent/));
  },
};

/** Ctrl with the wheel zooms about the pointer: the time under it keeps its place. No row renders again. */
export const WheelZoom: Story = {
  async play({ canvas, canvasElement }) {
    await row(canvas, /^support\.reply/);
    const axis = canvasElement.querySelector('.tv-axis-scale')!;
    const { left, width, bottom } = axis.getBoundingClientRect();
    const x = left + width / 2;
    fireEvent.pointerMove(axis, { clientX: x, clientY: bottom + 40, pointerType: 'mouse' });
    const chip = canvasElement.querySelector('.tv-chip')!;
    await waitFor(() => expect(chip).toHaveTextContent(/^[\d.]+ s/));
    const time = chip.textContent;
    const ticks = canvasElement.querySelector('.tv-axis-scale')!.textContent;
    await atRest(() => canvasElement.querySelectorAll('.tv-rows *').length);
    let commits = 0;
    const watch = new MutationObserver((changes) => {
      for (const { target } of changes) if (!(target as Element).closest?.('.tv-marks, .tv-axis-scale')) commits += 1;
    });
    watch.observe(canvasElement.querySelector('.tv-rows')!, { childList: true, subtree: true });
    for (let turn = 0; turn < 5; turn += 1)
      fireEvent.wheel(axis, { ctrlKey: true, deltaY: -100, clientX: x, clientY: bottom + 40 });
    await waitFor(() => expect(canvasElement.querySelector('.tv-axis-scale')!.textContent).not.toBe(ticks));
    await expect(chip.textContent).toBe(time);
    watch.disconnect();
    await expect(commits).toBe(0);
  },
};

/** A host's column. */
export const HostColumn: Story = {
  args: {
    children: (
      <TraceGrid
        columns={[{ id: 'model', header: 'Model', width: 120, value: ({ index }, trace) => trace.span(index).model }]}
      />
    ),
  },
  async play({ canvas }) {
    await expect(await canvas.findByRole('columnheader', { name: 'Model' })).toBeVisible();
    await expect((await canvas.findAllByRole('gridcell', { name: 'gpt-4.1-mini' })).length).toBeGreaterThan(1);
  },
};
