import type { Meta, StoryObj } from '@storybook/react-vite';
import { useState } from 'react';
import { expect, fn, userEvent, waitFor, within } from 'storybook/test';
import { defaultColumns, TraceViewer, type Column, type TraceViewerProps } from '../src/index.ts';
import { atRest } from './atRest.ts';
import { recordings } from './recordings.ts';

const meta = {
  component: TraceViewer,
  title: 'Columns',
  args: { input: recordings.supportAgent },
  decorators: [
    (Story, { parameters }) => (
      <div style={{ height: 640, width: parameters['width'] as number | undefined }}>
        <Story />
      </div>
    ),
  ],
} satisfies Meta<typeof TraceViewer>;
export default meta;
type Story = StoryObj<typeof meta>;
type Canvas = ReturnType<typeof within>;

const grid = async (canvas: Canvas): Promise<HTMLElement> => {
  await canvas.findByRole('row', { name: /^support\.reply/ });
  return canvas.getByRole('treegrid');
};
const openMenu = async (canvas: Canvas): Promise<Canvas> => {
  await grid(canvas);
  await userEvent.click(canvas.getByRole('button', { name: 'Columns' }));
  return within(await canvas.findByRole('dialog', { name: 'Columns' }));
};
const heads = (canvas: Canvas): (string | null)[] =>
  canvas
    .getAllByRole('columnheader')
    .map((head: HTMLElement) => head.getAttribute('aria-label'))
    .filter((name: string | null) => name !== null);
const names = (canvas: Canvas, level: number): (string | null | undefined)[] =>
  canvas
    .getAllByRole('row')
    .filter((row: HTMLElement) => row.getAttribute('aria-level') === String(level))
    .map((row: HTMLElement) => row.querySelector('.tv-name')?.textContent);

/** The menu shows and hides columns; one that comes back comes back to its place. */
export const ShowAndHide: Story = {
  args: { onShownColumnsChange: fn() },
  async play({ canvas, args }) {
    const menu = await openMenu(canvas);
    await userEvent.click(menu.getByRole('checkbox', { name: 'Model' }));
    await waitFor(() => expect(heads(canvas)).toEqual(['Span', 'Duration', 'Tokens', 'Cost', 'Model']));
    await expect(canvas.getAllByRole('gridcell', { name: 'gpt-4.1-mini' })[0]).toBeVisible();
    await userEvent.click(menu.getByRole('checkbox', { name: 'Tokens' }));
    await waitFor(() => expect(heads(canvas)).toEqual(['Span', 'Duration', 'Cost', 'Model']));
    await userEvent.click(menu.getByRole('checkbox', { name: 'Tokens' }));
    await waitFor(() => expect(heads(canvas)).toEqual(['Span', 'Duration', 'Tokens', 'Cost', 'Model']));
    await expect(args.onShownColumnsChange).toHaveBeenLastCalledWith(['duration', 'tokens', 'cost', 'model']);
    await userEvent.click(menu.getByRole('button', { name: 'Reset' }));
    await waitFor(() => expect(heads(canvas)).toEqual(['Span', 'Duration', 'Tokens', 'Cost']));
  },
};

/** Every built-in column has something to say, or stays empty. */
export const AllColumns: Story = {
  args: {
    defaultShownColumns: [
      'duration',
      'self',
      'start',
      'first',
      'speed',
      'tokens',
      'input',
      'cached',
      'output',
      'reasoning',
      'cost',
      'kind',
      'status',
      'service',
      'model',
      'provider',
      'scores',
      'children',
    ],
  },
  async play({ canvas }) {
    const element = await grid(canvas);
    const row = await within(element).findByRole('row', { name: /^classify_intent/ });
    await expect(row).toHaveTextContent(/gpt-4\.1-mini/);
    await expect(row.querySelector('[data-column=kind]')).toHaveTextContent('LLM');
    await expect(row.querySelector('[data-column=input]')).toHaveTextContent(/^\d/);
    await expect(element.scrollWidth).toBeGreaterThan(element.clientWidth);
    element.scrollLeft = 400;
    // Names stay where they are.
    await waitFor(() =>
      expect(row.querySelector('.tv-name-cell')!.getBoundingClientRect().left).toBeCloseTo(
        element.getBoundingClientRect().left,
        0,
      ),
    );
  },
};

