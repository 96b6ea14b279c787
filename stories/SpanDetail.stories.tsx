import type { Meta, StoryObj } from '@storybook/react-vite';
import { Profiler, useState } from 'react';
import { expect, fireEvent, fn, userEvent, waitFor, within } from 'storybook/test';
import { decodeViewState, encodeViewState, TraceViewer, type TraceViewerProps, type ViewState } from '../src/index.ts';
import { atRest } from './atRest.ts';
import { recordings } from './recordings.ts';

const commits = { count: 0 };

const meta = {
  component: TraceViewer,
  title: 'SpanDetail',
  args: { input: recordings.supportAgent },
  decorators: [
    (Story, { parameters }) => (
      <div
        dir={parameters['dir'] as string | undefined}
        style={{ height: 720, width: (parameters['width'] as number | undefined) ?? 1280 }}
      >
        <Story />
      </div>
    ),
  ],
  render: (args: TraceViewerProps) => (
    <Profiler
      id="viewer"
      onRender={() => {
        commits.count += 1;
      }}
    >
      <TraceViewer {...args} />
    </Profiler>
  ),
} satisfies Meta<typeof TraceViewer>;
export default meta;
type Story = StoryObj<typeof meta>;
type Canvas = ReturnType<typeof within>;

const row = (canvas: Canvas, name: RegExp): Promise<HTMLElement> => canvas.findByRole('row', { name });
const open = async (canvas: Canvas, name = /^classify_intent/): Promise<HTMLElement> => {
  await userEvent.click(await row(canvas, name));
  const detail = await canvas.findByRole('complementary');
  await within(detail).findByRole('tabpanel');
  return detail;
};
const chosen = (canvas: Canvas): string | undefined => canvas.getByRole('tab', { selected: true }).id.split('-tab-')[1];
const edgeOf = (canvas: Canvas): HTMLElement => canvas.getByRole('separator', { name: 'Width of the details' });
const widthOf = (element: Element): number => Math.round(element.getBoundingClientRect().width);

/** Digits choose tabs from wherever the focus is, the change is reported to the host, and the next span shows the same. */
export const TabsByDigit: Story = {
  args: { onPanelChange: fn(), onViewStateChange: fn() },
  async play({ canvas, args }) {
    await open(canvas);
    const focused = document.activeElement;
    await expect(chosen(canvas)).toBe('messages');
    const places = canvas.getAllByRole('tab').map((tab) => tab.id.split('-tab-')[1]);
    await userEvent.keyboard('3');
    await waitFor(() => expect(chosen(canvas)).toBe(places[2]));
    await expect(document.activeElement).toBe(focused);
    await expect(args.onPanelChange).toHaveBeenLastCalledWith(places[2]);
    const view = (args.onViewStateChange as ReturnType<typeof fn>).mock.lastCall![0] as ViewState;
    await expect(decodeViewState(encodeViewState(view))).toMatchObject({ panel: places[2] });
    // There is no ninth tab; `0` is the whole trace.
    await userEvent.keyboard('90');
    await expect(args.onPanelChange).toHaveBeenCalledOnce();
    await userEvent.keyboard('{ArrowDown}{Enter}');
    await waitFor(() => expect(canvas.getByRole('complementary')).not.toHaveAccessibleName(/classify_intent/));
    await waitFor(() => expect(chosen(canvas)).toBe(places[2]));
    // In a text field a digit is a digit.
    await userEvent.type(canvas.getByRole('combobox', { name: 'Find spans' }), '1');
    await expect(args.onPanelChange).toHaveBeenCalledOnce();
  },
};

/** A tab that does not fit a span waits for the next that it fits. The arrow keys, Home and End go from tab to tab. */
export const FirstThatFits: Story = {
  args: { defaultPanel: 'messages' },
  async play({ canvas }) {
    await open(canvas, /^search_help_center/);
    await expect(chosen(canvas)).not.toBe('messages');
    await open(canvas);
    await waitFor(() => expect(chosen(canvas)).toBe('messages'));
    canvas.getByRole('tab', { selected: true }).focus();
    await userEvent.keyboard('{End}');
    await waitFor(() => expect(chosen(canvas)).toBe('raw'));
    await userEvent.keyboard('{ArrowRight}');
    await waitFor(() => expect(chosen(canvas)).toBe('messages'));
    await expect(document.activeElement).toBe(canvas.getByRole('tab', { selected: true }));
  },
};

