import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, fn, userEvent, waitFor, within } from 'storybook/test';
import {
  TraceProvider,
  TraceSession,
  TraceViewer,
  useTraces,
  type ParseOptions,
  type TraceInput,
  type TraceSessionProps,
} from '../src/index.ts';
import { recordings } from './recordings.ts';
import { manyTraces, session } from './sessions.ts';

interface StageProps extends Omit<TraceSessionProps, 'traces' | 'session'> {
  readonly input?: TraceInput | readonly TraceInput[];
  readonly options?: ParseOptions;
  readonly session?: string;
  readonly theme?: 'light' | 'dark';
}

/** The timeline of a session, by itself. */
function Stage({ input = session, options, session: shown = 'visit-5120', theme, ...rest }: StageProps) {
  const { set } = useTraces(input, options);
  return (
    <TraceProvider trace={null} timeZone="UTC" theme={theme}>
      {set ? <TraceSession traces={set} session={shown} {...rest} /> : null}
    </TraceProvider>
  );
}

const meta = {
  title: 'TraceSession',
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

const rowsOf = (canvas: ReturnType<typeof within>): readonly HTMLElement[] =>
  canvas.getAllByRole('row').filter((row: HTMLElement) => row.getAttribute('aria-rowindex') !== '1');
const barOf = (row: HTMLElement): DOMRect =>
  row.querySelector('.tv-session-bar i:not([data-mark])')!.getBoundingClientRect();

/**
 * Five turns of one visit over two hours. Two pauses are shortened; what was asked and answered is read when a row
 * comes on screen.
 */
export const Visit: Story = {
  args: { onSelectedTraceChange: fn() },
  async play({ canvas, args, canvasElement }) {
    await canvas.findByRole('grid', { name: 'Turns of session visit-5120' });
    const rows = rowsOf(canvas);
    await expect(rows).toHaveLength(5);
    await expect(canvas.getByText('5 turns')).toBeVisible();
    await expect(canvas.getByText('10.8k')).toBeVisible();
    await expect(canvas.getByText('2h 10m')).toBeVisible();
    await waitFor(() =>
      expect(rows[0]).toHaveTextContent(/asked: We come on Sunday at ten with a stroller.*answered: Yes\. On Sundays/),
    );
    await expect(rows[2]).toHaveAccessibleName(/after 2h 06m idle, starts at 2h 06m, lasts 1\.77 s/);
    // In order, and none over another; work keeps its proportions.
    const bars = rows.map(barOf);
    for (let turn = 1; turn < bars.length; turn += 1)
      await expect(bars[turn]!.left).toBeGreaterThanOrEqual(bars[turn - 1]!.right - 0.5);
    await expect(bars[4]!.width / bars[0]!.width).toBeCloseTo(5.8 / 1.82, 1);
    // The breaks stand exactly between the bars.
    const breaks = Array.from(canvasElement.querySelectorAll('.tv-session-breaks i'), (each) =>
      each.getBoundingClientRect(),
    );
    await expect(breaks).toHaveLength(2);
    await expect(Math.abs(breaks[0]!.left - bars[1]!.right)).toBeLessThan(1);
    await expect(Math.abs(breaks[0]!.right - bars[2]!.left)).toBeLessThan(1);
    await userEvent.click(rows[1]!);
    await expect(args.onSelectedTraceChange).toHaveBeenCalledOnce();
    await expect(rowsOf(canvas)[1]).toHaveAttribute('aria-selected', 'true');
  },
};

/** By keys alone. */
export const Keyboard: Story = {
  args: { onSelectedTraceChange: fn() },
  async play({ canvas, args }) {
    await canvas.findByRole('grid');
    await userEvent.tab();
    await expect(document.activeElement).toHaveAccessibleName(/^1\s*answer_question/);
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowRight}{End}');
    await expect(document.activeElement).toHaveAccessibleName(/^(2h 06m idle)?\s*after 2h 06m idle/);
    await userEvent.keyboard('{ArrowDown}{Enter}');
    await expect(args.onSelectedTraceChange).toHaveBeenCalledOnce();
    await userEvent.keyboard('{Control>}{Home}{/Control}');
    await expect(document.activeElement!.closest('[role=row]')).toHaveAttribute('aria-rowindex', '2');
  },
};

/** Turns that cost something, nine of them, some at the same time. */
export const Priced: Story = {
  args: { input: manyTraces(60), session: 'call-3' },
  async play({ canvas }) {
    await canvas.findByRole('grid');
    await expect(rowsOf(canvas)).toHaveLength(9);
    await expect(canvas.getByText(/^\d+ of \d+ priced$/, { selector: '.tv-session-head *' })).toBeVisible();
  },
};

export const Narrow: Story = {
  args: { theme: 'dark' },
  parameters: { width: 320, height: 640 },
  async play({ canvas }) {
    const grid = await canvas.findByRole('grid');
    await waitFor(() => expect(rowsOf(canvas)[0]!.getBoundingClientRect().height).toBe(62));
    await expect(grid.scrollWidth).toBe(grid.clientWidth);
    await expect(within(rowsOf(canvas)[2]!).getByText('2h 06m idle')).toBeVisible();
  },
};

/** Masking reaches the previews. */
export const Masked: Story = {
  args: { options: { redact: [{ name: 'day', value: /Sundays?/ }] } },
  async play({ canvas, canvasElement }) {
    await canvas.findByRole('grid');
    await waitFor(() => expect(canvasElement.querySelectorAll('.tv-masked').length).toBeGreaterThan(1));
    await expect(canvasElement).not.toHaveTextContent(/Sunday|⟦/);
  },
};

/** In the viewer: a few traces that share a session have a button for it beside their menu. */
export const InTheViewer: Story = {
  parameters: { height: 640 },
  render: () => <TraceViewer input={recordings.releaseScribe} timeZone="UTC" />,
  async play({ canvas }) {
    await expect(await canvas.findByRole('combobox', { name: 'Trace' })).toBeVisible();
    await userEvent.click(canvas.getByRole('button', { name: /^Session\s*2/ }));
    const panel = await canvas.findByRole('dialog');
    await within(panel).findByRole('grid', { name: 'Turns of session release-2.4.0' });
    await waitFor(() => expect(panel).toContainElement(document.activeElement as HTMLElement));
    await userEvent.keyboard('{ArrowDown}{Enter}');
    await expect(await canvas.findByRole('treegrid', { name: 'Spans of check_release_notes' })).toBeVisible();
    await userEvent.click(canvas.getByRole('button', { name: /^Session/ }));
    await userEvent.click(await canvas.findByRole('button', { name: 'All traces' }));
    await expect(await canvas.findByRole('grid', { name: 'Traces' })).toBeVisible();
  },
};
