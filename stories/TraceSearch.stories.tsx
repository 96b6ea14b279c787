import type { Meta, StoryObj } from '@storybook/react-vite';
import { useState } from 'react';
import { expect, fn, userEvent, waitFor, within } from 'storybook/test';
import { decodeViewState, encodeViewState, TraceViewer, type TraceViewerProps } from '../src/index.ts';
import { recordings } from './recordings.ts';
import { tall } from './tall.tsx';

const meta = {
  title: 'TraceSearch',
  component: TraceViewer,
  args: { input: recordings.supportAgent },
  decorators: [tall],
  parameters: { height: 640 },
} satisfies Meta<typeof TraceViewer>;
export default meta;
type Story = StoryObj<typeof meta>;
type Canvas = ReturnType<typeof within>;

const box = (canvas: Canvas): Promise<HTMLInputElement> => canvas.findByRole('combobox', { name: 'Find spans' });
const marked = (element: HTMLElement): readonly (string | null)[] =>
  Array.from(element.querySelectorAll('.tv-name mark'), ({ textContent }) => textContent);
const dimmed = (element: HTMLElement): number => element.querySelectorAll('.tv-row[data-dim]').length;

/** `/` goes to the box, Enter steps from match to match and goes round, Escape clears. */
export const FindByName: Story = {
  async play({ canvas, canvasElement }) {
    (await canvas.findByRole('row', { name: /^support\.reply/ })).focus();
    await userEvent.keyboard('/name:eligibility');
    await waitFor(() => expect(marked(canvasElement)).toEqual(['eligibility', 'eligibility']));
    await expect(canvas.getByText('2 matches')).toBeVisible();
    await userEvent.keyboard('{Enter}');
    await expect(await canvas.findByRole('row', { selected: true })).toHaveTextContent(/refund\.eligibility.*504/);
    await userEvent.keyboard('{Enter}');
    await waitFor(() => expect(canvas.getByText('2 of 2')).toBeVisible());
    await userEvent.keyboard('{Shift>}{Enter}{/Shift}');
    await waitFor(() => expect(canvas.getByText('1 of 2')).toBeVisible());
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(canvasElement.querySelectorAll('mark')).toHaveLength(0));
    await expect(dimmed(canvasElement)).toBe(0);
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(canvas.getByRole('row', { selected: true })).toHaveFocus());
  },
};

/** A match inside a closed span is counted there, and stepping to it opens the way. */
export const FindInsideClosed: Story = {
  args: { defaultExpansion: { base: 'none', except: [] }, defaultQuery: 'name:classify' },
  async play({ canvas }) {
    await waitFor(() => expect(canvas.getByRole('treegrid')).toHaveAttribute('aria-rowcount', '2'));
    await expect(await canvas.findByRole('row', { name: /1 match inside/ })).toBeVisible();
    await userEvent.click(canvas.getByRole('button', { name: 'Next match' }));
    await expect(await canvas.findByRole('row', { selected: true })).toHaveTextContent('classify_intent');
  },
};

/** Words in what spans hold are found too: the row has a sign, the details show the place. */
export const FindInContents: Story = {
  args: { defaultQuery: '"charged twice" kind:llm' },
  async play({ canvas }) {
    const row = await canvas.findByRole('row', { name: /^classify_intent.*found in what the span holds/ });
    await expect(row).not.toHaveAttribute('data-dim');
    await userEvent.click(row);
    const detail = await canvas.findByRole('complementary');
    await waitFor(() => expect(detail.querySelector('.tv-text mark')).toHaveTextContent('charged twice'));
  },
};

/** Fields: what does not match is dimmed, and read out is how many do. */
export const FindByFields: Story = {
  args: { defaultQuery: 'kind:llm status:ok cost>0.001' },
  async play({ canvas, canvasElement }) {
    await canvas.findByRole('row', { name: /^support\.reply/ });
    await waitFor(() => expect(canvas.getByRole('status')).toHaveTextContent(/^\d+ matches$/), { timeout: 3000 });
    await waitFor(() => expect(dimmed(canvasElement)).toBeGreaterThan(5));
    await expect(canvas.getByRole('row', { name: /^plan/ })).not.toHaveAttribute('data-dim');
    await expect(canvas.getByRole('row', { name: /^plan.*LLM/ }).querySelector('.tv-found-in')).toBeNull();
  },
};