/** The host owns the tab and allows two of them. */
export const ControlledPanel: Story = {
  args: { onPanelChange: fn() },
  render: function Render(args: TraceViewerProps) {
    const [panel, setPanel] = useState<string | null>('raw');
    return (
      <TraceViewer
        {...args}
        panel={panel}
        onPanelChange={(id) => {
          args.onPanelChange?.(id);
          if (id !== 'attributes') setPanel(id);
        }}
      />
    );
  },
  async play({ canvas, args }) {
    await open(canvas);
    await expect(chosen(canvas)).toBe('raw');
    await userEvent.click(canvas.getByRole('tab', { name: /Attributes/ }));
    await expect(args.onPanelChange).toHaveBeenLastCalledWith('attributes');
    await expect(chosen(canvas)).toBe('raw');
    await userEvent.keyboard('1');
    await waitFor(() => expect(chosen(canvas)).toBe('messages'));
  },
};

/** `C` copies the id of the span that the keyboard is on; where the page may not, it says so. */
export const CopySpanId: Story = {
  async play({ canvas, canvasElement }) {
    const own = Object.getOwnPropertyDescriptor(navigator, 'clipboard');
    const writeText = fn(() => Promise.resolve());
    const clipboard = (value: unknown): void => {
      Object.defineProperty(navigator, 'clipboard', { value, configurable: true });
    };
    const said = (): string | null | undefined => canvasElement.querySelector('.tv-status')?.textContent;
    try {
      clipboard({ writeText });
      await open(canvas);
      await userEvent.keyboard('c');
      await waitFor(() => expect(said()).toBe('Span id copied'));
      await expect(writeText).toHaveBeenLastCalledWith(expect.stringMatching(/^[0-9a-f]{16}$/));
      const [first] = writeText.mock.lastCall! as unknown as [string];
      await userEvent.keyboard('{ArrowUp}c');
      await waitFor(() => expect(writeText).toHaveBeenCalledTimes(2));
      await expect(writeText).not.toHaveBeenLastCalledWith(first);
      // In the details, of the span that is shown there.
      canvas.getByRole('tab', { selected: true }).focus();
      await userEvent.keyboard('c');
      await waitFor(() => expect(writeText).toHaveBeenLastCalledWith(first));
      clipboard({ writeText: () => Promise.reject(new Error('refused')) });
      await userEvent.keyboard('c');
      await waitFor(() => expect(said()).toBe('The browser did not let the span id be copied'));
      await waitFor(() => expect(said()).toBeUndefined(), { timeout: 4000 });
      clipboard(undefined);
      await userEvent.keyboard('c');
      await waitFor(() => expect(said()).toBe('The browser did not let the span id be copied'));
    } finally {
      if (own) Object.defineProperty(navigator, 'clipboard', own);
      else Reflect.deleteProperty(navigator, 'clipboard');
    }
  },
};

/** From 320 pixels to 60 % of the viewer, by keys. The width stays when the details are closed and come back. */
export const WidthByKeys: Story = {
  async play({ canvas }) {
    const detail = await open(canvas);
    await expect(widthOf(detail)).toBe(408);
    const edge = edgeOf(canvas);
    edge.focus();
    await expect(edge).toHaveAttribute('aria-valuenow', '408');
    await expect(edge).toHaveAttribute('aria-valuemin', '320');
    await expect(edge).toHaveAttribute('aria-valuemax', '768');
    await userEvent.keyboard('{ArrowLeft}{Shift>}{ArrowLeft}{/Shift}');
    await waitFor(() => expect(edge).toHaveAttribute('aria-valuenow', '488'));
    await userEvent.keyboard('{ArrowRight}');
    await waitFor(() => expect(widthOf(detail)).toBe(472));
    await userEvent.keyboard('{End}');
    await waitFor(() => expect(widthOf(detail)).toBe(768));
    await userEvent.keyboard('{Home}');
    await waitFor(() => expect(edge).toHaveAttribute('aria-valuenow', '320'));
    await userEvent.click(within(detail).getByRole('button', { name: 'Close' }));
    await expect(widthOf(await open(canvas))).toBe(320);
    edgeOf(canvas).focus();
    await userEvent.keyboard('{Enter}');
    await waitFor(() => expect(edgeOf(canvas)).toHaveAttribute('aria-valuenow', '408'));
  },
};

