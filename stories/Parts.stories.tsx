import type { Meta, StoryObj } from '@storybook/react-vite';
import { createRef, type ReactElement, type Ref } from 'react';
import { expect, fn, userEvent, waitFor, within } from 'storybook/test';
import * as spanwise from '../src/index.ts';
import {
  AgentGraph,
  ColumnMenu,
  ContextWindow,
  createTraceStore,
  diffTraces,
  PairDetail,
  SpanDetail,
  TraceDiagnostics,
  TraceDiff,
  TraceFindings,
  TraceFlameGraph,
  TraceGantt,
  TraceHeader,
  TraceList,
  TraceMinimap,
  TraceProvider,
  TraceSearch,
  TraceSession,
  TraceSpeedups,
  TraceStatistics,
  TraceTranscript,
  TraceTree,
  TraceViewer,
  useTraces,
  type TraceSet,
} from '../src/index.ts';
import { recordings } from './recordings.ts';

/** The parts as a host puts them together. */
const meta: Meta<{ onRef(name: string): void }> = { title: 'Parts', args: { onRef: fn() } };
export default meta;
type Story = StoryObj<typeof meta>;

interface PartLook {
  readonly className: string;
  readonly style: { readonly order: number };
  readonly ref: Ref<never>;
}

/** Every part that the package exports, with what all parts take. A new one has to stand here. */
const PARTS: Readonly<Record<string, (set: TraceSet, look: PartLook) => ReactElement>> = {
  AgentGraph: (_, look) => <AgentGraph {...look} />,
  ColumnMenu: (_, look) => <ColumnMenu {...look} />,
  ContextWindow: (_, look) => <ContextWindow {...look} />,
  PairDetail: ({ traces: [trace] }, look) => (
    <PairDetail {...look} diff={diffTraces(trace!, trace!)} row={0} a={trace!} b={trace!} />
  ),
  SpanDetail: (_, look) => <SpanDetail {...look} />,
  TraceDiagnostics: ({ diagnostics }, look) => <TraceDiagnostics {...look} diagnostics={diagnostics} />,
  TraceDiff: ({ traces: [trace] }, look) => <TraceDiff {...look} a={trace!} b={trace!} />,
  TraceFindings: (_, look) => <TraceFindings {...look} />,
  TraceFlameGraph: (_, look) => <TraceFlameGraph {...look} />,
  TraceGantt: (_, look) => <TraceGantt {...look} />,
  TraceHeader: (_, look) => <TraceHeader {...look} />,
  TraceList: (set, look) => <TraceList {...look} traces={set} />,
  TraceMinimap: (_, look) => <TraceMinimap {...look} />,
  TraceProvider: (_, look) => (
    <TraceProvider {...look} trace={null}>
      inside
    </TraceProvider>
  ),
  TraceSearch: (_, look) => <TraceSearch {...look} />,
  TraceSession: (set, look) => <TraceSession {...look} traces={set} session="none" />,
  TraceSpeedups: (_, look) => <TraceSpeedups {...look} />,
  TraceStatistics: (_, look) => <TraceStatistics {...look} />,
  TraceTranscript: (_, look) => <TraceTranscript {...look} />,
  TraceTree: (_, look) => <TraceTree {...look} />,
  TraceViewer: ({ traces }, look) => <TraceViewer {...look} trace={traces[0]!} />,
};

const isComponent = ([name, value]: readonly [string, unknown]): boolean =>
  /^[A-Z][a-z]/.test(name) && typeof value === 'object' && value !== null && '$$typeof' in value;

/** Each part takes a class, a style and a ref, and says which it is and how it stands. */
export const EveryPart: Story = {
  render: function Render({ onRef }) {
    const { set } = useTraces(recordings.supportAgent);
    const trace = set?.traces[0];
    return trace ? (
      <TraceProvider trace={trace} defaultSelectedSpan={trace.span(0).key} style={{ height: 'auto', overflow: 'auto' }}>
        {Object.entries(PARTS).map(([name, render]) => (
          <section key={name} aria-label={name} style={{ height: 260, overflow: 'hidden', position: 'relative' }}>
            {render(set, {
              className: `host-${name}`,
              style: { order: 3 },
              ref: ((handle: unknown) => handle && onRef(name)) as Ref<never>,
            })}
          </section>
        ))}
      </TraceProvider>
    ) : (
      <p>Reading</p>
    );
  },
  async play({ canvas, args }) {
    await expect(
      Object.entries(spanwise)
        .filter(isComponent)
        .map(([name]) => name)
        .sort(),
    ).toEqual(Object.keys(PARTS));
    for (const name of Object.keys(PARTS)) {
      const part = (await canvas.findByRole('region', { name })).firstElementChild!;
      await expect([name, part.classList.contains(`host-${name}`)]).toEqual([name, true]);
      await expect([name, (part as HTMLElement).style.order]).toEqual([name, '3']);
      await expect([name, part.getAttribute('data-trace-part')]).toEqual([name, expect.stringMatching(/^[a-z-]+$/)]);
      await expect([name, part.getAttribute('data-state')]).toEqual([name, expect.stringMatching(/^[a-z-]+$/)]);
      // Two traces are compared first.
      await waitFor(() => expect(args.onRef).toHaveBeenCalledWith(name));
    }
  },
};

