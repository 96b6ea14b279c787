import type { Meta, StoryObj } from '@storybook/react-vite';
import { useState } from 'react';
import { expect, userEvent, waitFor, within } from 'storybook/test';
import {
  createTraceStream,
  TraceViewer,
  useTraceStream,
  type TraceStream,
  type TraceViewerProps,
} from '../src/index.ts';
import { useTraceContext } from '../src/hooks/context/TraceContext.ts';
import { batchOf, longRun, nameOf, outOfOrder, recordsIn } from './liveRecords.ts';
import { recordings } from './recordings.ts';

interface StageProps extends Pick<
  TraceViewerProps,
  'defaultQuery' | 'defaultFollow' | 'defaultFilterMode' | 'headerEnd'
> {
  readonly stream: TraceStream;
}

/** A viewer of a stream, as on a host's page. */
function Stage({ stream, ...view }: StageProps) {
  const traces = useTraceStream(stream);
  return (
    <div style={{ height: 560 }}>
      <TraceViewer traces={traces} {...view} />
    </div>
  );
}

/** Traces while they arrive. What is looked at stays where it is. */
const meta = {
  title: 'Live',
  component: Stage,
  args: { stream: createTraceStream() },
  render: function Live(args) {
    const [stream] = useState(() => createTraceStream());
    return <Stage {...args} stream={(shown = stream)} />;
  },
} satisfies Meta<typeof Stage>;
export default meta;
type Story = StoryObj<typeof meta>;
type Canvas = { getByRole(role: string): HTMLElement; getAllByRole(role: string): HTMLElement[] };

/** That of the story on the page, to send to. */
let shown: TraceStream;

const RECORDS = recordsIn(recordings.supportAgent);

/** Sends records in batches; each is on the page before the next comes. */
async function send(stream: TraceStream, records: readonly object[], size: number): Promise<void> {
  for (let from = 0; from < records.length; from += size) {
    await stream.append(batchOf(records.slice(from, from + size)));
    await frame();
  }
}
const frame = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(resolve));

const gridOf = (canvas: Canvas): HTMLElement => canvas.getByRole('treegrid');
const topOf = (element: Element): number => element.getBoundingClientRect().top;
const keyIn = (row: Element): string => row.querySelector('.tv-name')?.textContent ?? '';

/** A recorded run whose spans come in no order: children before their parents, the root last. */
export const OutOfOrder: Story = {
  async play({ canvas }) {
    await expect(await canvas.findByText('Waiting for the first span')).toBeVisible();
    const records = outOfOrder(RECORDS);
    await send(shown, records.slice(0, 20), 5);
    await expect(await canvas.findByText('Live')).toBeVisible();
    await expect(canvas.getAllByText('so far').length).toBeGreaterThan(2);
    await expect((await canvas.findAllByText('not arrived yet')).length).toBeGreaterThan(0);
    await send(shown, records.slice(20), 7);
    await waitFor(() => expect(canvas.queryByText('not arrived yet')).toBeNull());
    shown.close();
    await expect(await canvas.findByText('Live ended')).toBeVisible();
    await expect(canvas.queryByText('so far')).toBeNull();
  },
};

/**
 * Children come before their parents: those that name the same one stand below a row of its own, which somebody selects
 * and closes. When the parent comes it has that very row, which does not move; what has not come in the end is missing.
 */
export const ParentsToCome: Story = {
  args: { defaultFollow: false, defaultQuery: 'refund' },
  async play({ canvas }) {
    const late = new Set(['resolution_agent', 'faithfulness']);
    await send(
      shown,
      RECORDS.filter((record) => !late.has(nameOf(record))),
      200,
    );
    const grid = await canvas.findByRole('treegrid');
    // Below all that has its place already.
    grid.scrollTop = 540;
    await within(grid).findByText('not arrived yet');
    const awaited = (): HTMLElement[] => Array.from(grid.querySelectorAll<HTMLElement>('.tv-row[data-missing]'));
    const row = awaited().find((each) => /13 spans name it/.test(each.textContent))!;
    await userEvent.click(row);
    const detail = await canvas.findByRole('complementary', { name: 'Details of not arrived yet' });
    await expect(await within(detail).findByText(/This step has not arrived. 13 steps below it name it/)).toBeVisible();
    await userEvent.keyboard('{ArrowLeft}');
    await waitFor(() => expect(row).toHaveAttribute('aria-expanded', 'false'));
    const [top, key] = [topOf(row), row.querySelector('.tv-missing-id')!.textContent];
    await send(
      shown,
      RECORDS.filter((record) => nameOf(record) === 'resolution_agent'),
      1,
    );
    await waitFor(() => expect(grid.querySelector('[aria-selected="true"]')).toHaveTextContent('resolution_agent'));
    const come = grid.querySelector<HTMLElement>('[aria-selected="true"]')!;
    await expect(topOf(come)).toBe(top);
    await expect(come).toBe(row);
    await expect(come).toHaveAttribute('aria-expanded', 'false');
    await expect(come).toHaveFocus();
    await expect(await canvas.findByRole('complementary', { name: 'Details of resolution_agent' })).toHaveTextContent(
      key,
    );
    shown.close();
    await waitFor(() => expect(within(awaited()[0]!).getByText('missing')).toBeVisible());
    await expect(canvas.getAllByRole('combobox')[0]).toHaveValue('refund');
  },
};

