import type { Meta, StoryObj } from '@storybook/react-vite';
import { Profiler, type ReactNode } from 'react';
import { expect, fireEvent, fn, userEvent, waitFor, within } from 'storybook/test';
import {
  TraceGantt,
  TraceMinimap,
  TraceProvider,
  TraceViewer,
  useTraces,
  type TraceProviderProps,
} from '../src/index.ts';
import { atRest, frames } from './atRest.ts';
import { recordings } from './recordings.ts';

type StageProps = Omit<TraceProviderProps, 'trace' | 'children'> & {
  readonly children?: ReactNode;
  readonly onRender?: () => void;
};

/** A provider over the recorded trace, with the minimap above the grid. */
function Stage({ children = <TraceMinimap />, onRender = () => {}, ...props }: StageProps) {
  const { set } = useTraces(recordings.supportAgent);
  return (
    <TraceProvider
      trace={set?.traces[0] ?? null}
      style={{ height: 400, display: 'grid', gridTemplateRows: 'auto 1fr' }}
      {...props}
    >
      <Profiler id="parts" onRender={onRender}>
        {children}
        <TraceGantt />
      </Profiler>
    </TraceProvider>
  );
}

const meta = { component: Stage, title: 'TraceMinimap', args: { onTimeWindowChange: fn() } } satisfies Meta<
  typeof Stage
>;
export default meta;
type Story = StoryObj<typeof meta>;
type Canvas = ReturnType<typeof within>;

const START = 'Start of the shown time';
const END = 'End of the shown time';
const slider = (canvas: Canvas, name: string): HTMLElement => canvas.getByRole('slider', { name });
const valueOf = (canvas: Canvas, name: string): number => Number(slider(canvas, name).getAttribute('aria-valuenow'));
/** The minimap, when the trace is there and drawn. */
async function minimapIn(canvasElement: HTMLElement): Promise<HTMLElement> {
  return waitFor(async () => {
    const element = canvasElement.querySelector<HTMLElement>('[data-trace-part=minimap]');
    await expect(element).toHaveAttribute('data-state', 'ready');
    return element!;
  });
}

/** Points at shares of the minimap's width, one after the other, with the button held. */
function drag(element: HTMLElement, ...shares: readonly number[]): void {
  const { left, top, width } = element.getBoundingClientRect();
  const at = (share: number) => ({
    clientX: left + share * width,
    clientY: top + 30,
    pointerId: 1,
    isPrimary: true,
    button: 0,
    pointerType: 'mouse',
    bubbles: true,
  });
  element.setPointerCapture = () => {};
  fireEvent.pointerDown(element, at(shares[0]!));
  for (const share of shares) fireEvent.pointerMove(element, at(share));
  fireEvent.pointerUp(element, at(shares.at(-1)!));
}

/** The numbers of pixels by colour that the canvas shows. */
function colorsOf(element: HTMLElement): ReadonlyMap<string, number> {
  const canvas = element.querySelector('canvas')!;
  const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
  const counts = new Map<string, number>();
  for (let i = 0; i < data.length; i += 4) {
    if (data[i + 3] !== 255) continue;
    const color = `${data[i]},${data[i + 1]},${data[i + 2]}`;
    counts.set(color, (counts.get(color) ?? 0) + 1);
  }
  return counts;
}

/** Lanes are depths; what waits is thin; failures are red and have a dot above. */
export const Overview: Story = {
  async play({ canvas, canvasElement }) {
    const element = await minimapIn(canvasElement);
    await waitFor(() => expect(colorsOf(element).size).toBeGreaterThan(5));
    await expect(canvas.getByRole('group', { name: 'Overview of the whole trace' })).toBe(element);
    await expect(canvas.getAllByRole('slider')).toHaveLength(3);
    await expect(slider(canvas, START)).toHaveAttribute('aria-valuetext', '0 ms');
  },
};

/**
 * A drag where nothing is taken draws a window, the middle moves it, an edge resizes it. The host hears of each gesture
 * once, React of none while it goes on.
 */
