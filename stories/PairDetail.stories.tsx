import type { Meta, StoryObj } from '@storybook/react-vite';
import { useState } from 'react';
import { expect, fn, userEvent, waitFor, within } from 'storybook/test';
import {
  diffTraces,
  PairDetail,
  redactors,
  TraceProvider,
  type PairDetailProps,
  type RevealMasked,
  type Trace,
} from '../src/index.ts';
import { drawPair } from '../test/analysis/diff/drawPair.ts';
import { compared, drawnDocuments, drawnLongText, drawnMasks } from './pairs.ts';

const prompt = compared('claimBase', 'claimPrompt');

const meta = {
  title: 'PairDetail',
  component: PairDetail,
  args: { ...prompt, row: 2 },
  parameters: { width: 1040, panel: 408 },
  render: function Render({ row: first, ...args }: PairDetailProps, { parameters }) {
    const [row, setRow] = useState(first);
    const panel = parameters['panel'] as number;
    const width = parameters['width'] as number;
    const detail = <PairDetail {...args} row={row} />;
    return (
      <div style={{ height: 760, width }}>
        <TraceProvider
          trace={args.b}
          theme={parameters['theme'] as 'light' | 'dark' | undefined}
          onReveal={parameters['onReveal'] as RevealMasked | undefined}
        >
          {width <= panel ? (
            detail
          ) : (
            <div style={{ display: 'grid', gridTemplateColumns: `minmax(0, 1fr) ${panel}px`, height: '100%' }}>
              <ol aria-label="Rows" style={{ overflow: 'auto' }}>
                {args.diff.rows.map(({ key, op, a, b, depth }, place) => (
                  <li key={key} style={{ paddingInlineStart: 8 + depth * 14 }}>
                    <button
                      type="button"
                      aria-pressed={place === row}
                      style={{ height: 24 }}
                      onClick={() => setRow(place)}
                    >
                      {place} {(b === null ? args.a.find(a!) : args.b.find(b))!.name} {op}
                    </button>
                  </li>
                ))}
              </ol>
              {detail}
            </div>
          )}
        </TraceProvider>
      </div>
    );
  },
} satisfies Meta<typeof PairDetail>;
export default meta;
type Story = StoryObj<typeof meta>;
type Canvas = ReturnType<typeof within>;

const panelOf = (canvas: Canvas): Promise<HTMLElement> => canvas.findByRole('tabpanel');
const tab = (canvas: Canvas, name: RegExp): Promise<HTMLElement> => canvas.findByRole('tab', { name });
const numbers = (canvas: Canvas): Readonly<Record<string, string>> =>
  Object.fromEntries(
    within(canvas.getByRole('table'))
      .getAllByRole('row')
      .map((each) => [
        each.querySelector('[scope="row"]')?.textContent.trim() ?? '',
        Array.from(each.querySelectorAll('td'), (cell) => cell.textContent).join(' | '),
      ]),
  );

/** A sentence more in the system prompt: that alone is marked, and said; what is the same is folded. */
export const ChangedPrompt: Story = {
  async play({ canvas }) {
    await waitFor(async () => expect(await tab(canvas, /^Prompt/)).toHaveTextContent(/^Prompt1 edit$/));
    const panel = await panelOf(canvas);
    await waitFor(() => expect(panel.querySelectorAll('ins')).toHaveLength(1));
    await expect(panel.querySelector('ins')).toHaveTextContent(/^added If the amount is above 100, ask/);
    await expect(panel.querySelectorAll('del')).toHaveLength(0);
    const user = within(panel).getByText('User');
    await expect(user.closest('details')).not.toHaveAttribute('open');
    await userEvent.click(user);
    await waitFor(() => expect(user.closest('details')).toHaveAttribute('open'));
    await expect(
      within(user.closest('details')!)
        .getAllByText(/^Claim CL-7731/)
        .at(-1),
    ).toBeVisible();
  },
};

/** Another model, other words: the numbers say what is worse and what better, in a sign and a word beside the colour. */
export const ChangedModel: Story = {
  args: { ...compared('claimBase', 'claimModel'), row: 6 },
  async play({ canvas }) {
    await panelOf(canvas);
    const said = numbers(canvas);
    await expect(said['Model']).toBe('claude-sonnet-4-5 | claude-haiku-4-5 | changed');
    await expect(said['Duration']).toMatch(/^612 ms \| 489 ms \| ▼ −122 ms better$/);
    await expect(said['Input tokens']).toMatch(/\| ▼ −3$/);
    await expect(said['Cost']).toBeUndefined();
    await userEvent.click(await tab(canvas, /^Output/));
    const panel = await panelOf(canvas);
    await waitFor(() => expect(panel.querySelector('del')).not.toBeNull());
    await expect(panel.querySelector('del')).toHaveTextContent(/^removed /);
  },
};