/** Terms that exclude each other match nothing, and below the box stands why, and what asks for any of them. */
export const ExcludingTerms: Story = {
  async play({ canvas }) {
    const input = await box(canvas);
    await userEvent.type(input, 'kind:llm kind:tool ');
    const hint = await canvas.findByText(/a span has one kind only.*Write kind:llm,tool/);
    await waitFor(() => expect(hint).toBeVisible());
    await expect(input).toHaveAccessibleDescription(/nothing is found/);
    await expect(canvas.getByText('no match', { selector: '.tv-search-count' })).toBeVisible();
    await waitFor(() => expect(canvas.getByRole('status')).toHaveTextContent(/^no match\. All terms have to match/), {
      timeout: 3000,
    });
  },
};

/** What cannot be read is said below the box, underlined where it stands; the other terms go on. */
export const BadQuery: Story = {
  async play({ canvas, canvasElement }) {
    const input = await box(canvas);
    await userEvent.type(input, 'kind:tool cost>abc ');
    const problem = await canvas.findByText(/“abc” is not a number/);
    await expect(problem).toBeVisible();
    await expect(input).toHaveAccessibleDescription(/“abc” is not a number/);
    await expect(input).toHaveAttribute('aria-invalid', 'true');
    await expect(canvasElement.querySelector('.tv-problems u')).toHaveTextContent('abc');
    await expect(canvas.getByText(/^\d+ matches$/, { selector: '.tv-search-count' })).toBeVisible();
    await userEvent.clear(input);
    await waitFor(() => expect(input).not.toHaveAttribute('aria-invalid'));
  },
};

/** Field, value, done: by the arrow keys, Enter and Tab, while the focus stays in the box. */
export const CompleteByKeyboard: Story = {
  async play({ canvas }) {
    const input = await box(canvas);
    await userEvent.type(input, 'ki');
    const list = await canvas.findByRole('listbox');
    await expect(input).toHaveAttribute('aria-expanded', 'true');
    await expect(input).not.toHaveAttribute('aria-activedescendant');
    await userEvent.keyboard('{ArrowDown}');
    await expect(within(list).getByRole('option', { selected: true })).toHaveTextContent('kind:');
    await userEvent.keyboard('{Enter}');
    await waitFor(() => expect(input).toHaveValue('kind:'));
    await userEvent.keyboard('{ArrowDown}');
    const first = await canvas.findByRole('option', { selected: true });
    await expect(input).toHaveAttribute('aria-activedescendant', first.id);
    await expect(first).toHaveTextContent(/llm.*30/);
    await userEvent.keyboard('{Tab}');
    await waitFor(() => expect(input).toHaveValue('kind:llm'));
    await expect(input).toHaveFocus();
    await expect(canvas.queryByRole('listbox')).toBeNull();
    await userEvent.keyboard(' sta');
    await canvas.findByRole('listbox');
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(canvas.queryByRole('listbox')).toBeNull());
    await expect(input).toHaveValue('kind:llm sta');
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(input).toHaveValue(''));
    await expect(canvas.queryByRole('listbox')).toBeNull();
  },
};

/** Hiding keeps what matches and all above it; jumping to a hidden span dims again. */
export const HideTheRest: Story = {
  args: { defaultQuery: 'name:eligibility', onFilterModeChange: fn() },
  async play({ canvas, args }) {
    await canvas.findByRole('row', { name: /^support\.reply/ });
    const all = Number(canvas.getByRole('treegrid').getAttribute('aria-rowcount'));
    await userEvent.click(canvas.getByRole('button', { name: 'Hide what does not match' }));
    await expect(args.onFilterModeChange).toHaveBeenLastCalledWith('hide');
    await waitFor(() => expect(canvas.getByRole('treegrid')).toHaveAttribute('aria-rowcount', '8'));
    await expect(await canvas.findByRole('row', { name: /^billing_agent/ })).toHaveAttribute('data-dim');
    await expect(canvas.queryByRole('row', { name: /^pii\.redact/ })).toBeNull();
    await expect(canvas.getByText(/7 of 66 spans/)).toBeVisible();
    await userEvent.clear(await box(canvas));
    await waitFor(() => expect(canvas.getByRole('treegrid')).toHaveAttribute('aria-rowcount', String(all)));
    await userEvent.type(await box(canvas), 'nobody-wrote-this');
    await expect(await canvas.findByText('No span matches')).toBeVisible();
    await userEvent.click(canvas.getByRole('button', { name: /^Errors 1/ }));
    await waitFor(() => expect(args.onFilterModeChange).toHaveBeenLastCalledWith('dim'));
    await expect(await canvas.findByRole('row', { selected: true })).toHaveTextContent(/refund\.eligibility/);
  },
};

