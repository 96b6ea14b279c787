import type { Meta, StoryObj } from '@storybook/react-vite';
import { Profiler } from 'react';
import { expect, fireEvent, userEvent, waitFor, within } from 'storybook/test';
import { TraceViewer, type TraceViewerProps } from '../src/index.ts';
import { claudeCodeFiles } from '../test/fixtures/generate/claudeCode.ts';
import { atRest } from './atRest.ts';
import { recordings, unfolded } from './recordings.ts';

const commits = { count: 0 };

/** What moves with time: the critical path, ranges, tooltips, marks. */
const meta = {
  component: TraceViewer,
  title: 'Gantt',
  args: { input: recordings.supportAgent },
  render: (args: TraceViewerProps) => (
    <div style={{ height: 800, width: 1280 }}>
      <Profiler
        id="viewer"
        onRender={() => {
          commits.count += 1;
        }}
      >
        <TraceViewer {...args} />
      </Profiler>
    </div>
  ),
} satisfies Meta<typeof TraceViewer>;
export default meta;
type Story = StoryObj<typeof meta>;
type Canvas = ReturnType<typeof within>;

const row = (canvas: Canvas, name: RegExp): Promise<HTMLElement> => canvas.findByRole('row', { name });
const path = (root: Element, line: 'rails' | 'steps'): string =>
  root.querySelector(`.tv-critical [data-line=${line}]`)!.getAttribute('d') ?? '';
/** The pixel of the page at a share of the timeline's width, on the height of an element. */
const at = (root: Element, share: number, element: Element): { readonly clientX: number; readonly clientY: number } => {
  const { left, width } = root.querySelector('.tv-axis-scale')!.getBoundingClientRect();
  const { top, height } = element.getBoundingClientRect();
  return { clientX: left + width * share, clientY: top + height / 2 };
};
/** A drag along the axis, from one share of its width to another. */
const dragAxis = (root: Element, from: number, to: number): void => {
  const axis = root.querySelector('.tv-axis-scale')!;
  const mouse = { pointerId: 1, pointerType: 'mouse', button: 0, buttons: 1, bubbles: true };
  fireEvent.pointerDown(axis, { ...mouse, ...at(root, from, axis) });
  for (const share of [from + (to - from) / 3, to]) fireEvent.pointerMove(axis, { ...mouse, ...at(root, share, axis) });
  fireEvent.pointerUp(axis, { ...mouse, ...at(root, to, axis) });
};
const over = (root: Element, shown: HTMLElement): void => {
  const mark = shown.querySelector('.tv-marks i')!;
  const { left, top, width, height } = mark.getBoundingClientRect();
  fireEvent.pointerMove(shown.querySelector('.tv-gantt')!, {
    clientX: left + width / 2,
    clientY: top + height / 2,
    pointerType: 'mouse',
    buttons: 0,
  });
};

/**
 * Rails under the steps that the end waited for, and lines from one to the next; the button takes them away. The rows
 * say it in words.
 */
export const CriticalPath: Story = {
  async play({ canvas, canvasElement }) {
    await row(
      canvas,
      /refund\.eligibility.*failed, on the critical path for 1\.14 s, at the same time as 2 of 5 siblings, after plan/,
    );
    await expect(canvas.queryByRole('row', { name: /^get_invoice.*critical path/ })).toBeNull();
    await waitFor(() => expect(path(canvasElement, 'rails').split('M').length).toBeGreaterThan(20));
    await expect(path(canvasElement, 'steps').split('M').length).toBeGreaterThan(10);
    const button = canvas.getByRole('button', { name: 'Critical path' });
    await expect(button).toHaveAttribute('aria-pressed', 'true');
    await userEvent.click(button);
    await expect(button).toHaveAttribute('aria-pressed', 'false');
    await waitFor(() => expect(canvasElement.querySelector('.tv-critical')).not.toBeVisible());
    await userEvent.click(button);
    await waitFor(() => expect(canvasElement.querySelector('.tv-critical')).toBeVisible());
  },
};

/**
 * Where most of the time no step is recorded, the axis says so and offers to draw that time shorter. Each such stretch
 * is hatched, with its length above.
 */