/** A tool that fails in B: why, and on which side; what it gave in A. */
export const FailingTool: Story = {
  args: { ...compared('claimBase', 'claimTool'), row: 17 },
  async play({ canvas }) {
    const panel = await panelOf(canvas);
    await expect(await within(panel).findByText(/no answer within 900 ms/)).toBeVisible();
    await expect(numbers(canvas)['Status']).toBe('Unset | Error | changed worse');
    await expect(canvas.getByText(/^not certain, \d\d %$/)).toBeVisible();
    await waitFor(() => expect(canvas.getByRole('tab', { selected: true })).toHaveTextContent(/^Outputchanged/));
    await expect(within(panel).getByText('only in A')).toBeVisible();
  },
};

/** A step that B has alone: what it saw and gave; of A nothing is known, which is not zero. */
export const Added: Story = {
  args: { row: 20 },
  async play({ canvas }) {
    await panelOf(canvas);
    await expect(canvas.getByText('only in B')).toBeVisible();
    await expect(numbers(canvas)['Duration']).toBe('– | 621 ms | –');
    await expect(canvas.queryByRole('button', { name: 'Open the span in A' })).toBeNull();
    await expect(canvas.queryByRole('button', { name: 'Side by side' })).toBeNull();
    await expect(await canvas.findByText('claim')).toBeVisible();
  },
};

export const Removed: Story = {
  args: { ...compared('claimPrompt', 'claimBase'), row: 20 },
  async play({ canvas }) {
    await panelOf(canvas);
    await expect(canvas.getByText('only in A')).toBeVisible();
    await expect(numbers(canvas)['Duration']).toBe('621 ms | – | –');
    await expect(canvas.queryByRole('button', { name: 'Open the span in B' })).toBeNull();
  },
};

/** What a search found, by place and score: `3 → 1`, what is gone, what is new. */
export const Documents: Story = {
  args: { ...drawnDocuments(), row: 0, defaultPanel: 'documents' },
  async play({ canvas }) {
    const panel = await panelOf(canvas);
    const first = (await within(panel).findByText('3 → 1')).closest('summary')!;
    await expect(first).toHaveTextContent('3 → 1billing-faq.md0.8 → 0.9');
    await expect(within(panel).getByText('duplicate-charges.md').closest('del')).not.toBeNull();
    await expect(within(panel).getByText('second-opinion.md').closest('ins')).not.toBeNull();
    await expect(await tab(canvas, /^Documents/)).toHaveTextContent('Documents5');
    await userEvent.click(first);
    await expect(await within(panel).findByText(/first of the month/)).toBeVisible();
  },
};

/** Each text with its own lines, beside the other; the choice stays from row to row and is told to the host. */
export const SideBySide: Story = {
  args: { row: 25, onUnifiedChange: fn() },
  parameters: { width: 1240, panel: 600 },
  async play({ canvas, args }) {
    const panel = await panelOf(canvas);
    await waitFor(() => expect(panel.querySelector('ins')).not.toBeNull());
    await userEvent.click(canvas.getByRole('button', { name: 'Side by side' }));
    await expect(args.onUnifiedChange).toHaveBeenLastCalledWith(false);
    const sides = await waitFor(() => {
      const found = panel.querySelectorAll('.tv-pair-sides');
      expect(found.length).toBeGreaterThan(0);
      return Array.from(found);
    });
    for (const side of sides) {
      await expect(side.children[0]!.querySelector('ins')).toBeNull();
      await expect(side.children[1]!.querySelector('del')).toBeNull();
    }
    await userEvent.click(canvas.getByRole('button', { name: /^22 / }));
    await waitFor(async () => expect((await panelOf(canvas)).querySelector('.tv-pair-sides')).not.toBeNull());
    await expect(canvas.getByRole('button', { name: 'Side by side' })).toHaveAttribute('aria-pressed', 'true');
  },
};