/** Siblings by cost, children below their parent; the third press is the order of the trace again. */
export const SortByCost: Story = {
  args: { onSortChange: fn() },
  async play({ canvas, args }) {
    await grid(canvas);
    // More rows are mounted once the grid has been measured.
    await waitFor(() => expect(names(canvas, 4).length).toBeGreaterThan(3));
    const before = names(canvas, 4).slice(0, 3);
    const head = (): HTMLElement => canvas.getByRole('columnheader', { name: 'Cost' });
    const button = within(head()).getByRole('button', { name: 'Cost' });
    await userEvent.click(button);
    await waitFor(() => expect(head()).toHaveAttribute('aria-sort', 'descending'));
    await expect(names(canvas, 4)[0]).toBe('resolution_agent');
    const row = canvas.getByRole('row', { name: /^resolution_agent/ });
    await expect(row).toHaveAttribute('aria-posinset', '1');
    await expect(row.previousElementSibling).toHaveAccessibleName(/POST/);
    await userEvent.click(button);
    await waitFor(() => expect(head()).toHaveAttribute('aria-sort', 'ascending'));
    await userEvent.click(button);
    await waitFor(() => expect(head()).not.toHaveAttribute('aria-sort'));
    await expect(names(canvas, 4).slice(0, 3)).toEqual(before);
    await expect(args.onSortChange).toHaveBeenNthCalledWith(1, { id: 'cost', descending: true });
    await expect(args.onSortChange).toHaveBeenLastCalledWith(null);
  },
};

/** Selection, details and the next failure work in any order. */
export const SortedAndSelected: Story = {
  args: { defaultSort: { id: 'duration', descending: true } },
  async play({ canvas }) {
    await grid(canvas);
    await userEvent.click(canvas.getByRole('button', { name: /Next error/ }));
    const row = await canvas.findByRole('row', { selected: true });
    await expect(row).toHaveTextContent('refund.eligibility');
    await waitFor(() => expect(row).toBeVisible());
    row.focus();
    await userEvent.keyboard('{ArrowUp}{ArrowDown}');
    await expect(document.activeElement).toBe(row);
    await userEvent.keyboard('{ArrowLeft}');
    await expect(document.activeElement).toHaveAccessibleName(/^billing_agent/);
  },
};

const drag = async (edge: HTMLElement, by: number): Promise<void> => {
  const { left, top, width, height } = edge.getBoundingClientRect();
  const [x, y] = [left + width / 2, top + height / 2];
  const at = (type: string, clientX: number) =>
    edge.dispatchEvent(
      new PointerEvent(type, {
        bubbles: true,
        cancelable: true,
        clientX,
        clientY: y,
        pointerId: 1,
        button: 0,
        buttons: type === 'pointerup' ? 0 : 1,
        isPrimary: true,
        pointerType: 'mouse',
      }),
    );
  // A synthetic pointer cannot be captured; a real one is.
  edge.setPointerCapture = () => {};
  at('pointerdown', x);
  for (let step = 1; step <= 4; step += 1) at('pointermove', x + (by * step) / 4);
  at('pointerup', x + by);
};

/**
 * The edge of a column: it follows the pointer without a commit, the timeline gives way, and a double-click takes it
 * back.
 */
export const ResizeByMouse: Story = {
  async play({ canvas, canvasElement }) {
    await grid(canvas);
    const head = canvas.getByRole('columnheader', { name: 'Cost' });
    const edge = canvas.getByRole('separator', { name: 'Width of Cost' });
    const timeline = canvasElement.querySelector('.tv-axis')!;
    await atRest(() => canvasElement.querySelectorAll('.tv-rows *').length);
    const [left, right] = [head.getBoundingClientRect().left, timeline.getBoundingClientRect().left];
    let commits = 0;
    const watch = new MutationObserver((changes) => {
      for (const { target } of changes)
        if (!(target as Element).closest?.('.tv-marks, .tv-axis-scale, .tv-critical, [aria-hidden]')) commits += 1;
    });
    watch.observe(canvasElement.querySelector('.tv-rows')!, { childList: true, subtree: true });
    await drag(edge, 48);
    watch.disconnect();
    await expect(commits).toBe(0);
    await waitFor(() => expect(head.getBoundingClientRect().width).toBe(120));
    await expect(head.getBoundingClientRect().left).toBeCloseTo(left, 0);
    await expect(timeline.getBoundingClientRect().left).toBeCloseTo(right + 48, 0);
    await expect(edge).toHaveAttribute('aria-valuenow', '120');
    await expect(canvasElement.querySelector('.tv-row [data-column=cost]')!.getBoundingClientRect().width).toBe(120);
    await drag(canvas.getByRole('separator', { name: 'Width of Span' }), -100);
    await waitFor(() => expect(timeline.getBoundingClientRect().left).toBeCloseTo(right - 52, 0));
    await userEvent.dblClick(edge);
    await waitFor(() => expect(head.getBoundingClientRect().width).toBe(72));
  },
};