export const Drag: Story = {
  args: { onRender: fn() },
  async play({ canvas, canvasElement, args }) {
    const element = await minimapIn(canvasElement);
    const bounds = valueOf(canvas, END);
    await frames();

    const { left, top, width } = element.getBoundingClientRect();
    element.setPointerCapture = () => {};
    const at = (share: number) => ({
      clientX: left + share * width,
      clientY: top + 30,
      pointerId: 1,
      isPrimary: true,
      button: 0,
      pointerType: 'mouse',
    });
    const commits = (args.onRender as ReturnType<typeof fn>).mock;
    await atRest(() => commits.calls.length);
    fireEvent.pointerDown(element, at(0.2));
    await frames();
    const before = commits.calls.length;
    for (let percent = 20; percent <= 60; percent += 2) {
      fireEvent.pointerMove(element, at(percent / 100));
      await frames();
    }
    await expect(commits.calls.length).toBe(before);
    await expect(element).toHaveAttribute('data-state', 'moving');
    await expect(args.onTimeWindowChange).not.toHaveBeenCalled();
    fireEvent.pointerUp(element, at(0.6));
    await expect(args.onTimeWindowChange).toHaveBeenCalledOnce();
    await frames();
    await expect(valueOf(canvas, START) / bounds).toBeCloseTo(0.2, 2);
    await expect(valueOf(canvas, END) / bounds).toBeCloseTo(0.6, 2);
    await expect(element).toHaveTextContent(/s in view$/);

    drag(element, 0.4, 0.45, 0.5);
    await frames();
    await expect(valueOf(canvas, START) / bounds).toBeCloseTo(0.3, 2);
    await expect(valueOf(canvas, END) / bounds).toBeCloseTo(0.7, 2);
    drag(element, 0.7, 0.8, 0.9);
    await frames();
    await expect(valueOf(canvas, START) / bounds).toBeCloseTo(0.3, 2);
    await expect(valueOf(canvas, END) / bounds).toBeCloseTo(0.9, 2);
    await expect(document.activeElement).toBe(slider(canvas, END));
    await expect(args.onTimeWindowChange).toHaveBeenCalledTimes(3);

    fireEvent.dblClick(element);
    await frames();
    await expect(args.onTimeWindowChange).toHaveBeenLastCalledWith(null);
    await expect(valueOf(canvas, START)).toBe(0);
    await expect(valueOf(canvas, END)).toBe(bounds);
  },
};

/** A press beside the window brings it there. */
export const Press: Story = {
  args: { defaultTimeWindow: [0, 2e9] },
  async play({ canvas, canvasElement, args }) {
    const element = await minimapIn(canvasElement);
    drag(element, 0.5);
    await frames();
    await expect(args.onTimeWindowChange).toHaveBeenCalledOnce();
    await expect(valueOf(canvas, END) - valueOf(canvas, START)).toBe(2e9);
    await expect(valueOf(canvas, START)).toBeGreaterThan(2e9);
  },
};

/** Three sliders: arrows, with Shift, Page keys, Home and End. The host hears of it when the keys have come to rest. */
export const Keyboard: Story = {
  args: { defaultTimeWindow: [2e9, 6e9] },
  async play({ canvas, canvasElement, args }) {
    await minimapIn(canvasElement);
    await userEvent.tab();
    await expect(document.activeElement).toBe(slider(canvas, START));
    await expect(slider(canvas, START)).toHaveAttribute('aria-valuetext', '2.00 s');
    await userEvent.keyboard('{ArrowRight}{ArrowRight}');
    await waitFor(() => expect(valueOf(canvas, START)).toBe(2_158_400_000));
    await waitFor(() => expect(args.onTimeWindowChange).toHaveBeenCalledOnce());
    await userEvent.keyboard('{Home}');
    await waitFor(() => expect(valueOf(canvas, START)).toBe(0));
    await userEvent.tab();
    const move = slider(canvas, 'Move window');
    await expect(document.activeElement).toBe(move);
    await userEvent.keyboard('{ArrowRight}');
    await waitFor(() => expect(move).toHaveAttribute('aria-valuetext', '600 ms to 6.60 s'));
    await userEvent.keyboard('{Shift>}{ArrowRight}{/Shift}');
    await waitFor(() => expect(move).toHaveAttribute('aria-valuetext', '3.60 s to 9.60 s'));
    await userEvent.keyboard('{Home}');
    await waitFor(() => expect(move).toHaveAttribute('aria-valuetext', '0 ms to 6.00 s'));
    await userEvent.tab();
    await expect(document.activeElement).toBe(slider(canvas, END));
    await userEvent.keyboard('{ArrowLeft}');
    await waitFor(() => expect(valueOf(canvas, END)).toBe(5.88e9));
  },
};