export const IdleTime: Story = {
  args: { input: recordings.supportTable },
  async play({ canvas, canvasElement }) {
    const step = await row(canvas, /^draft gpt-4\.1/);
    const width = (): number => step.querySelector<HTMLElement>('[data-mark=solid]')!.getBoundingClientRect().width;
    const shorten = await canvas.findByRole('button', { name: 'Shorten idle time' });
    await waitFor(() => expect(shorten.parentElement).toHaveTextContent(/^54 % idle/));
    await waitFor(() => expect(width()).toBeGreaterThan(0));
    const before = width();
    await userEvent.click(shorten);
    await waitFor(() => expect(width()).toBeGreaterThan(before * 1.4));
    const mask = getComputedStyle(step.querySelector('.tv-gantt')!, '::after').maskImage;
    await expect(mask.split('rgb(0, 0, 0)')).toHaveLength(3);
    await atRest(() => commits.count);
    commits.count = 0;
    const axis = canvasElement.querySelector('.tv-axis-scale')!;
    const grid = canvasElement.querySelector('.tv-grid-frame')!;
    fireEvent.wheel(axis, { ...at(canvasElement, 0.5, axis), deltaY: -100, ctrlKey: true });
    fireEvent.wheel(grid, { ...at(canvasElement, 0.5, axis), deltaX: 40 });
    await waitFor(() => expect(width()).toBeGreaterThan(before * 1.7));
    await expect(commits.count).toBe(0);
    canvas.getByRole('button', { name: 'Show all idle time' }).focus();
    await userEvent.keyboard('0i');
    await waitFor(() => expect(width()).toBeCloseTo(before, 0));
    await expect(await canvas.findByText('All idle time shown')).toBeVisible();
  },
};

/** `]` and `[` go along it: each span once, in the order in which the path reaches them. */
export const WalkThePath: Story = {
  async play({ canvas }) {
    (await row(canvas, /^classify_intent/)).focus();
    await userEvent.keyboard('{Enter}]');
    await waitFor(() => expect(canvas.getByRole('row', { selected: true })).toHaveTextContent(/^gather_context/));
    await userEvent.keyboard(']');
    await waitFor(() => expect(canvas.getByRole('row', { selected: true })).toHaveTextContent(/^plan/));
    // The agent around it comes after it: its own work begins when the plan is made.
    await userEvent.keyboard(']');
    await waitFor(() => expect(canvas.getByRole('row', { selected: true })).toHaveTextContent(/^billing_agent/));
    // Written twice because one opens the name of a key.
    await userEvent.keyboard('[[');
    await waitFor(() => expect(canvas.getByRole('row', { selected: true })).toHaveTextContent(/^plan/));
  },
};

/** Dragging on the axis marks a time and says how long it is; Enter zooms, because the button has the focus then. */
export const MarkAndZoom: Story = {
  async play({ canvas, canvasElement }) {
    await row(canvas, /^support\.reply/);
    dragAxis(canvasElement, 0.25, 0.5);
    const group = await canvas.findByRole('group', { name: 'Marked time' });
    await expect(group).toHaveTextContent(/^3\.\d\d s/);
    await waitFor(() => expect(document.activeElement).toBe(within(group).getByRole('button', { name: 'Zoom' })));
    await waitFor(() => expect(canvas.getByRole('status')).toHaveTextContent(/^3\.\d\d s marked/));
    const before = canvasElement.querySelector('.tv-axis-scale')!.textContent;
    await userEvent.keyboard('{Enter}');
    await waitFor(() => expect(group).not.toBeVisible());
    await expect(canvasElement.querySelector('.tv-axis-scale')!.textContent).not.toBe(before);
    await waitFor(() => expect(document.activeElement).toHaveAttribute('role', 'row'));
    await waitFor(() => expect(canvasElement.querySelectorAll('[data-mark=onward]').length).toBeGreaterThan(0));
    fireEvent.dblClick(
      canvasElement.querySelector('.tv-axis-scale')!,
      at(canvasElement, 0.5, canvasElement.querySelector('.tv-axis-scale')!),
    );
    await waitFor(() => expect(canvasElement.querySelector('.tv-axis-scale')!.textContent).toBe(before));
  },
};

