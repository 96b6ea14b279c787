import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, fn, userEvent, waitFor, within } from 'storybook/test';
import { TraceViewer } from '../src/index.ts';
import { unfolded } from './recordings.ts';
import { pairs } from './pairs.ts';

/** The ways from a viewer to a comparison, and back. */
const meta = {
  title: 'Compare',
  component: TraceViewer,
  args: { input: [pairs.claimBase, pairs.claimPrompt, pairs.claimTool], timeZone: 'UTC' },
  decorators: [
    (Story, { parameters }) => (
      <div style={{ height: 720, width: (parameters['width'] as number | undefined) ?? 1280 }}>
        <Story />
      </div>
    ),
  ],
} satisfies Meta<typeof TraceViewer>;
export default meta;
type Story = StoryObj<typeof meta>;
type Canvas = ReturnType<typeof within>;

const openList = async (canvas: Canvas): Promise<HTMLElement> => {
  await userEvent.click(await canvas.findByRole('button', { name: /^Traces/ }));
  return canvas.findByRole('grid', { name: 'Traces' });
};
const rowsOf = (list: HTMLElement): readonly HTMLElement[] =>
  Array.from(list.querySelectorAll<HTMLElement>('[data-position]')).sort(
    (a, b) => Number(a.dataset['position']) - Number(b.dataset['position']),
  );
const boxOf = (row: HTMLElement): HTMLElement => row.querySelector<HTMLElement>('[data-column=compare]')!;
const isCompared = async (canvas: Canvas): Promise<HTMLElement> => {
  const back = await canvas.findByRole('button', { name: 'Back to the trace' });
  await canvas.findByRole('treegrid');
  return back;
};

/** Two rows of the list are chosen by their boxes; the comparison opens in place, from the earlier to the later one. */
export const TwoOfTheList: Story = {
  async play({ canvas, canvasElement }) {
    const list = await openList(canvas);
    const compare = canvas.getByRole('button', { name: 'Compare' });
    await expect(compare).toBeDisabled();
    await waitFor(() => expect(rowsOf(list)).toHaveLength(3));
    await userEvent.click(boxOf(rowsOf(list)[0]!));
    await expect(boxOf(rowsOf(list)[0]!)).toHaveAttribute('aria-selected', 'true');
    await expect(canvas.getAllByText('Choose one more')[0]).toBeVisible();
    await userEvent.click(boxOf(rowsOf(list)[2]!));
    await expect(compare).toBeEnabled();
    // A third one takes the place of the first.
    await userEvent.click(boxOf(rowsOf(list)[1]!));
    await expect(boxOf(rowsOf(list)[0]!)).toHaveAttribute('aria-selected', 'false');
    await userEvent.click(compare);
    const back = await isCompared(canvas);
    await expect(back).toHaveFocus();
    await expect(canvasElement.querySelector('.tv-chooser-panel')).toBeNull();
    await expect(canvasElement.querySelector('.tv-viewer')).not.toBeVisible();
    await userEvent.click(back);
    await waitFor(() => expect(canvas.queryByRole('button', { name: 'Back to the trace' })).toBeNull());
    await waitFor(() => expect(canvas.getByRole('treegrid')).toContainElement(document.activeElement as HTMLElement));
  },
};

/** All of it by keys: Ctrl and Space choose, wherever in a row the keyboard is, as do Enter and Space on the box. */
export const ByKeys: Story = {
  args: { onCompare: fn() },
  async play({ canvas, args }) {
    const list = await openList(canvas);
    await waitFor(() => expect(list).toContainElement(document.activeElement as HTMLElement));
    await userEvent.keyboard('{Home}{Control>} {/Control}');
    await waitFor(() => expect(boxOf(rowsOf(list)[0]!)).toHaveAttribute('aria-selected', 'true'));
    await userEvent.keyboard('{ArrowDown}{ArrowRight}');
    await expect(document.activeElement).toBe(boxOf(rowsOf(list)[1]!));
    await userEvent.keyboard(' ');
    await waitFor(() => expect(boxOf(rowsOf(list)[1]!)).toHaveAttribute('aria-selected', 'true'));
    await userEvent.tab({ shift: true });
    await expect(canvas.getByRole('button', { name: 'Compare' })).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    // A host that compares by itself is told which, and nothing opens here.
    await waitFor(() => expect(args.onCompare).toHaveBeenCalledOnce());
    const [a, b] = (args.onCompare as ReturnType<typeof fn>).mock.lastCall as unknown as readonly [
      { readonly originUnixNano: bigint },
      { readonly originUnixNano: bigint },
    ];
    await expect(a.originUnixNano < b.originUnixNano).toBe(true);
    await expect(canvas.queryByRole('button', { name: 'Back to the trace' })).toBeNull();
  },
};

const openMenu = async (canvas: Canvas, row: RegExp): Promise<HTMLElement> => {
  await userEvent.click((await canvas.findAllByRole('row', { name: row }))[0]!);
  const detail = await canvas.findByRole('complementary');
  await userEvent.click(await within(detail).findByRole('button', { name: 'Compare with…' }));
  return within(detail).findByRole('dialog', { name: 'Compare with…' });
};

/** A span against another iteration of it. */
export const AnotherIteration: Story = {
  args: { input: [pairs.claimBase], defaultFolds: unfolded },
  async play({ canvas }) {
    const menu = await openMenu(canvas, /^step 2/);
    await expect(within(menu).getByText('Another iteration')).toBeVisible();
    await expect(within(menu).queryByText('The same step in another trace')).toBeNull();
    const offered = within(menu).getAllByRole('button');
    await expect(offered[0]).toHaveFocus();
    await expect(offered[0]).toHaveTextContent(/^step 1/);
    await userEvent.click(within(menu).getByRole('button', { name: /^step 4/ }));
    const back = await isCompared(canvas);
    await expect((await canvas.findAllByRole('row', { name: /step/ })).length).toBeGreaterThan(0);
    await userEvent.click(back);
    await waitFor(() => expect(canvas.getAllByRole('row', { name: /^step 2/ })[0]).toBeVisible());
  },
};

/** A span against the same step of another trace; a host is told both spans. */
export const SameStepElsewhere: Story = {
  args: { onCompare: fn(), defaultFolds: unfolded },
  async play({ canvas, args }) {
    const menu = await openMenu(canvas, /^step 3/);
    await expect(within(menu).getByText('The same step in another trace')).toBeVisible();
    const elsewhere = within(menu).getAllByRole('button', { name: /^invoke_agent check_claim/ });
    await expect(elsewhere).toHaveLength(2);
    await userEvent.click(elsewhere[0]!);
    await expect(args.onCompare).toHaveBeenCalledOnce();
    const sides = (args.onCompare as ReturnType<typeof fn>).mock.lastCall as unknown as readonly {
      readonly trace: { find(key: string): { readonly name: string } | undefined };
      readonly key: string;
    }[];
    for (const { trace, key } of sides) await expect(trace.find(key)!.name).toBe('step 3');
    await expect(within(await canvas.findByRole('complementary')).queryByRole('dialog')).toBeNull();
  },
};

/** As a sheet of a small screen. */
export const At360: Story = {
  parameters: { width: 360 },
  async play({ canvas }) {
    const list = await openList(canvas);
    await waitFor(() => expect(rowsOf(list)).toHaveLength(3));
    await userEvent.click(boxOf(rowsOf(list)[0]!));
    await userEvent.click(boxOf(rowsOf(list)[1]!));
    await userEvent.click(canvas.getByRole('button', { name: 'Compare' }));
    await isCompared(canvas);
  },
};