/** A span is selected, something is looked for, a row is closed, and the window is zoomed: all of it survives. */
export const WhileSomebodyLooks: Story = {
  args: { defaultFollow: false },
  async play({ canvas }) {
    const records = outOfOrder(RECORDS);
    await send(shown, records.slice(0, 60), 30);
    const grid = await canvas.findByRole('treegrid');
    const search = canvas.getByRole('combobox');
    await userEvent.type(search, 'kind:llm');
    const chosen = await waitFor(() => {
      const row = within(grid)
        .getAllByRole('row')
        .find((each) => each.matches('.tv-row:not([data-dim])'))!;
      return row;
    });
    const name = keyIn(chosen);
    await userEvent.click(chosen);
    const row = (): HTMLElement => grid.querySelector<HTMLElement>('[aria-selected="true"]')!;
    const detail = await canvas.findByRole('complementary');
    const top = topOf(row());
    const found = grid.querySelectorAll('.tv-row:not([data-dim])').length;
    const moved: number[] = [];
    for (let from = 60; from < records.length; from += 4) {
      await send(shown, records.slice(from, from + 4), 4);
      moved.push(Math.abs(topOf(row()) - top));
    }
    await expect(Math.max(...moved)).toBe(0);
    await expect(keyIn(row())).toBe(name);
    await expect(search).toHaveValue('kind:llm');
    await expect(detail).toBeVisible();
    await expect(grid.querySelectorAll('.tv-row:not([data-dim])').length).toBeGreaterThanOrEqual(Math.min(found, 1));
  },
};

/** Tabs, buttons and numbers come above the rows when what they are about arrives: no row is pushed by them. */
export const NothingPushesRows: Story = {
  args: { defaultFollow: false },
  async play({ canvas }) {
    const records = longRun(60);
    const isTalk = (record: object): boolean => /"(?:AGENT|LLM|TOOL)"/.test(JSON.stringify(record));
    await send(
      shown,
      records.filter((record) => !isTalk(record)),
      100,
    );
    const grid = await canvas.findByRole('treegrid');
    await waitFor(() => expect(grid.querySelectorAll('.tv-row').length).toBeGreaterThan(10));
    await expect(canvas.queryByText('Transcript')).toBeNull();
    grid.scrollTop = 40;
    await frame();
    await frame();
    const tops = (): ReadonlyMap<string, number> =>
      new Map(Array.from(grid.querySelectorAll('.tv-row'), (row) => [row.getAttribute('data-index')!, topOf(row)]));
    await userEvent.click(grid.querySelectorAll<HTMLElement>('.tv-row')[6]!.querySelector('.tv-name')!);
    const row = (): HTMLElement => grid.querySelector<HTMLElement>('[aria-selected="true"]')!;
    await expect(tops().size).toBeGreaterThan(10);
    const top = topOf(row());
    let worst = 0;
    let watching = true;
    const watch = (): void => {
      worst = Math.max(worst, Math.abs(topOf(row()) - top));
      if (watching) requestAnimationFrame(watch);
    };
    watch();
    await send(shown, records.filter(isTalk), 6);
    await expect(await canvas.findByText('Transcript')).toBeVisible();
    await frame();
    watching = false;
    await expect(worst).toBe(0);
  },
};

const MANY = 10_000;

/**
 * Ten thousand spans in no order, and in every frame of it the row that is looked at stands where it stood, to the
 * pixel, with its selection, the search and what was closed.
 */