/** The same with keys: R marks a span's time, Shift R adds another's, Z zooms, Escape clears. */
export const MarkWithKeys: Story = {
  async play({ canvas, canvasElement }) {
    (await row(canvas, /^plan/)).focus();
    await userEvent.keyboard('r');
    const group = await canvas.findByRole('group', { name: 'Marked time' });
    await expect(group).toHaveTextContent(/^1\.18 s/);
    (await row(canvas, /^summarise_billing/)).focus();
    await userEvent.keyboard('{Shift>}R{/Shift}');
    await waitFor(() => expect(group).toHaveTextContent(/^3\.\d\d s/));
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(group).not.toBeVisible());
    await expect(document.activeElement).toHaveAccessibleName(/^summarise_billing/);
    const before = canvasElement.querySelector('.tv-axis-scale')!.textContent;
    await userEvent.keyboard('rz');
    await waitFor(() => expect(canvasElement.querySelector('.tv-axis-scale')!.textContent).not.toBe(before));
    await expect(group).not.toBeVisible();
  },
};

/**
 * What a bar is, after a rest on it; at once on the next bar. Neither this bar nor the selected one is covered, and
 * Escape takes it away.
 */
export const Tooltip: Story = {
  async play({ canvas, canvasElement }) {
    await userEvent.click(await canvas.findByText('get_subscription'));
    const tip = canvasElement.querySelector('.tv-tip')!;
    const invoice = await row(canvas, /^get_invoice/);
    over(canvasElement, invoice);
    await expect(tip).not.toBeVisible();
    await waitFor(() => expect(tip).toHaveTextContent(/get_invoice.*460 ms/));
    const covers = (name: string): boolean => {
      const box = tip.getBoundingClientRect();
      const bar = Array.from(canvasElement.querySelectorAll('.tv-row'))
        .find((each) => each.textContent.startsWith(name))!
        .querySelector('.tv-marks i')!
        .getBoundingClientRect();
      return box.left < bar.right && bar.left < box.right && box.top < bar.bottom && bar.top < box.bottom;
    };
    await expect(covers('get_invoice')).toBe(false);
    await expect(covers('get_subscription')).toBe(false);
    over(canvasElement, await row(canvas, /^plan/));
    await waitFor(() => expect(tip).toHaveTextContent(/plan.*518/), { timeout: 100 });
    await userEvent.keyboard('{Escape}');
    await expect(tip).not.toBeVisible();
    await expect(canvas.getByRole('complementary')).toBeVisible();
  },
};

/** A closed row has the rail of all below it, and a dot where something inside it failed. */
export const FailureInside: Story = {
  async play({ canvas, canvasElement }) {
    (await row(canvas, /^billing_agent/)).focus();
    await userEvent.keyboard('{ArrowLeft}');
    const billing = await row(canvas, /^billing_agent.*critical path/);
    await expect(billing.querySelectorAll('[data-mark=failure]')).toHaveLength(1);
    const dot = billing.querySelector('[data-mark=failure]')!.getBoundingClientRect();
    await expect([dot.width, dot.height]).toEqual([6, 6]);
    const { top } = billing.querySelector('.tv-marks')!.getBoundingClientRect();
    const rails = canvasElement.querySelector<SVGPathElement>('[data-line=rails]')!;
    await waitFor(() => {
      const { left, width } = billing.querySelector('[data-mark=wait]')!.getBoundingClientRect();
      // A rail as long as the bar, three pixels above the row's lower edge.
      const point = new DOMPoint(left + width / 2, top + 21).matrixTransform(rails.getScreenCTM()!.inverse());
      return expect(rails.isPointInStroke(point)).toBe(true);
    });
  },
};

/** Lines far down the list do not keep it long: when all is closed, the one row is in sight. */
export const CloseAllFromBelow: Story = {
  args: { defaultFolds: unfolded },
  async play({ canvas }) {
    await row(canvas, /^support\.reply.*critical path/);
    const grid = canvas.getByRole('treegrid');
    grid.scrollTop = grid.scrollHeight;
    await waitFor(() => expect(canvas.queryByRole('row', { name: /^pii\.redact/ })).toBeNull());
    await userEvent.click(canvas.getByRole('button', { name: 'Close all' }));
    await expect(await row(canvas, /^support\.reply/)).toBeVisible();
    await expect(grid.scrollHeight).toBe(grid.clientHeight);
  },
};

