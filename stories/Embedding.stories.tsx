import type { Meta, StoryObj } from '@storybook/react-vite';
import { StrictMode, useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { expect, fn, userEvent, waitFor, within } from 'storybook/test';
import { TraceViewer, type TraceViewerProps, type ViewState } from '../src/index.ts';
import stylesheet from '../src/styles.css?inline';
import { drawDocument } from '../test/model/drawTrace.ts';
import { recordings } from './recordings.ts';

/** The viewer inside pages that were not made for it. */
const meta = {
  title: 'Embedding',
  component: TraceViewer,
  args: { input: recordings.supportAgent },
  decorators: [
    (Story) => (
      <div style={{ height: 560 }}>
        <Story />
      </div>
    ),
  ],
} satisfies Meta<typeof TraceViewer>;
export default meta;
type Story = StoryObj<typeof meta>;

/** StrictMode starts every effect twice; a response can be read only once. */
export const ResponseInStrictMode: Story = {
  render: function Render() {
    const [input] = useState(() => new Response(recordings.supportAgent));
    return (
      <StrictMode>
        <TraceViewer input={input} />
      </StrictMode>
    );
  },
  async play({ canvas }) {
    await expect(await canvas.findByText('pii.redact')).toBeVisible();
  },
};

/**
 * A host writes its pieces in place, new at each render, and renders with each change of the view: what says the same
 * is the same.
 */
export const PiecesInPlace: Story = {
  render: function Render(args: TraceViewerProps) {
    const [view, setView] = useState<ViewState | null>(null);
    return (
      <>
        <h1>{view?.selectedSpan ?? 'none'}</h1>
        <TraceViewer
          {...args}
          timeWindow={[0, 5e9]}
          range={[1e9, 2e9]}
          expansion={{ base: 'all', except: [] }}
          shownColumns={['duration']}
          sort={{ id: 'duration', descending: true }}
          onViewStateChange={setView}
        />
      </>
    );
  },
  async play({ canvas }) {
    await userEvent.click(await canvas.findByRole('row', { name: /^support\.reply/ }));
    await waitFor(() => expect(canvas.getByRole('heading', { level: 1 })).not.toHaveTextContent('none'));
    await expect(canvas.getByRole('row', { name: /^support\.reply/ })).toHaveAttribute('aria-selected', 'true');
  },
};

/** In a shadow root, with the stylesheet adopted there: arrow keys move as everywhere. */
export const ShadowDom: Story = {
  render: function Render(args: TraceViewerProps) {
    const [host, setHost] = useState<HTMLDivElement | null>(null);
    useEffect(() => {
      if (!host) return undefined;
      const shadow = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(stylesheet);
      shadow.adoptedStyleSheets = [sheet];
      const root = createRoot(shadow);
      root.render(<TraceViewer {...args} />);
      return () => queueMicrotask(() => root.unmount());
    }, [host, args]);
    return <div ref={setHost} style={{ height: '100%' }} />;
  },
  async play({ canvasElement }) {
    const host = [...canvasElement.querySelectorAll('div')].find((element) => element.shadowRoot)!;
    const shadow = host.shadowRoot!;
    const rows = await waitFor(() => {
      const found = shadow.querySelectorAll<HTMLElement>('[role=row][aria-level]');
      if (found.length < 3) throw new Error('no rows yet');
      return found;
    });
    rows[0]!.focus();
    await userEvent.keyboard('{ArrowDown}{ArrowDown}');
    await waitFor(() => expect(shadow.activeElement).toHaveAttribute('aria-rowindex', '4'));
  },
};

/** A page whose own rules reset everything. */
export const HostReset: Story = {
  render: (args) => (
    <div className="reset" style={{ height: '100%' }}>
      <style>
        {
          '.reset * { margin: 0; padding: 0; } * { margin: 0; padding: 0 } button { padding: 8px 16px; background: tomato; font-size: 22px } h2 { font-size: 60px }'
        }
      </style>
      <TraceViewer {...args} />
    </div>
  ),
  async play({ canvas }) {
    const fit = await canvas.findByRole('button', { name: 'Fit' });
    await expect(getComputedStyle(fit).fontSize).toBe('11.5px');
    await expect(getComputedStyle(fit).paddingLeft).toBe('9px');
    await expect(getComputedStyle(canvas.getByRole('heading', { level: 2 })).fontSize).toBe('15px');
  },
};

/** Everything a host hands in may throw. */
export const HostThrows: Story = {
  args: {
    panels: [
      {
        id: 'a',
        title: 'A',
        match: () => {
          throw new Error('match');
        },
        render: () => null,
      },
      {
        id: 'b',
        title: 'B',
        match: () => true,
        count: () => {
          throw new Error('count');
        },
        render: () => 'panel b',
      },
    ],
    columns: [
      {
        id: 'c',
        header: 'C',
        value: () => {
          throw new Error('value');
        },
      },
    ],
    kinds: {
      guardrail: {
        label: 'Guard',
        glyph: () => {
          throw new Error('glyph');
        },
      },
    },
    locale: 'de_DE',
    timeZone: 'Nowhere/Land',
  },
  async play({ canvas }) {
    await userEvent.click(await canvas.findByText('pii.redact'));
    await expect(await canvas.findByText('panel b')).toBeVisible();
    await expect(canvas.queryByRole('tab', { name: 'A' })).toBeNull();
  },
};

/** Names of any length and a time that no calendar has. */
export const HostileNames: Story = {
  args: {
    input: {
      resourceSpans: [
        {
          scopeSpans: [
            {
              spans: [
                {
                  traceId: '1'.repeat(32),
                  spanId: '1'.repeat(16),
                  name: 'long '.repeat(2000),
                  startTimeUnixNano: '1700000000000000000000000',
                  endTimeUnixNano: '1700000000000000000000009',
                },
                {
                  traceId: '1'.repeat(32),
                  spanId: '2'.repeat(16),
                  parentSpanId: '1'.repeat(16),
                  name: 'user\u202Egpj.exe',
                  startTimeUnixNano: '1700000000000000000000001',
                  endTimeUnixNano: '1700000000000000000000005',
                },
              ],
            },
          ],
        },
      ],
    },
  },
  async play({ canvas, canvasElement }) {
    await expect(await canvas.findByText('user⟨U+202E⟩gpj.exe')).toBeVisible();
    const root = canvasElement.querySelector('.tv-root')!;
    await expect(root.scrollWidth).toBe(root.clientWidth);
    await expect(canvas.getByRole('treegrid').getBoundingClientRect().width).toBeLessThanOrEqual(root.clientWidth);
  },
};

/**
 * Closing the details, and stepping to an ancestor, put the keyboard back on the grid; the chosen tab stays from span
 * to span.
 */
export const FocusAndTabs: Story = {
  async play({ canvas }) {
    await userEvent.click(await canvas.findByText('classify_intent'));
    await userEvent.click(await canvas.findByRole('tab', { name: /Attributes/ }));
    await userEvent.click(canvas.getByRole('row', { name: /^plan/ }));
    await expect(await canvas.findByRole('tab', { name: /Attributes/ })).toHaveAttribute('aria-selected', 'true');
    await userEvent.click(
      within(canvas.getByRole('navigation', { name: 'Path' })).getByRole('button', { name: 'billing_agent' }),
    );
    await waitFor(() => expect(document.activeElement).toHaveAccessibleName(/^billing_agent/));
    await userEvent.click(canvas.getByRole('button', { name: 'Close' }));
    await waitFor(() => expect(document.activeElement).toHaveAccessibleName(/^billing_agent/));
    await expect(canvas.queryByRole('complementary')).toBeNull();
  },
};

/** In a container without a height of its own some rows are seen all the same, and a long text makes it no taller. */
export const NoHeight: Story = {
  decorators: [
    (Story) => (
      <div style={{ height: 'auto' }}>
        <Story />
      </div>
    ),
  ],
  render: (args) => (
    <div>
      <TraceViewer {...args} style={{ height: 'auto' }} />
    </div>
  ),
  async play({ canvas, canvasElement }) {
    await userEvent.click(await canvas.findByText('classify_intent'));
    await canvas.findByRole('tabpanel', { name: /Messages/ });
    await expect(canvas.getByRole('treegrid').clientHeight).toBeGreaterThan(300);
    await expect(canvasElement.querySelector<HTMLElement>('.tv-root')!.clientHeight).toBeLessThan(640);
  },
};

/**
 * In a low container the overview gives way to rows, then the lines of the header, then the footer. What is there comes
 * back with the room.
 */
export const LowContainer: Story = {
  decorators: [
    (Story) => (
      <div className="low" style={{ width: 320, height: 200 }}>
        <Story />
      </div>
    ),
  ],
  async play({ canvas, canvasElement }) {
    const grid = await canvas.findByRole('treegrid');
    const rowsInSight = (): number => {
      const { top, bottom } = grid.getBoundingClientRect();
      const head = grid.querySelector('.tv-head')!.getBoundingClientRect().height;
      return Array.from(grid.querySelectorAll('.tv-row'), (row) => row.getBoundingClientRect()).filter(
        (row) => row.top >= top + head - 1 && row.bottom <= bottom + 1,
      ).length;
    };
    const low = canvasElement.querySelector<HTMLElement>('.low')!;
    for (const [width, height] of [
      [320, 200],
      [820, 200],
      [360, 260],
      [360, 330],
      [820, 300],
    ] as const) {
      Object.assign(low.style, { width: `${width}px`, height: `${height}px` });
      await waitFor(() => expect(rowsInSight()).toBeGreaterThanOrEqual(3));
      await expect(canvasElement.querySelector('.tv-root')!.getBoundingClientRect().height).toBe(height);
    }
    await expect(canvas.queryByRole('slider')).toBeNull();
    low.style.height = '500px';
    await waitFor(() => expect(canvas.getByRole('slider', { name: 'Move window' })).toBeVisible());
  },
};

/** A host's way of writing is not the trace's. */
export const HostLetters: Story = {
  decorators: [
    (Story) => (
      <div style={{ height: 560, textTransform: 'uppercase', letterSpacing: '2px', whiteSpace: 'pre' }}>
        <Story />
      </div>
    ),
  ],
  async play({ canvas }) {
    const { textTransform, letterSpacing } = getComputedStyle(await canvas.findByText('pii.redact'));
    await expect([textTransform, letterSpacing]).toEqual(['none', 'normal']);
  },
};

/** Rows follow a change of density. */
export const DensityAtRunTime: Story = {
  render: function Render(args: TraceViewerProps) {
    const [density, setDensity] = useState<'compact' | 'touch'>('compact');
    return (
      <>
        <button type="button" onClick={() => setDensity('touch')}>
          Touch
        </button>
        <div style={{ height: 500 }}>
          <TraceViewer {...args} density={density} />
        </div>
      </>
    );
  },
  async play({ canvas }) {
    const second = await canvas.findByRole('row', { name: /^pii\.redact/ });
    const list = canvas.getByRole('row', { name: /^support\.reply/ }).parentElement!;
    const top = (): number => second.getBoundingClientRect().top - list.getBoundingClientRect().top;
    await expect(top()).toBe(24);
    await userEvent.click(canvas.getByRole('button', { name: 'Touch' }));
    await waitFor(() => expect(top()).toBe(44));
  },
};

/** The same trace read again keeps selection and window, and tells the host nothing. */
export const SameTraceAgain: Story = {
  args: { onSelectedSpanChange: fn() },
  render: function Render(args: TraceViewerProps) {
    const [input, setInput] = useState(() => new Blob([recordings.supportAgent]));
    return (
      <>
        <button type="button" onClick={() => setInput(new Blob([recordings.supportAgent]))}>
          Again
        </button>
        <div style={{ height: 500 }}>
          <TraceViewer {...args} input={input} />
        </div>
      </>
    );
  },
  async play({ canvas, args }) {
    await userEvent.click(await canvas.findByText('classify_intent'));
    await userEvent.click(canvas.getByRole('button', { name: 'Again' }));
    await waitFor(() => expect(canvas.getByRole('row', { selected: true })).toHaveTextContent('classify_intent'));
    await expect(args.onSelectedSpanChange).toHaveBeenCalledOnce();
  },
};

/** A list of inputs and labels written in place are new at each render of the host, and the same to the viewer. */
export const WrittenInPlace: Story = {
  render: function Render(args: TraceViewerProps) {
    const [count, setCount] = useState(0);
    return (
      <>
        <button type="button" onClick={() => setCount(count + 1)}>
          Render {count}
        </button>
        <div style={{ height: 500 }}>
          <TraceViewer {...args} input={[recordings.supportAgent]} labels={{ find: 'Suchen' }} />
        </div>
      </>
    );
  },
  async play({ canvas }) {
    const row = await canvas.findByRole('row', { name: /^pii\.redact/ });
    await userEvent.click(canvas.getByRole('button', { name: 'Render 0' }));
    await expect(canvas.getByRole('button', { name: 'Render 1' })).toBeVisible();
    await expect(canvas.getByRole('row', { name: /^pii\.redact/ })).toBe(row);
    await expect(canvas.getByRole('combobox', { name: 'Suchen' })).toBeVisible();
  },
};

/** A selected key that no span has opens nothing. */
export const UnknownSelection: Story = {
  args: { input: drawDocument('chain answer 0---10'), defaultSelectedSpan: 'gone/1' },
  async play({ canvas }) {
    await canvas.findByRole('row', { name: /^chain answer/ });
    await expect(canvas.queryByRole('complementary')).toBeNull();
  },
};