export const TenThousand: Story = {
  args: { defaultFollow: false },
  async play({ canvas }) {
    const records = outOfOrder(longRun(MANY));
    await send(shown, records.slice(0, 400), 400);
    const grid = await canvas.findByRole('treegrid');
    await waitFor(() => expect(grid.querySelectorAll('.tv-row').length).toBeGreaterThan(10));
    grid.scrollTop = 1200;
    await frame();
    await frame();
    const inSight = Array.from(grid.querySelectorAll<HTMLElement>('.tv-row')).filter(
      (row) => topOf(row) > topOf(grid) + 100 && topOf(row) < topOf(grid) + 200,
    );
    await userEvent.click(inSight[1]!);
    await userEvent.type(canvas.getByRole('combobox'), 'kind:tool');
    const row = (): HTMLElement | null => grid.querySelector<HTMLElement>('[aria-selected="true"]');
    const [name, top] = [keyIn(row()!), topOf(row()!)];
    let [worst, lost, frames, watching] = [0, 0, 0, true];
    const watch = (): void => {
      const now = row();
      frames += 1;
      if (!now || keyIn(now) !== name) lost += 1;
      else worst = Math.max(worst, Math.abs(topOf(now) - top));
      if (watching) requestAnimationFrame(watch);
    };
    watch();
    await send(shown, records.slice(400), 96);
    shown.close();
    await waitFor(() => expect(canvas.getByText('Live ended')).toBeVisible(), { timeout: 20_000 });
    watching = false;
    await expect(frames).toBeGreaterThan(20);
    await expect({ lost, worst }).toEqual({ lost: 0, worst: 0 });
    await waitFor(() => expect(grid).toHaveAttribute('aria-rowcount', String(MANY + 1)));
    await expect(canvas.getByRole('combobox')).toHaveValue('kind:tool');
  },
};

/** Nobody scrolled yet: the newest row is in view. Who scrolls stays, and a button says what has come since. */
export const Follow: Story = {
  async play({ canvas }) {
    const records = longRun(300);
    await send(shown, records.slice(0, 120), 40);
    const grid = await canvas.findByRole('treegrid');
    await waitFor(() => expect(grid).toHaveAttribute('aria-rowcount', '121'));
    await waitFor(() => expect(grid.scrollTop).toBeGreaterThan(500));
    const follow = canvas.getByRole('button', { name: 'Follow' });
    await expect(follow).toHaveAttribute('aria-pressed', 'true');
    grid.scrollTop = 0;
    await waitFor(() => expect(follow).toHaveAttribute('aria-pressed', 'false'));
    await send(shown, records.slice(120, 150), 10);
    const more = await canvas.findByRole('button', { name: /30 new spans/ });
    await expect(grid.scrollTop).toBe(0);
    await userEvent.click(more);
    await waitFor(() => expect(grid.scrollTop).toBeGreaterThan(500));
    await expect(follow).toHaveAttribute('aria-pressed', 'true');
    await expect(canvas.queryByRole('button', { name: /new span/ })).toBeNull();
    await userEvent.keyboard('g');
    await expect(follow).toHaveAttribute('aria-pressed', 'false');
  },
};

/** A step that runs: its bar and its time grow by themselves. */
export const Running: Story = {
  async play({ canvas }) {
    const [first] = RECORDS;
    const open = structuredClone(first) as { resourceSpans: { scopeSpans: { spans: Record<string, unknown>[] }[] }[] };
    const [span] = open.resourceSpans[0]!.scopeSpans[0]!.spans;
    delete span!['endTimeUnixNano'];
    delete span!['status'];
    await shown.append(open);
    await expect(await canvas.findByText('running')).toBeVisible();
    const bar = (): number => gridOf(canvas).querySelector('[data-mark="open"]')!.getBoundingClientRect().width;
    const before = await waitFor(() => {
      const width = bar();
      return width;
    });
    await waitFor(() => expect(bar()).toBeGreaterThan(before + 10), { timeout: 4000 });
    const time = (): string =>
      gridOf(canvas).querySelector('.tv-row:not([data-missing]) [data-column="duration"]')!.textContent!;
    const early = time();
    await waitFor(() => expect(time()).not.toBe(early));
  },
};

/** What the parts share, as often as it was another. */
const shared = new Set<object>();
function Shared() {
  shared.add(useTraceContext());
  return null;
}

/** What draws outside React is made once, and not anew for each state. */
export const KeepsWhatDraws: Story = {
  args: { headerEnd: <Shared /> },
  async play({ canvas }) {
    const records = longRun(60);
    await send(shown, records.slice(0, 20), 20);
    const grid = await canvas.findByRole('treegrid');
    const before = new Set(shared);
    await send(shown, records.slice(20), 10);
    await waitFor(() => expect(grid).toHaveAttribute('aria-rowcount', '61'));
    await expect([...shared].filter((each) => !before.has(each))).toEqual([]);
  },
};