/** However wide the name is made, the least of the timeline stays in sight, also when the room grows smaller later. */
export const WidestName: Story = {
  parameters: { width: 1000 },
  async play({ canvas, canvasElement }) {
    const element = await grid(canvas);
    const timeline = canvasElement.querySelector('.tv-axis')!;
    const edge = canvas.getByRole('separator', { name: 'Width of Span' });
    const isInSight = (): boolean =>
      timeline.getBoundingClientRect().right <= element.getBoundingClientRect().right + 1 &&
      timeline.getBoundingClientRect().width >= 159;
    await drag(edge, 900);
    await waitFor(() => expect(Math.round(timeline.getBoundingClientRect().width)).toBe(160));
    await expect(isInSight()).toBe(true);
    await expect(edge).toHaveAttribute(
      'aria-valuenow',
      String(Math.round(edge.parentElement!.getBoundingClientRect().width)),
    );
    canvasElement.querySelector<HTMLElement>('.tv-root')!.style.width = '800px';
    await waitFor(() => expect(element.clientWidth).toBeLessThanOrEqual(800));
    await expect(isInSight()).toBe(true);
    await expect(element.scrollWidth).toBe(element.clientWidth);
  },
};

/**
 * Up on the first row leads to the heads, which are no tab stops of their own; Tab leads on to the edge, which the
 * arrow keys move.
 */
export const KeyboardOnly: Story = {
  async play({ canvas }) {
    const element = await grid(canvas);
    (await within(element).findByRole('row', { name: /^support\.reply/ })).focus();
    await userEvent.keyboard('{ArrowUp}{ArrowRight}{ArrowRight}{ArrowRight}');
    await expect(document.activeElement).toHaveAccessibleName('Cost');
    await userEvent.keyboard('{Enter}');
    await waitFor(() =>
      expect(canvas.getByRole('columnheader', { name: 'Cost' })).toHaveAttribute('aria-sort', 'descending'),
    );
    await userEvent.tab();
    await expect(document.activeElement).toHaveAccessibleName('Width of Cost');
    await userEvent.keyboard('{ArrowRight}{ArrowRight}{Shift>}{ArrowRight}{/Shift}');
    await waitFor(() => expect(document.activeElement).toHaveAttribute('aria-valuenow', '128'));
    await userEvent.keyboard('{Home}');
    await waitFor(() =>
      expect(canvas.getByRole('columnheader', { name: 'Cost' }).getBoundingClientRect().width).toBe(40),
    );
    await userEvent.keyboard('{Enter}');
    await waitFor(() => expect(document.activeElement).toHaveAttribute('aria-valuenow', '72'));
    await userEvent.keyboard('{ArrowDown}');
    await expect(document.activeElement).toHaveAccessibleName(/^support\.reply/);
    canvas.getByRole('button', { name: 'Columns' }).focus();
    await userEvent.keyboard('{Enter}');
    await expect(await canvas.findByRole('combobox', { name: 'Sort by' })).toHaveFocus();
    // A letter in the menu is no shortcut of the viewer.
    await userEvent.keyboard('{Escape}');
    await expect(canvas.queryByRole('dialog')).toBeNull();
    await expect(canvas.getByRole('button', { name: 'Columns' })).toHaveFocus();
  },
};

/** Any attribute, by its key. Its values are read for the rows on screen. */
export const AttributeColumn: Story = {
  async play({ canvas, canvasElement }) {
    const menu = await openMenu(canvas);
    await userEvent.type(menu.getByRole('combobox', { name: 'Attribute' }), 'openinference.span.kind{Enter}');
    await expect(await canvas.findByRole('columnheader', { name: 'openinference.span.kind' })).toBeVisible();
    const row = canvas.getByRole('row', { name: /^classify_intent/ });
    await waitFor(() => expect(row.querySelector('[data-column^=attribute]')).toHaveTextContent('LLM'));
    await expect(
      within(canvas.getByRole('columnheader', { name: 'openinference.span.kind' })).queryByRole('button'),
    ).toBeNull();
    await userEvent.click(menu.getByRole('checkbox', { name: 'openinference.span.kind' }));
    await waitFor(() => expect(canvasElement.querySelector('[data-column^=attribute]')).toBeNull());
  },
};

const hostColumns: readonly Column[] = [
  {
    id: 'letters',
    header: 'Letters',
    align: 'end',
    sortable: true,
    value: ({ index }, trace) => trace.span(index).name.length,
  },
  { id: 'plain', header: 'Plain', value: ({ index }, trace) => trace.span(index).service },
];

/** A host's own columns: shown instead of the built-in ones until somebody chooses, sortable where the host says so. */
export const HostColumns: Story = {
  args: { columns: hostColumns },
  async play({ canvas }) {
    await grid(canvas);
    await expect(heads(canvas)).toEqual(['Span', 'Letters', 'Plain']);
    await expect(within(canvas.getByRole('columnheader', { name: 'Plain' })).queryByRole('button')).toBeNull();
    await userEvent.click(canvas.getByRole('button', { name: 'Letters' }));
    await waitFor(() => expect(names(canvas, 4)[0]).toBe('resolution_agent'));
    const menu = await openMenu(canvas);
    await userEvent.click(menu.getByRole('checkbox', { name: 'Cost' }));
    await waitFor(() => expect(heads(canvas)).toEqual(['Span', 'Letters', 'Plain', 'Cost']));
  },
};