/** The whole span of a side is one press away; Back and Escape lead to both again, to the button one came from. */
export const WholeSpan: Story = {
  args: { ...compared('claimBase', 'claimTool'), row: 17, onClose: fn() },
  async play({ canvas, args }) {
    await panelOf(canvas);
    await userEvent.click(canvas.getByRole('button', { name: 'Open the span in A' }));
    await expect(canvas.getByRole('button', { name: 'Back to both' })).toHaveFocus();
    await expect(await canvas.findByRole('heading', { name: 'execute_tool price_part' })).toBeVisible();
    await expect(canvas.queryByText(/no answer within/)).toBeNull();
    await userEvent.click(canvas.getByRole('button', { name: 'Back to both' }));
    await expect(canvas.getByRole('button', { name: 'Open the span in A' })).toHaveFocus();
    await userEvent.click(canvas.getByRole('button', { name: 'Open the span in B' }));
    await expect(await canvas.findByText(/no answer within/)).toBeVisible();
    // A link in it leads on within its trace; another row shows both again.
    await userEvent.click(await canvas.findByRole('button', { name: /^chat claude-sonnet-4-5/ }));
    await expect(await canvas.findByRole('heading', { name: 'chat claude-sonnet-4-5' })).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(canvas.getByRole('button', { name: 'Open the span in B' })).toHaveFocus());
    await expect(args.onClose).not.toHaveBeenCalled();
    await userEvent.keyboard('{Escape}');
    await expect(args.onClose).toHaveBeenCalledOnce();
  },
};

/** The arrow keys go from tab to tab; a tab stays from row to row, and one that a row lacks waits. */
export const Tabs: Story = {
  args: { onPanelChange: fn() },
  async play({ canvas, args }) {
    await waitFor(async () => expect(await tab(canvas, /^Prompt/)).toHaveTextContent('1 edit'));
    (await tab(canvas, /^Prompt/)).focus();
    await userEvent.keyboard('{ArrowRight}{ArrowRight}');
    await expect(args.onPanelChange).toHaveBeenLastCalledWith('tools');
    await expect(await tab(canvas, /^Tools/)).toHaveFocus();
    await expect(within(await panelOf(canvas)).getByText('No difference')).toBeVisible();
    await userEvent.click(canvas.getByRole('button', { name: /^20 / }));
    await waitFor(() => expect(canvas.queryByRole('tab', { name: /^Tools/ })).toBeNull());
    await userEvent.click(canvas.getByRole('button', { name: /^6 / }));
    await waitFor(() => expect(canvas.getByRole('tab', { selected: true })).toHaveTextContent(/^Tools/));
    await userEvent.keyboard('{Tab}');
    (await tab(canvas, /^Tools/)).focus();
    await userEvent.keyboard('{End}');
    await expect(await tab(canvas, /^Raw/)).toHaveFocus();
  },
};

const vault = new Map<string, string>();

/**
 * What rules took away stands as a chip on either side and is in no tab of the page. A host that may show a value is
 * asked with the span of the side that it stands in.
 */
export const Masked: Story = {
  args: {
    ...drawnMasks({
      redact: [redactors.email],
      onMasked: (secrets) => {
        for (const { id, text } of secrets) vault.set(id, text);
      },
    }),
    row: 0,
  },
  parameters: { onReveal: fn(({ id }: { id: string }) => vault.get(id) ?? null) },
  async play({ canvas, canvasElement, parameters, args }) {
    const page = canvasElement.ownerDocument.documentElement;
    const panel = await panelOf(canvas);
    await waitFor(() => expect(panel.querySelector('ins')).not.toBeNull());
    for (const each of canvas.getAllByRole('tab').toReversed()) {
      await userEvent.click(each);
      await expect(page.outerHTML).not.toMatch(/jo\.martens|ines\.m@|⟦/);
    }
    await expect(await within(panel).findByText(/was our mistake/)).toBeVisible();
    const asked = within(panel).getAllByRole('button', { name: 'Show this email' });
    await userEvent.click(asked[0]!);
    await expect(parameters['onReveal']).toHaveBeenLastCalledWith(
      expect.objectContaining({ rule: 'email', spanKey: args.diff.rows[0]!.b }),
    );
  },
};

