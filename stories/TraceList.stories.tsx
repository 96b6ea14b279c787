import type { Meta, StoryObj } from '@storybook/react-vite';
import { useState } from 'react';
import { expect, fireEvent, fn, userEvent, waitFor, within } from 'storybook/test';
import {
  TraceList,
  TraceProvider,
  TraceViewer,
  useTraces,
  type ParseOptions,
  type TraceInput,
  type TraceListProps,
  type TraceViewProps,
} from '../src/index.ts';
import { atRest } from './atRest.ts';
import { manyTraces, session } from './sessions.ts';

interface StageProps extends Omit<TraceListProps, 'traces'>, Pick<TraceViewProps, 'density' | 'theme' | 'labels'> {
  readonly input?: TraceInput | readonly TraceInput[];
  readonly options?: ParseOptions;
}

/** A list of the traces of an input, by itself. */
function Stage({ input = session, options, density = 'compact', theme, labels, ...list }: StageProps) {
  const { set } = useTraces(input, options);
  return (
    <TraceProvider trace={null} timeZone="UTC" density={density} theme={theme} labels={labels}>
      {set ? <TraceList traces={set} {...list} /> : null}
    </TraceProvider>
  );
}

const meta = {
  title: 'TraceList',
  component: Stage,
  decorators: [
    (Story, { parameters }) => (
      <div
        style={{
          height: (parameters['height'] as number | undefined) ?? 480,
          width: parameters['width'] as number | undefined,
        }}
      >
        <Story />
      </div>
    ),
  ],
} satisfies Meta<typeof Stage>;
export default meta;
type Story = StoryObj<typeof meta>;
type Canvas = ReturnType<typeof within>;

const rowsOf = (canvas: Canvas): readonly HTMLElement[] =>
  canvas
    .getAllByRole('row')
    .filter((row: HTMLElement) => row.getAttribute('aria-rowindex') !== '1')
    .sort((a: HTMLElement, b: HTMLElement) => Number(a.ariaRowIndex) - Number(b.ariaRowIndex));
const cellOf = (row: HTMLElement, column: string): string | null =>
  row.querySelector(`[data-column=${column}]`)!.textContent;
const focused = (): HTMLElement => document.activeElement as HTMLElement;

/** Traces of two programs and five runs, newest first. */
export const Traces: Story = {
  args: { onSelectedTraceChange: fn() },
  async play({ canvas, args, canvasElement }) {
    await canvas.findByRole('grid', { name: 'Traces' });
    await expect(canvas.getByText('11 traces')).toBeVisible();
    await expect(rowsOf(canvas)).toHaveLength(11);
    await expect(rowsOf(canvas)[0]).toHaveTextContent(
      /^POST \/desk\/visits.*18:08:34\.710.*5\.80 s.*22.*1.*3\.6k.*visit-5120/,
    );
    await expect(canvas.getByRole('columnheader', { name: 'Start' })).toHaveAttribute('aria-sort', 'descending');
    // No trace has a cost, so there is no such column.
    await expect(canvas.queryByRole('columnheader', { name: 'Cost' })).toBeNull();
    // The longest fills its bar; where it failed it is hatched.
    await expect(canvasElement.querySelectorAll('.tv-spark [data-mark=error]')).toHaveLength(4);
    await userEvent.click(rowsOf(canvas)[2]!);
    await expect(args.onSelectedTraceChange).toHaveBeenCalledOnce();
    await expect(rowsOf(canvas)[2]).toHaveAttribute('aria-selected', 'true');
  },
};

