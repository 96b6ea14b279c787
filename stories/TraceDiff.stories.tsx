import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, fn, userEvent, waitFor, within } from 'storybook/test';
import { decodeViewState, encodeViewState, redactors, TraceDiff, type ViewState } from '../src/index.ts';
import { drawDocument, drawSpans } from '../test/model/drawTrace.ts';
import { pairs } from './pairs.ts';

const meta = {
  title: 'TraceDiff',
  component: TraceDiff,
  args: { a: pairs.claimBase, b: pairs.claimTool, timeZone: 'UTC' },
  decorators: [
    (Story, { parameters }) => (
      <div
        style={{
          height: (parameters['height'] as number | undefined) ?? 780,
          width: parameters['width'] as number | undefined,
        }}
      >
        <Story />
      </div>
    ),
  ],
} satisfies Meta<typeof TraceDiff>;
export default meta;
type Story = StoryObj<typeof meta>;
type Canvas = ReturnType<typeof within>;

/** Rows in order as they are heard: what each is, and its name. */
const rowsOf = (root: HTMLElement): readonly HTMLElement[] =>
  [...root.querySelectorAll<HTMLElement>('.tv-row')].sort((x, y) => Number(x.ariaRowIndex) - Number(y.ariaRowIndex));
const said = (row: Element): string => {
  const copy = (row.querySelector('[role=rowheader]') ?? row).cloneNode(true) as Element;
  for (const silent of copy.querySelectorAll('[aria-hidden=true]')) silent.remove();
  return copy.textContent;
};
const rowNamed = (root: HTMLElement, words: RegExp): HTMLElement => rowsOf(root).find((row) => words.test(said(row)))!;
const selected = (root: HTMLElement): string => said(root.querySelector<HTMLElement>('.tv-row[aria-selected=true]')!);
const ready = async (canvas: Canvas): Promise<void> => {
  await waitFor(() => expect(canvas.getAllByRole('row').length).toBeGreaterThan(1), { timeout: 10_000 });
};

/** One tool failed in B, and the agent went round once more for it. */
export const FailingTool: Story = {
  async play({ canvasElement, canvas }) {
    await ready(canvas);
    await expect(canvas.getByText('23 of 26 spans matched')).toBeVisible();
    const most = within(canvasElement.querySelector<HTMLElement>('.tv-diff-most')!);
    await expect(most.getAllByRole('button')[0]).toHaveTextContent(/price_part fails now/);
    await userEvent.click(most.getAllByRole('button')[0]!);
    await waitFor(() => expect(selected(canvasElement)).toMatch(/^changed, .*execute_tool price_part/));
    await waitFor(() => expect(canvas.getByRole('complementary')).toHaveTextContent(/no answer within 900 ms/));
    await expect(rowNamed(canvasElement, /unchanged spans/)).toHaveAttribute('aria-expanded', 'false');
  },
};

/** The system prompt has one more sentence: from opening to its words by keys alone. */
export const KeysOnly: Story = {
  args: { b: pairs.claimPrompt },
  async play({ canvasElement, canvas }) {
    await ready(canvas);
    const heard = (): string => said(document.activeElement!);
    while (!document.activeElement?.closest('.tv-row')) await userEvent.tab();
    await expect(heard()).toMatch(/^changed, /);
    await userEvent.keyboard('n');
    await waitFor(() => expect(selected(canvasElement)).toMatch(/^changed, .*chat claude/));
    await waitFor(() =>
      expect(within(canvas.getByRole('complementary')).getAllByRole('insertion')[0]).toHaveTextContent(
        /second opinion/,
      ),
    );
    await userEvent.keyboard('p');
    await waitFor(() => expect(selected(canvasElement)).toMatch(/invoke_agent/));
    await userEvent.keyboard('g');
    await waitFor(() => expect(selected(canvasElement)).toMatch(/First difference/));
    await userEvent.keyboard('x');
    await waitFor(() => expect(canvas.getByText(/Removed/).closest('button')).toHaveTextContent(/Removed 3/));
    await userEvent.keyboard('?');
    await expect(await canvas.findByRole('dialog')).toHaveTextContent(/next and previous change/);
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(canvas.queryByRole('dialog')).toBeNull());
  },
};

/** Filters leave the way to what they ask for; the view goes into an address and comes back from it. */
export const FiltersAndAddress: Story = {
  args: { onViewStateChange: fn() },
  async play({ canvasElement, canvas, args }) {
    await ready(canvas);
    await userEvent.click(canvas.getByRole('button', { name: /^Added/ }));
    await waitFor(() =>
      expect(rowsOf(canvasElement).every((row) => /added|invoke_agent|step/.test(said(row)))).toBe(true),
    );
    await userEvent.click(canvas.getByRole('button', { name: 'Span start' }));
    await expect(canvas.getByRole('button', { name: 'Span start' })).toHaveAttribute('aria-pressed', 'true');
    // A first, B behind it, each with times of its own.
    await userEvent.click(canvas.getByRole('button', { name: 'Side by side' }));
    await waitFor(() =>
      expect(canvasElement.querySelector('.tv-axis-scale')!.textContent.match(/(?<!\d)0 s/g)).toHaveLength(2),
    );
    await userEvent.click(canvas.getByRole('button', { name: 'Span start' }));
    const view = (args.onViewStateChange as ReturnType<typeof fn>).mock.lastCall![0] as ViewState;
    const text = encodeViewState(view);
    await expect(decodeViewState(text)).toMatchObject({ differences: 'added', alignment: 'span' });
    await userEvent.click(canvas.getByRole('button', { name: /^All/ }));
    await waitFor(() => expect(rowNamed(canvasElement, /unchanged spans/)).toBeDefined());
  },
};