/** The current match comes to the middle third. */
export const CurrentInTheMiddle: Story = {
  args: { defaultQuery: 'name:critique' },
  async play({ canvas }) {
    await canvas.findByRole('row', { name: /^support\.reply/ });
    const grid = canvas.getByRole('treegrid');
    const next = await canvas.findByRole('button', { name: 'Next match' });
    for (let turn = 0; turn < 12; turn += 1) await userEvent.click(next);
    await waitFor(() => {
      const { top } = canvas.getByRole('row', { selected: true }).getBoundingClientRect();
      const frame = grid.getBoundingClientRect();
      void expect(top).toBeGreaterThan(frame.top + frame.height / 4);
      void expect(top).toBeLessThan(frame.top + (frame.height * 3) / 4);
    });
  },
};

/** The host owns the query, and takes no capital letters. */
export const ControlledQuery: Story = {
  args: { onQueryChange: fn() },
  render: function Render(args: TraceViewerProps) {
    const [query, setQuery] = useState('name:plan');
    return (
      <TraceViewer
        {...args}
        query={query}
        onQueryChange={(next) => {
          args.onQueryChange?.(next);
          setQuery(next.toLowerCase());
        }}
      />
    );
  },
  async play({ canvas, canvasElement, args }) {
    await waitFor(() => expect(marked(canvasElement)).toEqual(['plan']));
    const input = await box(canvas);
    await userEvent.clear(input);
    await userEvent.type(input, 'name:RERANK');
    await expect(args.onQueryChange).toHaveBeenLastCalledWith('name:reranK');
    await waitFor(() => expect(marked(canvasElement)).toEqual(['rerank']));
    await expect(input).toHaveValue('name:rerank');
  },
};

/** What can be asked: a press on an example adds it. */
export const FieldList: Story = {
  async play({ canvas }) {
    const input = await box(canvas);
    const button = canvas.getByRole('button', { name: 'What can be asked' });
    await userEvent.click(button);
    await userEvent.click(
      within(await canvas.findByRole('group', { name: 'What can be asked' })).getByRole('button', {
        name: 'status:error',
      }),
    );
    await waitFor(() => expect(input).toHaveValue('status:error'));
    await expect(input).toHaveFocus();
    await expect(canvas.queryByRole('group', { name: 'What can be asked' })).toBeNull();
    await userEvent.click(button);
    (await canvas.findByRole('button', { name: 'kind:llm,tool' })).focus();
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(button).toHaveFocus());
  },
};

/** With a list open in a narrow container, nothing is pushed out. */
export const Narrow: Story = {
  parameters: { width: 320 },
  async play({ canvas, canvasElement }) {
    const input = await box(canvas);
    await userEvent.type(input, 'kind:');
    const list = await canvas.findByRole('listbox');
    const frame = canvasElement.querySelector('.tv-root')!.getBoundingClientRect();
    await expect(list.getBoundingClientRect().right).toBeLessThanOrEqual(frame.right);
    await expect(canvas.getByRole('button', { name: 'Next match' }).getBoundingClientRect().right).toBeLessThanOrEqual(
      frame.right,
    );
    await expect(input.clientWidth).toBeGreaterThan(60);
  },
};

/**
 * Kinds and services can be chosen without knowing the language: what is chosen is a term of the query, and what else
 * was typed stays.
 */
export const ChosenFromMenu: Story = {
  args: { defaultQuery: 'refund', onQueryChange: fn() },
  async play({ canvas, args }) {
    const button = await canvas.findByRole('button', { name: 'Kind' });
    await userEvent.click(button);
    const dialog = await canvas.findByRole('dialog', { name: 'Kind' });
    const before = dialog.getBoundingClientRect().left;
    await waitFor(() => expect(within(dialog).getByRole('checkbox', { name: /^LLM/ })).toHaveFocus());
    await userEvent.click(within(dialog).getByRole('checkbox', { name: /^Tool 7$/ }));
    await userEvent.click(within(dialog).getByRole('checkbox', { name: /^Agent/ }));
    await expect(args.onQueryChange).toHaveBeenLastCalledWith('kind:tool,agent refund');
    await expect(dialog.getBoundingClientRect().left).toBe(before);
    await expect(button).toHaveAccessibleName('Kind 2 chosen');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Clear' }));
    await expect(args.onQueryChange).toHaveBeenLastCalledWith('refund');
    await userEvent.keyboard('{Escape}');
    await expect(canvas.queryByRole('dialog')).toBeNull();
    await expect(button).toHaveFocus();
    await userEvent.click(canvas.getByRole('button', { name: 'Service' }));
    await userEvent.click(await canvas.findByRole('checkbox', { name: /^agent-worker/ }));
    await expect(args.onQueryChange).toHaveBeenLastCalledWith('service:agent-worker refund');
    await userEvent.click(canvas.getByRole('button', { name: 'Fit' }));
    await waitFor(() => expect(canvas.queryByRole('dialog')).toBeNull());
  },
};

