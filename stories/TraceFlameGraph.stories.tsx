import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, fn, userEvent, waitFor, within } from 'storybook/test';
import { TraceViewer } from '../src/index.ts';
import { recordings } from './recordings.ts';
import { tall } from './tall.tsx';

const meta = {
  title: 'TraceFlameGraph',
  component: TraceViewer,
  args: { input: recordings.supportAgent, defaultMainView: 'flame' },
  decorators: [tall],
} satisfies Meta<typeof TraceViewer>;
export default meta;
type Story = StoryObj<typeof meta>;

type Canvas = ReturnType<typeof within>;
/** What a host was told. */
const calls = (told: unknown): readonly (readonly unknown[])[] => (told as ReturnType<typeof fn>).mock.calls;
const bars = (canvas: Canvas): Promise<HTMLElement> =>
  canvas.findByRole('tree', { name: 'Flame graph of support.reply' }, { timeout: 5000 });
const item = (tree: HTMLElement): HTMLElement => within(tree).getByRole('treeitem');
const atKeyboard = (tree: HTMLElement): string | null => item(tree).textContent;

/** How many different colours a strip of the canvas has: something is drawn. */
function inks(tree: HTMLElement): number {
  const canvas = tree.querySelector('canvas')!;
  const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, 40);
  const seen = new Set<number>();
  for (let at = 0; at < data.length; at += 4) seen.add((data[at]! << 16) | (data[at + 1]! << 8) | data[at + 2]!);
  return seen.size;
}

/** Where the time went, by call path; a press selects the span, and another measure draws the same by cost. */
export const SupportAgent: Story = {
  args: { onSelectedSpanChange: fn() },
  async play({ canvas, args }) {
    const tree = await bars(canvas);
    await waitFor(() => expect(inks(tree)).toBeGreaterThan(3));
    const { left, top } = tree.getBoundingClientRect();
    await userEvent.pointer({ target: tree, coords: { clientX: left + 40, clientY: top + 6 }, keys: '[MouseLeft]' });
    await expect(args.onSelectedSpanChange).toHaveBeenCalled();
    await canvas.findByRole('complementary');
    await userEvent.selectOptions(canvas.getByRole('combobox', { name: 'Width' }), 'Cost');
    await waitFor(() => expect(atKeyboard(tree)).toMatch(/\$0\.0267/));
    await userEvent.click(canvas.getByRole('button', { name: 'Who called it' }));
    await waitFor(() => expect(canvas.getByRole('button', { name: 'By call path' })).toBeDisabled());
  },
};

/** Bars are reached by the arrow keys, Enter widens one and selects its span, Escape goes back. */
export const Keys: Story = {
  args: { onSelectedSpanChange: fn() },
  async play({ canvas, args }) {
    const tree = await bars(canvas);
    tree.focus();
    const first = atKeyboard(tree);
    await userEvent.keyboard('{ArrowDown}');
    await waitFor(() => expect(atKeyboard(tree)).not.toBe(first));
    await expect(item(tree)).toHaveAttribute('aria-level', '2');
    await expect(tree).toHaveAttribute('aria-activedescendant', item(tree).id);
    await userEvent.keyboard('{Enter}');
    await expect(args.onSelectedSpanChange).toHaveBeenCalledTimes(1);
    await canvas.findByRole('button', { name: 'Show all' });
    await userEvent.keyboard('{Escape}');
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(canvas.queryByRole('button', { name: 'Show all' })).toBeNull());
    await userEvent.keyboard('{Home}');
    await waitFor(() => expect(atKeyboard(tree)).toBe(first));
  },
};

/** Timeline and minimap show when a widened bar ran; what shows a step elsewhere widens its bar; all of it goes back. */
export const InStep: Story = {
  args: { defaultFlameLook: { measure: 'own', merged: false }, onTimeWindowChange: fn() },
  async play({ canvas, args }) {
    const tree = await bars(canvas);
    await expect(canvas.getByRole('button', { name: 'By call path' })).toHaveAttribute('aria-pressed', 'false');
    tree.focus();
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{Enter}');
    await waitFor(() => expect(args.onTimeWindowChange).toHaveBeenCalledTimes(1));
    await expect(calls(args.onTimeWindowChange)[0]).not.toEqual([null]);
    await canvas.findByRole('button', { name: 'Show all' });
    // Another view and back: the bar is still the wide one.
    await userEvent.click(canvas.getByRole('radio', { name: 'Statistics' }));
    await userEvent.click(canvas.getByRole('radio', { name: 'Flame graph' }));
    const again = await bars(canvas);
    await canvas.findByRole('button', { name: 'Show all' });
    again.focus();
    await userEvent.keyboard('{Backspace}{Escape}{Escape}');
    await waitFor(() => expect(calls(args.onTimeWindowChange).at(-1)).toEqual([null]));
    await waitFor(() => expect(canvas.queryByRole('button', { name: 'Show all' })).toBeNull());
  },
};

export const NarrowAndSearched: Story = {
  args: { theme: 'dark', defaultQuery: 'kind:llm' },
  parameters: { width: 360 },
  async play({ canvas }) {
    const tree = await bars(canvas);
    await waitFor(() => expect(inks(tree)).toBeGreaterThan(3));
    await expect(tree.scrollWidth).toBeLessThanOrEqual(tree.clientWidth);
  },
};