/** A press on a column sorts by it, another the other way round. What is not known comes last both times. */
export const SortByColumn: Story = {
  async play({ canvas }) {
    await canvas.findByRole('grid');
    const duration = canvas.getByRole('columnheader', { name: 'Duration' });
    await userEvent.click(within(duration).getByRole('button'));
    await expect(duration).toHaveAttribute('aria-sort', 'descending');
    await expect(cellOf(rowsOf(canvas)[0]!, 'duration')).toBe('5.80 s');
    await userEvent.click(within(duration).getByRole('button'));
    await expect(duration).toHaveAttribute('aria-sort', 'ascending');
    await expect(cellOf(rowsOf(canvas)[0]!, 'duration')).toBe('13.1 ms');
    await userEvent.click(canvas.getByRole('button', { name: 'User' }));
    await expect(cellOf(rowsOf(canvas)[0]!, 'user')).toBe('traveller-9');
    await userEvent.click(canvas.getByRole('button', { name: 'User' }));
    await expect(cellOf(rowsOf(canvas)[0]!, 'user')).toBe('traveller-9');
    await expect(cellOf(rowsOf(canvas).at(-1)!, 'user')).toBe('');
  },
};

/** Literal text, in names, ids, sessions, users and tags, with how many have it. */
export const Filter: Story = {
  async play({ canvas, canvasElement }) {
    await canvas.findByRole('grid');
    const filter = canvas.getByRole('combobox', { name: /Find by name/ });
    await userEvent.type(filter, 'VISIT-51');
    await expect(canvas.getByRole('status')).toHaveTextContent('5 of 11 traces');
    await expect(canvasElement.querySelectorAll('[data-column=session] mark')).toHaveLength(5);
    await userEvent.clear(filter);
    await userEvent.type(filter, 'b1d27a26');
    await expect(rowsOf(canvas)).toHaveLength(1);
    await expect(rowsOf(canvas)[0]).toHaveTextContent(/ai\.generateObject.*b1d27a26/);
    await userEvent.type(filter, '.*');
    await expect(canvas.getByText('No trace matches')).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expect(canvas.getByRole('status')).toHaveTextContent('11 traces');
  },
};

/** All of it by keys: from the filter to the rows, to the cells, to the head, and opened. */
export const Keyboard: Story = {
  args: { onSelectedTraceChange: fn() },
  async play({ canvas, args }) {
    await canvas.findByRole('grid');
    await userEvent.tab();
    await expect(focused()).toHaveRole('combobox');
    await userEvent.keyboard('ai.');
    // Past the button that clears it and the picture.
    for (let stops = 0; stops < 3; stops += 1) await userEvent.tab();
    await expect(focused()).toHaveAccessibleName(/^ai\.streamText/);
    await userEvent.keyboard('{ArrowDown}');
    await expect(focused()).toHaveAccessibleName(/^ai\.generateObject/);
    await userEvent.keyboard('{End}');
    await expect(focused()).toHaveAccessibleName(/^ai\.embedMany/);
    await userEvent.keyboard('{Home}{ArrowRight}');
    await expect(focused()).toHaveRole('rowheader');
    await userEvent.keyboard('{ArrowRight}{ArrowRight}');
    await expect(focused()).toHaveTextContent('769 ms');
    // Up from the first row leads to the head; Enter sorts; Down leads back.
    await userEvent.keyboard('{ArrowUp}');
    await expect(focused()).toHaveAccessibleName('Duration');
    await userEvent.keyboard('{Enter}{ArrowDown}');
    await expect(focused()).toHaveTextContent('2.11 s');
    await userEvent.keyboard('{ArrowLeft}{ArrowLeft}{ArrowLeft}{ArrowDown}{Enter}');
    await expect(args.onSelectedTraceChange).toHaveBeenCalledOnce();
    await waitFor(() => expect(focused()).toHaveAttribute('aria-selected', 'true'));
    await expect(focused()).toHaveAccessibleName(/^ai\.generateText.*1\.64 s/);
    await userEvent.tab();
    await expect(canvas.getByRole('grid')).not.toContainElement(focused());
  },
};

/** The host owns the selection and refuses. */
export const Refused: Story = {
  args: { selectedTrace: null, onSelectedTraceChange: fn() },
  async play({ canvas, args }) {
    await canvas.findByRole('grid');
    await userEvent.click(rowsOf(canvas)[1]!);
    await expect(args.onSelectedTraceChange).toHaveBeenCalledOnce();
    await expect(canvas.queryByRole('row', { selected: true })).toBeNull();
  },
};