/** The host's column beside the usual ones, which are drawn and sorted as ever; no value reaches into its neighbour. */
export const BesideTheUsual: Story = {
  args: {
    columns: [
      ...defaultColumns,
      { id: 'mine', header: 'Mine', align: 'end', width: 40, value: () => 1_234_567_890_123 },
    ],
  },
  async play({ canvas, canvasElement }) {
    await grid(canvas);
    await expect(heads(canvas)).toEqual(['Span', 'Duration', 'Tokens', 'Cost', 'Mine']);
    await userEvent.click(canvas.getByRole('button', { name: 'Cost' }));
    await expect(canvas.getByRole('columnheader', { name: 'Cost' })).toHaveAttribute('aria-sort', 'descending');
    // Of a folded loop a column of the host says nothing.
    for (const word of canvasElement.querySelectorAll('.tv-row [data-column="mine"] .tv-word')) {
      const cell = word.closest('[data-column="mine"]')!;
      await expect(word.getBoundingClientRect().left).toBeGreaterThanOrEqual(cell.getBoundingClientRect().left);
    }
  },
};

/** The host owns columns and order, for example in a URL. */
export const Controlled: Story = {
  render: function Render(args: TraceViewerProps) {
    const [shown, setShown] = useState<readonly string[] | null>(['cost']);
    return (
      <TraceViewer
        {...args}
        shownColumns={shown}
        sort={{ id: 'cost', descending: false }}
        onShownColumnsChange={(ids) => setShown(ids?.slice(0, 2) ?? null)}
      />
    );
  },
  async play({ canvas }) {
    await grid(canvas);
    await expect(heads(canvas)).toEqual(['Span', 'Cost']);
    const menu = await openMenu(canvas);
    await userEvent.click(menu.getByRole('checkbox', { name: 'Kind' }));
    await userEvent.click(menu.getByRole('checkbox', { name: 'Model' }));
    await waitFor(() => expect(heads(canvas)).toEqual(['Span', 'Cost', 'Kind']));
    await userEvent.click(canvas.getByRole('button', { name: 'Cost' }));
    await expect(canvas.getByRole('columnheader', { name: 'Cost' })).toHaveAttribute('aria-sort', 'ascending');
  },
};

/** At 360 pixels there are no heads: the menu sorts, and two columns fit. */
export const Narrow: Story = {
  parameters: { width: 360 },
  async play({ canvas, canvasElement }) {
    const element = await grid(canvas);
    const menu = await openMenu(canvas);
    const dialog = canvas.getByRole('dialog').getBoundingClientRect();
    const root = canvasElement.querySelector('.tv-root')!.getBoundingClientRect();
    await expect(dialog.left).toBeGreaterThanOrEqual(root.left);
    await expect(dialog.right).toBeLessThanOrEqual(root.right);
    await userEvent.selectOptions(menu.getByRole('combobox', { name: 'Sort by' }), 'Cost');
    await waitFor(() => expect(names(canvas, 4)[0]).toBe('resolution_agent'));
    await userEvent.click(menu.getByRole('button', { name: 'Largest first' }));
    await waitFor(() => expect(names(canvas, 4)[0]).not.toBe('resolution_agent'));
    await userEvent.click(menu.getByRole('checkbox', { name: 'Tokens' }));
    await userEvent.click(menu.getByRole('checkbox', { name: 'Model' }));
    await userEvent.click(menu.getByRole('button', { name: 'Close' }));
    await expect(canvasElement.querySelector('.tv-row [data-column=cost]')).toBeVisible();
    await expect(canvasElement.querySelector('.tv-row [data-column=model]')).not.toBeVisible();
    await expect(element.scrollWidth).toBe(element.clientWidth);
  },
};

/** A press beside the menu closes it. */
export const PressOutside: Story = {
  async play({ canvas, canvasElement }) {
    const menu = await openMenu(canvas);
    await userEvent.click(menu.getByRole('checkbox', { name: 'Kind' }));
    await expect(canvas.getByRole('dialog')).toBeVisible();
    await userEvent.click(canvasElement.querySelector('.tv-header')!);
    await waitFor(() => expect(canvas.queryByRole('dialog')).toBeNull());
    await openMenu(canvas);
    await userEvent.click(canvasElement.querySelector('.tv-header')!);
    await waitFor(() => expect(canvas.queryByRole('dialog')).toBeNull());
  },
};