/** Dragging is no business of React's until it ends, and a double-click takes it back. */
export const WidthByPointer: Story = {
  async play({ canvas }) {
    const detail = await open(canvas);
    const edge = edgeOf(canvas);
    const { left, top } = edge.getBoundingClientRect();
    const at = (x: number) => ({ pointerId: 1, button: 0, clientX: left + x, clientY: top + 50 });
    // A made-up pointer cannot be captured.
    edge.setPointerCapture = () => {};
    await atRest(() => commits.count);
    const before = commits.count;
    fireEvent.pointerDown(edge, at(0));
    for (const x of [-30, -60, -100]) {
      fireEvent.pointerMove(edge, at(x));
      await new Promise((done) => {
        requestAnimationFrame(done);
      });
    }
    await expect(widthOf(detail)).toBe(508);
    await waitFor(() => expect(edge).toHaveAttribute('aria-valuenow', '508'));
    await expect(commits.count).toBe(before);
    fireEvent.pointerMove(edge, at(-900));
    await expect(widthOf(detail)).toBe(768);
    fireEvent.pointerCancel(edge, at(-900));
    await expect(widthOf(detail)).toBe(408);
    fireEvent.pointerDown(edge, at(0));
    fireEvent.pointerMove(edge, at(40));
    fireEvent.pointerUp(edge, at(40));
    await expect(widthOf(detail)).toBe(368);
    await expect(document.activeElement).toBe(edge);
    await userEvent.dblClick(edge);
    await waitFor(() => expect(widthOf(detail)).toBe(408));
  },
};

/** From right to left the details lie at the left, and a move to the right makes them wider. */
export const RightToLeft: Story = {
  parameters: { dir: 'rtl' },
  async play({ canvas }) {
    const detail = await open(canvas);
    const edge = edgeOf(canvas);
    await expect(detail.getBoundingClientRect().right).toBeLessThan(500);
    await expect(Math.abs(edge.getBoundingClientRect().right - detail.getBoundingClientRect().right)).toBeLessThan(12);
    edge.focus();
    await userEvent.keyboard('{ArrowRight}');
    await waitFor(() => expect(widthOf(detail)).toBe(424));
  },
};

/** A sheet has no edge to move; it lies over the rows. */
export const AsASheet: Story = {
  parameters: { width: 820 },
  async play({ canvas }) {
    const detail = await open(canvas);
    await expect(canvas.queryByRole('separator', { name: 'Width of the details' })).toBeNull();
    await userEvent.keyboard('2');
    await waitFor(() => expect(canvas.getAllByRole('tab')[1]).toHaveAttribute('aria-selected', 'true'));
    await expect(widthOf(detail)).toBe(408);
  },
};

/** Where the rest is hidden, a span none of whose children is left has no arrow, and Right goes to its cells. */
export const NothingToOpen: Story = {
  args: { defaultQuery: 'billing_agent', defaultFilterMode: 'hide' },
  async play({ canvas }) {
    const billing = await row(canvas, /^billing_agent/);
    await waitFor(() => expect(billing).not.toHaveAttribute('aria-expanded'));
    await expect(billing.querySelector('.tv-fold')).toBeNull();
    await expect((await row(canvas, /^support\.reply/)).querySelector('.tv-fold')).toHaveAttribute(
      'data-state',
      'open',
    );
    billing.focus();
    await userEvent.keyboard('{ArrowRight}');
    await expect(document.activeElement).toHaveAttribute('role', 'rowheader');
    await userEvent.keyboard('{ArrowLeft}{ArrowLeft}');
    await expect(document.activeElement).not.toHaveAccessibleName(/^billing_agent/);
  },
};

/** Keys pass over cells that are not displayed at this width. */
export const HiddenCells: Story = {
  parameters: { width: 700 },
  async play({ canvas }) {
    const first = await row(canvas, /^support\.reply/);
    await expect(first.querySelector('[data-column=tokens]')).not.toBeVisible();
    first.focus();
    await userEvent.keyboard('{ArrowRight}{ArrowRight}{ArrowRight}');
    await expect(document.activeElement).toHaveAttribute('data-column', 'cost');
    await userEvent.keyboard('{ArrowLeft}');
    await expect(document.activeElement).toHaveAttribute('data-column', 'duration');
    await userEvent.keyboard('{End}{ArrowRight}');
    await expect(document.activeElement).toHaveClass('tv-gantt');
    await userEvent.keyboard('{Home}{ArrowLeft}');
    await expect(document.activeElement).toBe(first);
  },
};

/**
 * Many columns make the grid scroll sideways: the mark of a time goes along with the timeline, and the minimap stays
 * above it.
 */