const shared = createTraceStore({ query: 'kind:llm' });

/** One store outside React: two views go in step, and the page drives both. */
export const OneStoreTwoViews: Story = {
  render: function Render() {
    const { set } = useTraces(recordings.supportAgent);
    const trace = set?.traces[0] ?? null;
    return (
      <>
        <button type="button" onClick={() => shared.actions.setQuery('kind:tool')}>
          Tools
        </button>
        <div style={{ display: 'grid', gridTemplateColumns: '1fr 1fr', height: 500 }}>
          <TraceProvider store={shared} trace={trace} className="left">
            <TraceTree />
          </TraceProvider>
          <TraceProvider store={shared} trace={trace} theme="dark" className="right">
            <TraceSearch />
            <TraceGantt />
          </TraceProvider>
        </div>
      </>
    );
  },
  async play({ canvas, canvasElement }) {
    const left = within(canvasElement.querySelector<HTMLElement>('.left')!);
    const right = within(canvasElement.querySelector<HTMLElement>('.right')!);
    await expect(right.getByRole('combobox')).toHaveValue('kind:llm');
    await userEvent.click(await left.findByRole('row', { name: /^classify_intent/ }));
    await expect(right.getByRole('row', { selected: true })).toHaveAccessibleName(/^classify_intent/);
    await userEvent.click(left.getByRole('row', { name: /^triage_agent/ }));
    await userEvent.keyboard('{ArrowLeft}');
    await waitFor(() =>
      expect(right.getByRole('row', { name: /^triage_agent/ })).toHaveAttribute('aria-expanded', 'false'),
    );
    await userEvent.click(canvas.getByRole('button', { name: 'Tools' }));
    await expect(right.getByRole('combobox')).toHaveValue('kind:tool');
    await expect(shared.getState().matches.length).toBeGreaterThan(0);
    shared.actions.setQuery('kind:llm');
    shared.actions.select(null);
    shared.actions.openAll(true);
  },
};

const store = createTraceStore();
const viewer = createRef<spanwise.TraceViewerRef>();

/** A viewer has one root, which its look goes to, and takes a store of the host as well. */
export const ViewerWithStore: Story = {
  render: () => (
    <div style={{ height: 500 }}>
      <TraceViewer
        ref={viewer}
        input={recordings.supportAgent}
        store={store}
        theme="dark"
        density="touch"
        className="mine"
      />
    </div>
  ),
  async play({ canvas, canvasElement }) {
    const row = await canvas.findByRole('row', { name: /^classify_intent/ });
    const roots = canvasElement.querySelectorAll('.tv-root');
    await expect(roots).toHaveLength(1);
    await expect(roots[0]).toHaveClass('mine');
    await expect(roots[0]).toHaveAttribute('data-tv-theme', 'dark');
    await userEvent.click(row);
    const { trace, selectedSpan } = store.getState();
    await expect(trace!.find(selectedSpan!)!.name).toBe('classify_intent');
    store.actions.select(null);
  },
};

/** Kinds, panels and columns of a provider are those of the parts inside it. */
export const LookOfAProvider: Story = {
  render: function Render() {
    const { set } = useTraces(recordings.supportAgent);
    return (
      <TraceProvider
        trace={set?.traces[0] ?? null}
        theme="dark"
        density="touch"
        kinds={{ guardrail: { label: 'Watchman' } }}
        panels={[{ id: 'mine', title: 'Mine', match: () => true, render: (span) => `all of ${span.name}` }]}
        columns={[{ id: 'letters', header: 'Letters', value: ({ index }, trace) => trace.span(index).name.length }]}
        style={{ height: 500, display: 'grid', gridTemplateColumns: '1fr 300px' }}
      >
        <TraceTree />
        <SpanDetail />
      </TraceProvider>
    );
  },
  async play({ canvas, canvasElement }) {
    await expect(canvasElement.querySelector('.tv-root')).toHaveAttribute('data-tv-density', 'touch');
    const row = await canvas.findByRole('row', { name: /^pii\.redact ?Watchman/ });
    await expect(canvas.getByRole('columnheader', { name: /Letters/ })).toBeVisible();
    await userEvent.click(row);
    await expect(await canvas.findByText('all of pii.redact')).toBeVisible();
  },
};