/** Ctrl with the wheel zooms about the time under the pointer. */
export const WheelZoom: Story = {
  async play({ canvas, canvasElement }) {
    const element = await minimapIn(canvasElement);
    const bounds = valueOf(canvas, END);
    const { left, width, top } = element.getBoundingClientRect();
    for (let turn = 0; turn < 5; turn += 1)
      fireEvent.wheel(element, { ctrlKey: true, deltaY: -200, clientX: left + width / 4, clientY: top + 20 });
    await frames();
    const [from, to] = [valueOf(canvas, START), valueOf(canvas, END)];
    await expect(to - from).toBeLessThan(bounds / 2);
    await expect((bounds / 4 - from) / (to - from)).toBeCloseTo(0.25, 1);
  },
};

/** The pointer over the rows shows in the minimap too. */
export const Crosshair: Story = {
  async play({ canvasElement }) {
    const element = await minimapIn(canvasElement);
    const axis = canvasElement.querySelector('.tv-axis-scale')!;
    const { left, width, bottom } = axis.getBoundingClientRect();
    fireEvent.pointerMove(axis, { clientX: left + width / 2, clientY: bottom + 40, pointerType: 'mouse' });
    const line = element.querySelector('.tv-minimap-crosshair')!;
    await waitFor(() => expect(line).toBeVisible());
    await expect(
      (line.getBoundingClientRect().left - element.getBoundingClientRect().left) / element.clientWidth,
    ).toBeCloseTo(0.5, 2);
    fireEvent.pointerLeave(canvasElement.querySelector('.tv-grid-frame')!);
    await waitFor(() => expect(line).not.toBeVisible());
  },
};

/** Another theme is another picture, at once. */
export const Theme: Story = {
  args: { theme: 'light' },
  async play({ canvasElement }) {
    const element = await minimapIn(canvasElement);
    await waitFor(() => expect(colorsOf(element).size).toBeGreaterThan(5));
    const light = [...colorsOf(element).keys()];
    canvasElement.querySelector<HTMLElement>('.tv-root')!.dataset['tvTheme'] = 'dark';
    await waitFor(() => expect([...colorsOf(element).keys()].filter((color) => light.includes(color))).toEqual([]));
  },
};

/** In the viewer it stands exactly above the timeline, whatever columns there are. */
export const AboveTheTimeline: Story = {
  render: () => (
    <div style={{ height: 600 }}>
      <TraceViewer input={recordings.supportAgent} />
    </div>
  ),
  async play({ canvasElement }) {
    const element = await minimapIn(canvasElement);
    const axis = canvasElement.querySelector('.tv-axis-scale')!;
    await waitFor(() => {
      const [map, scale] = [element.getBoundingClientRect(), axis.getBoundingClientRect()];
      return expect([Math.round(map.left), Math.round(map.right)]).toEqual([
        Math.round(scale.left),
        Math.round(scale.right),
      ]);
    });
  },
};

/** Names stand at the right then, and time still goes from left to right. */
export const RightToLeft: Story = {
  render: () => (
    <div dir="rtl" style={{ height: 600 }}>
      <TraceViewer input={recordings.supportAgent} defaultTimeWindow={[2e9, 6e9]} />
    </div>
  ),
  async play(context) {
    await AboveTheTimeline.play?.(context);
    const [start, end] = [START, END].map((name) => slider(context.canvas, name).getBoundingClientRect().left);
    await expect(start).toBeLessThan(end!);
  },
};

export const Narrow: Story = {
  render: () => (
    <div style={{ height: 600, width: 320 }}>
      <TraceViewer input={recordings.supportAgent} defaultTimeWindow={[2e9, 6e9]} />
    </div>
  ),
  async play(context) {
    await AboveTheTimeline.play?.(context);
  },
};

export const Dark: Story = { args: { theme: 'dark', defaultTimeWindow: [2e9, 6e9] } };