export const Sideways: Story = {
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
    ],
  },
  async play({ canvas, canvasElement }) {
    (await row(canvas, /^resolution_agent/)).focus();
    await userEvent.keyboard('r');
    const grid = canvas.getByRole('treegrid');
    const distance = (): number =>
      canvasElement.querySelector('.tv-range')!.getBoundingClientRect().left -
      canvasElement.querySelector('.tv-axis-scale')!.getBoundingClientRect().left;
    await waitFor(() => expect(canvasElement.querySelector('.tv-range')).toBeVisible());
    const before = distance();
    grid.scrollLeft = grid.scrollWidth;
    await waitFor(() => expect(grid.scrollLeft).toBeGreaterThan(50));
    await waitFor(() => expect(distance()).toBeCloseTo(before, 0));
    const left = (selector: string): number => canvasElement.querySelector(selector)!.getBoundingClientRect().left;
    await waitFor(() => expect(left('.tv-minimap')).toBeCloseTo(left('.tv-axis-scale'), 0));
  },
};

/**
 * What leads to another span takes the focus out of the details, as what had it there is gone; keys go on from the row.
 */
export const KeysFromTheDetails: Story = {
  async play({ canvas }) {
    const detail = await open(canvas);
    within(detail).getByRole('tab', { selected: true }).focus();
    await userEvent.keyboard('e');
    await waitFor(() => expect(document.activeElement).toHaveAccessibleName(/^refund\.eligibility/));
    await userEvent.keyboard('?');
    const keys = await canvas.findByRole('dialog', { name: 'Keys' });
    await waitFor(() => expect(keys).toContainElement(document.activeElement as HTMLElement));
    (await row(canvas, /^plan/)).focus();
    await userEvent.keyboard('{Escape}');
    await expect(canvas.queryByRole('dialog', { name: 'Keys' })).toBeNull();
    await expect(canvas.getByRole('complementary')).toBeVisible();
  },
};

const find = (canvas: Canvas): HTMLElement => canvas.getByRole('textbox', { name: 'Find in these details' });
const inPanel = (mark: Element): boolean => {
  const frame = mark.closest('.tv-panel')!.getBoundingClientRect();
  const { top, bottom } = mark.getBoundingClientRect();
  return top >= frame.top && bottom <= frame.bottom;
};
const current = (canvasElement: HTMLElement): Promise<Element> =>
  waitFor(() => {
    const mark = canvasElement.querySelector('mark[data-current]');
    if (!mark || !inPanel(mark)) throw new Error('no match is in view');
    return mark;
  });

/** Ctrl F in the details finds in them: it counts, steps, opens what is folded, and goes back where it came from. */
export const FindInThePanel: Story = {
  async play({ canvas, canvasElement }) {
    const detail = await open(canvas, /^plan/);
    within(detail).getByRole('tab', { selected: true }).focus();
    await userEvent.keyboard('{Control>}f{/Control}');
    await waitFor(() => expect(find(canvas)).toHaveFocus());
    await userEvent.type(find(canvas), 'refund');
    const first = await current(canvasElement);
    await expect(first.textContent!.toLowerCase()).toBe('refund');
    const said = detail.querySelector('.tv-detail-find output')!;
    await expect(said).toHaveTextContent(/^1 of \d+/);
    const all = Number(/of (\d+)/.exec(said.textContent!)![1]);
    await expect(all).toBeGreaterThan(1);
    await userEvent.keyboard('{Enter}');
    await waitFor(() => expect(said).toHaveTextContent(`2 of ${all}`));
    await current(canvasElement);
    await userEvent.keyboard('{Shift>}{Enter}{Enter}{/Shift}');
    await waitFor(() => expect(said).toHaveTextContent(`${all} of ${all}`));
    await current(canvasElement);
    // Other panels say that they hold some, too.
    await expect(within(detail).getByRole('tab', { name: /Attributes.*matches/ })).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(canvas.queryByRole('textbox', { name: 'Find in these details' })).toBeNull());
    await expect(within(detail).getByRole('tab', { selected: true })).toHaveFocus();
  },
};

/** What the search of the viewer found in a span is gone to, in whichever panel it stands. */
export const FoundBySearch: Story = {
  args: { defaultQuery: 'duplicate-charges' },
  async play({ canvas, canvasElement }) {
    await open(canvas, /^search_help_center/);
    const mark = await current(canvasElement);
    await expect(mark).toHaveTextContent('duplicate-charges');
    await userEvent.click(canvas.getByRole('button', { name: 'Close find' }));
    await expect(canvas.queryByRole('button', { name: 'Close find' })).toBeNull();
  },
};