/** Events are points, read when somebody has looked for a while. */
export const Events: Story = {
  async play({ canvas }) {
    const failed = await row(canvas, /^refund\.eligibility.*failed/);
    await waitFor(() => expect(failed.querySelectorAll('[data-mark=exception]')).toHaveLength(1), { timeout: 3000 });
    await expect((await row(canvas, /^billing_agent/)).querySelectorAll('[data-mark=event]')).toHaveLength(1);
  },
};

/** Zoom, pan, hover, and marking a time: React has nothing to do. */
export const NoCommits: Story = {
  async play({ canvas, canvasElement }) {
    await row(canvas, /^refund\.eligibility.*failed.*critical path/);
    // What is to know about the trace comes once, when the rows are drawn.
    await canvas.findByRole('button', { name: /finding/ });
    const axis = canvasElement.querySelector('.tv-axis-scale')!;
    const rails = path(canvasElement, 'rails');
    await atRest(() => commits.count);
    const before = commits.count;
    const empty = at(canvasElement, 0.9, await row(canvas, /^pii\.redact/));
    for (let turn = 0; turn < 5; turn += 1) {
      fireEvent.wheel(axis, { ctrlKey: true, deltaY: -60, ...at(canvasElement, 0.5, axis) });
      fireEvent.wheel(axis, { shiftKey: true, deltaY: 20, ...at(canvasElement, 0.5, axis) });
      fireEvent.pointerMove(canvasElement.querySelector('.tv-gantt')!, {
        ...empty,
        clientX: empty.clientX - turn,
        pointerType: 'mouse',
      });
      // One frame each.
      await new Promise((done) => {
        requestAnimationFrame(done);
      });
    }
    await waitFor(() => expect(path(canvasElement, 'rails')).not.toBe(rails));
    dragAxis(canvasElement, 0.2, 0.6);
    await waitFor(() => expect(canvasElement.querySelector('.tv-range')).toBeVisible());
    await expect(commits.count).toBe(before);
  },
};

export const Dark: Story = {
  args: { theme: 'dark' },
  async play(context) {
    await Tooltip.play?.(context);
  },
};

export const Narrow: Story = {
  render: (args: TraceViewerProps) => (
    <div style={{ height: 800, width: 360 }}>
      <TraceViewer {...args} />
    </div>
  ),
  async play({ canvas, canvasElement }) {
    await row(canvas, /^classify_intent.*critical path/);
    dragAxis(canvasElement, 0.1, 0.2);
    const group = await canvas.findByRole('group', { name: 'Marked time' });
    const [box, grid] = [group.getBoundingClientRect(), canvas.getByRole('treegrid').getBoundingClientRect()];
    await expect(box.left >= grid.left && box.right <= grid.right).toBe(true);
  },
};

/** A double-click fits the span also where its first half opens the details under the pointer. */
export const DoubleClickUnderDetails: Story = {
  async play({ canvas, canvasElement }) {
    const agent = await row(canvas, /^resolution_agent/);
    const where = { ...at(canvasElement, 0.8, agent), bubbles: true };
    fireEvent.click(agent.querySelector('.tv-gantt')!, where);
    const detail = await canvas.findByRole('complementary');
    const { left } = detail.getBoundingClientRect();
    await expect(where.clientX).toBeGreaterThan(left);
    fireEvent.pointerDown(detail, { ...where, pointerId: 1, pointerType: 'mouse', button: 0, composed: true });
    await waitFor(() => expect(canvas.getByText(/in view$/)).toHaveTextContent(/^4\.8\d s – 12\.\d+ s in view$/));
    await expect(canvas.getByRole('complementary')).toBe(detail);
  },
};

/** Of a session of Claude Code the lengths of tools are estimates; one that failed is hatched all the same. */
export const FailedEstimate: Story = {
  args: { input: claudeCodeFiles[0]!.texts },
  async play({ canvas, canvasElement }) {
    await row(canvas, /Which ferry is late/);
    const failed = await waitFor(() => {
      const mark = canvasElement.querySelector('.tv-marks i[data-estimated][data-mark=error]');
      return mark ?? Promise.reject(new Error('No failed estimate is drawn.'));
    });
    await expect(getComputedStyle(failed).backgroundImage).toContain('135deg');
  },
};