/** Of a text of 30,000 lines only what is in view is in the page; the rest is folded, and opens. */
export const LongText: Story = {
  args: { ...drawnLongText(), row: 0 },
  async play({ canvas }) {
    const panel = await panelOf(canvas);
    await waitFor(() => expect(panel.querySelector('ins')).not.toBeNull());
    const fold = within(panel).getAllByRole('button', { name: '495 lines as before' })[0]!;
    await userEvent.click(fold);
    await expect(fold).toHaveFocus();
    await expect(fold).toHaveAttribute('aria-expanded', 'true');
    await expect(panel.querySelectorAll('*').length).toBeLessThan(1500);
    await userEvent.click(canvas.getByRole('button', { name: 'Side by side' }));
    await waitFor(() => expect(panel.querySelector('.tv-pair-sides ins')).not.toBeNull());
    await expect(panel.querySelectorAll('*').length).toBeLessThan(1500);
  },
};

/** As a sheet of a small screen. */
export const At360: Story = {
  parameters: { width: 360, panel: 360 },
  args: { row: 25 },
  async play({ canvas, canvasElement }) {
    const panel = await panelOf(canvas);
    await waitFor(() => expect(panel.querySelector('ins')).not.toBeNull());
    const root = canvasElement.querySelector('.tv-root')!;
    for (const element of panel.querySelectorAll('table, ins, del, .tv-message'))
      await expect(element.getBoundingClientRect().right).toBeLessThanOrEqual(root.getBoundingClientRect().right + 1);
  },
};

export const Dark: Story = { args: { row: 25 }, parameters: { theme: 'dark' } };

/** Outside of an app nothing is known of a row that is not there. */
export const NoSuchRow: Story = {
  args: { row: 999 },
  async play({ canvas }) {
    await expect(canvas.queryByRole('complementary')).toBeNull();
  },
};

const unreadable = (trace: Trace): Trace =>
  Object.create(trace, { content: { value: () => Promise.reject(new Error('the worker is gone')) } }) as Trace;

/** What a side holds cannot be had: that is said, and the numbers and the other side are there. */
export const Unreadable: Story = {
  args: { ...prompt, a: unreadable(prompt.a), row: 2 },
  async play({ canvas }) {
    await expect(await canvas.findByText('What the span in A holds could not be read')).toBeVisible();
    await expect(numbers(canvas)['Duration']).toMatch(/^725 ms \| 704 ms/);
    await expect(await tab(canvas, /^Prompt/)).toBeVisible();
    await expect((await canvas.findAllByText(/If the amount is above 100/))[0]).toBeVisible();
  },
};

const [before, after] = drawPair(
  `
  agent run            0------------100
    plan               0--30
      tool look_up     5-10    says=where_is_parcel_7731_now gives=in_the_depot_of_Ghent_since_noon
      tool weigh       12-20   says=how_heavy_is_the_red_parcel gives=two_kilos_and_a_half
      rank             22-28   says=which_of_the_depots_comes_first gives=Ghent_before_Aalst
    act                40--90
      write            50-60   says=tell_the_customer_about_the_depot_in_Ghent gives=your_parcel_waits_in_Ghent
      check            62-70   says=is_the_answer_polite_and_short gives=yes_it_is_both`,
  `
  agent run            0------------100
    plan               0--30
      tool weigh       12-20   says=how_heavy_is_the_red_parcel gives=two_kilos_and_a_half
      rank             22-28   says=which_of_the_depots_comes_first gives=Ghent_before_Aalst
    act                40--90
      tool look_up     42-47   says=where_is_parcel_7731_now gives=in_the_depot_of_Ghent_since_noon
      compose          50-60   says=tell_the_customer_about_the_depot_in_Ghent gives=your_parcel_waits_in_Ghent
      check            62-70   says=is_the_answer_polite_and_short gives=yes_it_is_both`,
);
const drawn = diffTraces(before, after);
const placeOf = (name: string): number => drawn.rows.findIndex(({ b }) => b !== null && after.find(b)!.name === name);

/** A step that stands elsewhere now says where it was. */
export const Moved: Story = {
  args: { diff: drawn, a: before, b: after, row: placeOf('tool look_up') },
  async play({ canvas }) {
    await panelOf(canvas);
    await expect(canvas.getByText('moved')).toBeVisible();
    await expect(canvas.getByText('Was in', { exact: false })).toHaveTextContent(/^Was in plan$/);
  },
};

/** A step under another name says what it was called. */
export const Renamed: Story = {
  args: { diff: drawn, a: before, b: after, row: placeOf('compose') },
  async play({ canvas }) {
    await panelOf(canvas);
    await expect(canvas.getByRole('heading', { name: 'compose' })).toBeVisible();
    await expect(canvas.getByText('Was called', { exact: false })).toHaveTextContent(/^Was called write$/);
    await expect(canvas.getByText(/^Span · matched/)).toBeVisible();
  },
};