/** Five thousand traces: only the rows on screen are mounted, and the focused one wherever it is. */
export const FiveThousand: Story = {
  args: { input: manyTraces(5000) },
  async play({ canvas, canvasElement }) {
    const grid = await canvas.findByRole('grid', undefined, { timeout: 20_000 });
    await expect(grid).toHaveAttribute('aria-rowcount', '5001');
    await expect(rowsOf(canvas).length).toBeLessThan(45);
    await atRest(() => rowsOf(canvas).length);
    rowsOf(canvas)[0]!.focus();
    await userEvent.keyboard('{End}');
    await waitFor(() => expect(focused()).toHaveAttribute('aria-rowindex', '5001'));
    grid.scrollTop = 0;
    await waitFor(() => expect(canvasElement.querySelector('[aria-rowindex="2"]')).not.toBeNull());
    await expect(focused()).toHaveAttribute('aria-rowindex', '5001');
    await userEvent.click(canvas.getByRole('button', { name: 'Cost' }));
    const costs = (): readonly number[] =>
      rowsOf(canvas)
        .slice(0, 10)
        .map((row) => Number(/\$([\d.]+)/.exec(cellOf(row, 'cost')!)![1]));
    await waitFor(() => expect(costs()).toEqual([...costs()].sort((a, b) => b - a)));
    await userEvent.type(canvas.getByRole('combobox', { name: /Find by name/ }), 'customer-39');
    await waitFor(() => expect(canvas.getByRole('status')).toHaveTextContent(/^\d+ of 5,000 traces$/));
  },
};

/** Keys that are held down come faster than the list scrolls: the keyboard stays on a row. */
export const HeldKeys: Story = {
  args: { input: manyTraces(600) },
  async play({ canvas }) {
    await canvas.findByRole('grid', undefined, { timeout: 20_000 });
    await atRest(() => rowsOf(canvas).length);
    const hold = async (key: string, times = 1): Promise<string | null> => {
      for (let time = 0; time < times; time += 1) {
        fireEvent.keyDown(focused(), { key });
        // What the key sets is drawn; what it scrolls is told with the next frame.
        await Promise.resolve();
      }
      return focused().ariaRowIndex;
    };
    rowsOf(canvas)[0]!.focus();
    await Promise.resolve();
    const page = Number(await hold('PageDown')) - 2;
    await expect(page).toBeGreaterThan(5);
    await expect(await hold('PageDown', 9)).toBe(String(2 + 10 * page));
    await expect(await hold('ArrowDown', 40)).toBe(String(42 + 10 * page));
    await expect(await hold('Home')).toBe('2');
    await expect(await hold('End')).toBe('601');
    await expect(await hold('PageUp', 5)).toBe(String(601 - 5 * page));
    await hold('Home');
    await hold('ArrowUp');
    await expect(focused().closest('[data-head]')).not.toBeNull();
  },
};

/** Names and users of traces can be secret as well. */
export const Masked: Story = {
  args: {
    options: {
      redact: [
        { name: 'visit', value: /visit-\d+/ },
        { name: 'program', value: /ai\.\w+/ },
      ],
    },
  },
  async play({ canvas, canvasElement }) {
    await canvas.findByRole('grid');
    await expect(canvasElement).not.toHaveTextContent(/visit-5120|ai\.generateText|⟦/);
    await userEvent.type(canvas.getByRole('combobox', { name: /Find by name/ }), 'prog');
    await expect(canvasElement).not.toHaveTextContent('⟦');
    await expect(canvas.queryByText('visit-5120')).toBeNull();
  },
};