/** The details over the timeline, to read; the grid below does not move. A part of the view. */
export const Reading: Story = {
  args: { onReadingChange: fn(), onViewStateChange: fn() },
  async play({ canvas, args, canvasElement }) {
    const detail = await open(canvas);
    const left = canvasElement.querySelector('.tv-left')!;
    const before = widthOf(left);
    (await row(canvas, /^classify_intent/)).focus();
    await userEvent.keyboard('{Shift>}{Enter}{/Shift}');
    await waitFor(() => expect(widthOf(detail)).toBe(820));
    await expect(widthOf(left)).toBe(before);
    await expect(args.onReadingChange).toHaveBeenLastCalledWith(true);
    const view = (args.onViewStateChange as ReturnType<typeof fn>).mock.lastCall![0] as ViewState;
    await expect(decodeViewState(encodeViewState(view))).toMatchObject({ reading: true });
    await userEvent.click(within(detail).getByRole('button', { name: 'Wide', pressed: true }));
    await waitFor(() => expect(widthOf(detail)).toBe(408));
  },
};

/** A menu of what can be copied and how; the status says what was. */
export const CopyFromTheMenu: Story = {
  async play({ canvas, canvasElement }) {
    const own = Object.getOwnPropertyDescriptor(navigator, 'clipboard');
    let copied = '';
    const clipboard = {
      write: async ([item]: readonly ClipboardItem[]) => {
        copied = await (await item!.getType('text/plain')).text();
      },
    };
    Object.defineProperty(navigator, 'clipboard', { value: clipboard, configurable: true });
    try {
      const detail = await open(canvas);
      await userEvent.click(within(detail).getByRole('button', { name: 'Copy', expanded: false }));
      const dialog = await canvas.findByRole('dialog', { name: 'Copy' });
      await expect(within(dialog).getAllByRole('button')).toHaveLength(9);
      await userEvent.click(within(dialog).getByRole('button', { name: 'Conversation as Markdown' }));
      await waitFor(() =>
        expect(canvasElement.querySelector('.tv-status')).toHaveTextContent('Conversation as Markdown copied'),
      );
      await expect(copied).toMatch(/^#/);
      await expect(canvas.queryByRole('dialog', { name: 'Copy' })).toBeNull();
      await userEvent.click(within(detail).getByRole('button', { name: 'Copy', expanded: false }));
      await userEvent.click(await canvas.findByRole('button', { name: 'Trace as OTLP' }));
      await waitFor(() => expect(JSON.parse(copied)).toHaveProperty('resourceSpans'));
    } finally {
      if (own) Object.defineProperty(navigator, 'clipboard', own);
      else Reflect.deleteProperty(navigator, 'clipboard');
    }
  },
};

/** A panel of the host stands in place of ours with the same id, any other before ours. */
export const PanelsOfTheHost: Story = {
  args: {
    panels: [
      { id: 'messages', title: 'Our messages', match: ({ kind }) => kind === 'llm', render: () => <p>told by us</p> },
      { id: 'notes', title: 'Notes', match: () => true, render: () => <p>a note</p>, texts: () => [] },
      { id: 'notes', title: 'Notes again', match: () => true, render: () => <p>another</p> },
    ],
  },
  async play({ canvas }) {
    await open(canvas);
    const ids = canvas.getAllByRole('tab').map(({ id }) => id);
    await expect(new Set(ids).size).toBe(ids.length);
    await expect(canvas.queryByRole('tab', { name: 'Messages' })).toBeNull();
    await expect(canvas.getByText('a note')).toBeVisible();
    await userEvent.click(canvas.getByRole('tab', { name: 'Our messages' }));
    await expect(await canvas.findByText('told by us')).toBeVisible();
  },
};

/** However many tabs and however narrow: one line, in which the chosen one is in view. */
export const TabsInOneLine: Story = {
  parameters: { width: 360 },
  args: {
    defaultPanel: 'raw',
    panels: ['First', 'Second', 'Third', 'Fourth'].map((title) => ({
      id: title,
      title: `${title} panel of the host`,
      match: () => true,
      render: () => title,
    })),
  },
  async play({ canvas }) {
    await open(canvas);
    const tops = new Set(canvas.getAllByRole('tab').map((tab) => Math.round(tab.getBoundingClientRect().top)));
    await expect(tops.size).toBe(1);
    const strip = canvas.getByRole('tablist').getBoundingClientRect();
    const raw = canvas.getByRole('tab', { selected: true });
    await expect(raw).toHaveTextContent('Raw');
    await expect(raw.getBoundingClientRect().right).toBeLessThanOrEqual(strip.right + 1);
    raw.focus();
    await userEvent.keyboard('{Home}');
    await waitFor(() => expect(canvas.getByRole('tab', { selected: true })).toHaveTextContent('First'));
    await expect(canvas.getByRole('tab', { selected: true }).getBoundingClientRect().left).toBeGreaterThanOrEqual(
      strip.left - 1,
    );
  },
};