/** One address for a view: it is reported as it changes, and read again. */
export const ViewAsAddress: Story = {
  args: { onViewStateChange: fn() },
  async play({ canvas, args }) {
    await userEvent.click(await canvas.findByRole('row', { name: /^plan/ }));
    await userEvent.type(await box(canvas), 'kind:tool');
    const { calls } = (args.onViewStateChange as ReturnType<typeof fn>).mock;
    await waitFor(() => expect(calls.at(-1)?.[0]).toMatchObject({ query: 'kind:tool' }));
    const view = calls.at(-1)![0] as Parameters<typeof encodeViewState>[0];
    await expect(view.selectedSpan).not.toBeNull();
    await expect(decodeViewState(encodeViewState(view))).toEqual(view);
  },
};

/** What an address says is where a view begins: query, what becomes of the rest, order of siblings. */
export const ViewFromAddress: Story = {
  args: { defaultViewState: decodeViewState('1.qkind_3atool.mh.oduration*d') },
  async play({ canvas }) {
    await expect(await box(canvas)).toHaveValue('kind:tool');
    const names = (): readonly string[] =>
      canvas
        .getAllByRole('row', { name: /^(get_|refund)/ })
        .toSorted((a, b) => Number(a.ariaRowIndex) - Number(b.ariaRowIndex))
        .map((row) => row.querySelector('.tv-name')!.textContent);
    await waitFor(() =>
      expect(names()).toEqual(['refund.eligibility', 'get_subscription', 'get_invoice', 'refund.eligibility']),
    );
    await expect(canvas.queryByRole('row', { name: /^plan/ })).toBeNull();
    await expect(canvas.getByRole('columnheader', { name: 'Duration' })).toHaveAttribute('aria-sort', 'descending');
  },
};

/** OTLP of a queue that answers tickets: each has a call that asks a model and one that pays. */
function manySpans(count: number): string {
  const hex = (number: number, digits: number): string => number.toString(16).padStart(digits, '0');
  const span = (index: number) => {
    const isTicket = index % 3 === 1;
    const parent = index === 0 ? {} : { parentSpanId: hex(isTicket ? 1 : index - ((index - 1) % 3) + 1, 16) };
    const text = `Ticket ${index}: please send the parcel again, the first one has not come. ${'All else is as it was said on the phone. '.repeat(8)}`;
    return {
      traceId: hex(7, 32),
      spanId: hex(index + 1, 16),
      ...parent,
      name: index === 0 ? 'queue' : ['pay', 'ticket', 'chat'][index % 3]!,
      kind: 1,
      startTimeUnixNano: `17953591167${String(index).padStart(8, '0')}`,
      endTimeUnixNano: '1795359190000000000',
      attributes: [
        { key: 'input.value', value: { stringValue: text } },
        { key: 'openinference.span.kind', value: { stringValue: index % 3 === 2 ? 'LLM' : 'CHAIN' } },
      ],
    };
  };
  return JSON.stringify({
    resourceSpans: [
      {
        resource: { attributes: [] },
        scopeSpans: [{ scope: { name: 'story' }, spans: Array.from({ length: count }, (_, index) => span(index)) }],
      },
    ],
  });
}

/** Twenty thousand spans: names at once, contents while the page goes on. */
export const Large: Story = {
  args: { input: manySpans(20_000) },
  async play({ canvas, canvasElement }) {
    await canvas.findByRole('row', { name: /^queue/ }, { timeout: 20_000 });
    const input = await box(canvas);
    // A span of which only the content says so.
    await userEvent.type(input, 'parcel');
    await waitFor(() => expect(canvasElement.querySelector('.tv-search-count')).toHaveTextContent(/searching|…/));
    let turns = 0;
    while (
      !/^\d+ of \d+$|^\d+ match(?:es)?$|^no match$/.test(canvasElement.querySelector('.tv-search-count')!.textContent)
    ) {
      await new Promise((resolve) => {
        requestAnimationFrame(resolve);
      });
      turns += 1;
    }
    await expect(turns).toBeGreaterThan(10);
    await userEvent.clear(input);
    await userEvent.type(input, 'name:chat');
    await waitFor(() => expect(marked(canvasElement)).toContain('chat'));
    await expect(document.querySelectorAll('.tv-root *').length).toBeLessThan(2500);
  },
};