/** 320 pixels: a row is two lines, and the order is chosen from a menu. */
export const Narrow: Story = {
  parameters: { width: 320 },
  async play({ canvas }) {
    const grid = await canvas.findByRole('grid');
    await waitFor(() => expect(rowsOf(canvas)[0]!.getBoundingClientRect().height).toBe(40));
    await expect(grid.scrollWidth).toBe(grid.clientWidth);
    await userEvent.selectOptions(canvas.getByRole('combobox', { name: 'Sort by' }), 'Duration');
    await expect(rowsOf(canvas)[0]).toHaveTextContent('5.80 s');
    await userEvent.click(canvas.getByRole('button', { name: 'Largest first' }));
    await expect(rowsOf(canvas)[0]).toHaveTextContent('13.1 ms');
    rowsOf(canvas)[0]!.focus();
    await userEvent.keyboard('{ArrowUp}{ArrowDown}');
    await expect(focused()).toHaveAttribute('aria-rowindex', '3');
  },
};

export const Dark: Story = { args: { theme: 'dark', density: 'comfortable' } };

export const Empty: Story = {
  args: { input: '{"resourceSpans":[]}' },
  async play({ canvas }) {
    await expect(await canvas.findByText('No traces')).toBeVisible();
  },
};

/** In the viewer: a button with the number of traces opens the list over the trace. */
export const InTheViewer: Story = {
  parameters: { height: 640 },
  render: () => <TraceViewer input={session} timeZone="UTC" />,
  async play({ canvas }) {
    const button = await canvas.findByRole('button', { name: /^Traces\s*11/ });
    await userEvent.click(button);
    const panel = await canvas.findByRole('dialog', { name: 'Trace' });
    await waitFor(() => expect(focused()).toHaveAttribute('aria-selected', 'true'));
    // Keys of the viewer do not act on the trace behind; `/` is for the list.
    await userEvent.keyboard('/embed');
    await expect(within(panel).getByRole('status')).toHaveTextContent('1 of 11 traces');
    await userEvent.keyboard('{Enter}');
    await waitFor(() => expect(focused()).toHaveAccessibleName(/^ai\.embedMany/));
    await userEvent.keyboard('{Enter}');
    await expect(await canvas.findByRole('treegrid', { name: 'Spans of ai.embedMany' })).toBeVisible();
    await expect(canvas.queryByRole('dialog')).toBeNull();
    await expect(focused()).toBe(button);
    await userEvent.click(button);
    await canvas.findByRole('dialog');
    await waitFor(() => expect(focused()).toHaveAttribute('aria-selected', 'true'));
    await userEvent.keyboard('{Escape}');
    await expect(canvas.queryByRole('dialog')).toBeNull();
    await expect(focused()).toBe(button);
  },
};

/** A list of the host's own beside the viewer. */
export const BesideTheViewer: Story = {
  parameters: { height: 640 },
  render: function Render() {
    const { set } = useTraces(session);
    const [key, setKey] = useState<string | null>(null);
    const trace = set?.traces.find((each) => each.key === key);
    return (
      <div style={{ display: 'grid', gridTemplateColumns: '340px 1fr', height: '100%' }}>
        <TraceProvider trace={null}>
          {set ? <TraceList traces={set} selectedTrace={key} onSelectedTraceChange={setKey} /> : null}
        </TraceProvider>
        {trace ? <TraceViewer trace={trace} /> : <p>Choose a trace</p>}
      </div>
    );
  },
  async play({ canvas }) {
    await userEvent.click(await canvas.findByRole('row', { name: /^POST \/desk\/visits/ }));
    await expect(await canvas.findByRole('treegrid', { name: 'Spans of POST /desk/visits' })).toBeVisible();
  },
};