const BEFORE = drawDocument(
  drawSpans(`
    agent run        0------------------100
      chain gather   0------50
        tool find    0--20
        tool check      20-30
        tool read          30-50
      chain answer         50-----------100
        llm write          50---------90
  `),
  'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa1',
);
const AFTER = drawDocument(
  drawSpans(`
    agent run        0-----------------------140
      chain gather   0------50
        tool find    0--20
        tool read          30-50
      chain answer         50--------------140
        llm write          50---------90
        tool check                    95-105
  `),
  'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb2',
);

/** A step that went elsewhere is shown where it is, and where it was; O goes from one place to the other. */
export const Moved: Story = {
  args: { a: BEFORE, b: AFTER },
  async play({ canvasElement, canvas }) {
    await ready(canvas);
    await userEvent.click(rowNamed(canvasElement, /^moved, .*check/));
    await expect(selected(canvasElement)).toMatch(/was in chain gather/);
    await userEvent.keyboard('o');
    await waitFor(() => expect(selected(canvasElement)).toMatch(/^moved away, .*now in chain answer/));
    await userEvent.keyboard('o');
    await waitFor(() => expect(selected(canvasElement)).toMatch(/^moved, /));
  },
};

/** What the reader says about a pair holds, is part of the view, and can be taken back. */
export const PairingByTheReader: Story = {
  args: { a: BEFORE, b: AFTER, onPairsChange: fn() },
  async play({ canvasElement, canvas, args }) {
    await ready(canvas);
    const added = (): string => canvas.getByRole('button', { name: /^Added/ }).textContent;
    await expect(added()).toMatch(/0$/);
    await userEvent.click(rowNamed(canvasElement, /write/));
    await userEvent.keyboard('u');
    await userEvent.click(await canvas.findByRole('button', { name: 'These are not the same step' }));
    await waitFor(() => expect(added()).toMatch(/1$/));
    await userEvent.click(rowNamed(canvasElement, /^removed, .*write/));
    await userEvent.keyboard('u');
    await userEvent.click(await canvas.findByRole('button', { name: /The same step as in B/ }));
    await expect(canvas.getByText(/Choose the step that llm write became/)).toBeVisible();
    await userEvent.click(rowNamed(canvasElement, /^added, .*write/));
    await waitFor(() => expect(added()).toMatch(/0$/));
    await expect(args.onPairsChange).toHaveBeenCalledTimes(2);
    await expect(rowNamed(canvasElement, /write.*paired by you/)).toBeDefined();
  },
};

/** Two iterations of one trace. */
export const TwoIterations: Story = {
  args: { a: BEFORE, b: BEFORE },
  async play({ canvas }) {
    await ready(canvas);
    await expect(canvas.getByText('Nothing changed that is more than noise')).toBeVisible();
  },
};

/** Both sides are masked, and so is every row, change and detail of theirs. */
export const Masked: Story = {
  args: { b: pairs.claimPrompt, options: { redact: [redactors.email, redactors.phone] } },
  async play({ canvasElement, canvas }) {
    await ready(canvas);
    await userEvent.click(rowNamed(canvasElement, /invoke_agent/));
    await canvas.findByRole('complementary');
    await expect(canvasElement.textContent).not.toMatch(/[\w.]+@[\w.]+\.\w+/);
  },
};

/** A side that cannot be read says so, with its reason. */
export const BadSide: Story = {
  args: { b: '{"nothing": "known"}' },
  async play({ canvas }) {
    await expect(await canvas.findByRole('alert')).toBeVisible();
  },
};

export const Dark: Story = {
  args: { b: pairs.claimModel, theme: 'dark' },
  async play({ canvasElement, canvas }) {
    await ready(canvas);
    await userEvent.click(rowsOf(canvasElement)[3]!);
    await canvas.findByRole('complementary');
  },
};

/** On a phone: the rows, and the details as a sheet. */
export const Narrow: Story = {
  parameters: { width: 360, height: 700 },
  async play({ canvasElement, canvas }) {
    await ready(canvas);
    await expect(canvasElement.querySelector('.tv-root')!.scrollWidth).toBeLessThanOrEqual(360);
    const tools = canvas.getByRole('toolbar').getBoundingClientRect();
    for (const button of within(canvas.getByRole('toolbar')).getAllByRole('button'))
      await expect(button.getBoundingClientRect().bottom).toBeLessThanOrEqual(tools.bottom);
    await userEvent.click(canvas.getByRole('button', { name: /price_part fails now/ }));
    const sheet = await canvas.findByRole('complementary');
    await expect(sheet).toBeVisible();
    // The name of a row is in sight above it.
    const axis = canvasElement.querySelector('.tv-head-row')!.getBoundingClientRect();
    await expect(sheet.getBoundingClientRect().top - axis.bottom).toBeGreaterThan(30);
  },
};