/** How what was found is spread; a drag in the picture writes the query. */
export const SpreadOfDurations: Story = {
  args: { input: manyTraces(300) },
  async play({ canvas, canvasElement }) {
    await canvas.findByRole('grid');
    await userEvent.click(canvas.getByRole('button', { name: 'Spread', expanded: false }));
    const chart = await waitFor(() => {
      const found = canvasElement.querySelector('svg.tv-spread-chart');
      if (!found) throw new Error('no picture yet');
      return found;
    });
    await expect(chart.querySelectorAll('.tv-spread-bar')).toHaveLength(40);
    const { left, top, width } = chart.getBoundingClientRect();
    const at = (share: number) => ({ clientX: left + width * share, clientY: top + 20, pointerId: 1, bubbles: true });
    chart.setPointerCapture = () => {};
    chart.dispatchEvent(new PointerEvent('pointerdown', at(0.5)));
    await waitFor(() => expect(chart.querySelectorAll('[data-chosen]')).toHaveLength(1));
    chart.dispatchEvent(new PointerEvent('pointermove', at(0.9)));
    await waitFor(() => expect(chart.querySelectorAll('[data-chosen]').length).toBeGreaterThan(10));
    chart.dispatchEvent(new PointerEvent('pointerup', at(0.9)));
    const filter = canvas.getByRole('combobox', { name: /Find by name/ });
    await waitFor(() => expect((filter as HTMLInputElement).value).toMatch(/^duration>=[\d.]+us duration<=[\d.]+us$/));
    await waitFor(() => expect(canvas.getByRole('status')).toHaveTextContent(/^\d{1,3} of 300 traces$/));
  },
};

/** The same by keys: an end each has, Escape takes back, Enter writes the query and leaves the keyboard where it is. */
export const SpreadByKeys: Story = {
  args: { input: manyTraces(300) },
  async play({ canvas, canvasElement }) {
    await canvas.findByRole('grid');
    await userEvent.click(canvas.getByRole('button', { name: 'Spread', expanded: false }));
    const from = await canvas.findByRole('slider', { name: 'From' });
    const to = canvas.getByRole('slider', { name: 'To' });
    const chosen = () => canvasElement.querySelectorAll('.tv-spread-bar[data-chosen]');
    from.focus();
    await userEvent.keyboard('{ArrowRight}');
    await waitFor(() => expect(chosen()).toHaveLength(39));
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(chosen()).toHaveLength(0));
    await userEvent.keyboard('{Shift>}{ArrowRight}{ArrowRight}{/Shift}');
    await userEvent.tab();
    await expect(to).toHaveFocus();
    await userEvent.keyboard('{ArrowLeft}');
    await waitFor(() => expect(chosen()).toHaveLength(29));
    await expect(to).toHaveAttribute('aria-valuetext', expect.stringMatching(/\ds$|\d ms$|\d s$/));
    await userEvent.keyboard('{Enter}');
    const filter = canvas.getByRole('combobox', { name: /Find by name/ });
    await waitFor(() => expect((filter as HTMLInputElement).value).toMatch(/^duration>=[\d.]+us duration<=[\d.]+us$/));
    await waitFor(() => expect(canvas.getByRole('status')).toHaveTextContent(/^\d{1,3} of 300 traces$/));
    await expect(canvas.getByRole('slider', { name: 'To' })).toHaveFocus();
    await waitFor(() => expect(chosen()).toHaveLength(0));
  },
};

/** The language of queries, over traces: sums, failures anywhere inside, a choice between two; what is wrong is said. */
export const Query: Story = {
  async play({ canvas }) {
    await canvas.findByRole('grid');
    const filter = canvas.getByRole('combobox', { name: /Find by name/ });
    await userEvent.type(filter, 'status:error OR tokens>100000000');
    await waitFor(() => expect(canvas.getByRole('status')).toHaveTextContent(/^[1-9] of 11 traces/));
    const failed = rowsOf(canvas).length;
    for (const row of rowsOf(canvas)) await expect(cellOf(row, 'errors')).not.toBe('');
    await userEvent.clear(filter);
    await userEvent.type(filter, '-status:error');
    await waitFor(() => expect(canvas.getByRole('status')).toHaveTextContent(`${11 - failed} of 11 traces`));
    await userEvent.clear(filter);
    await userEvent.type(filter, 'duration>fast');
    await expect(filter).toHaveAccessibleDescription(/fast/);
    await userEvent.clear(filter);
    await userEvent.type(filter, 'sta');
    await expect(await canvas.findByRole('option', { name: /status/ })).toBeVisible();
  },
};
