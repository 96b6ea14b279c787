import type { Meta, StoryObj } from '@storybook/react-vite';
import { Activity, Suspense, use, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { expect, userEvent, waitFor, within } from 'storybook/test';
import {
  readTraces,
  SpanDetail,
  TraceDiagnostics,
  TraceGantt,
  TraceHeader,
  TraceMinimap,
  TraceProvider,
  TraceSearch,
  TraceTree,
  TraceViewer,
  type Trace,
} from '../src/index.ts';
import { drawDocument } from '../test/model/drawTrace.ts';

/** The page around the viewer: whatever is done to the viewer, the page hears of no error. */
const meta = { title: 'Host page', component: TraceViewer } satisfies Meta<typeof TraceViewer>;
export default meta;
type Story = StoryObj<typeof meta>;

/** A page with a root of its own, and what it heard of errors. */
interface HostPage {
  readonly element: HTMLElement;
  readonly heard: readonly string[];
  show(node: ReactNode): void;
  close(): void;
}

function openPage(around: HTMLElement): HostPage {
  const heard: string[] = [];
  const stop = new AbortController();
  const { signal } = stop;
  window.addEventListener(
    'error',
    (event) => {
      heard.push(event.message);
    },
    { signal },
  );
  window.addEventListener(
    'unhandledrejection',
    (event) => {
      heard.push(String(event.reason));
    },
    { signal },
  );
  const element = around.appendChild(document.createElement('div'));
  element.style.height = '500px';
  const root = createRoot(element);
  return {
    element,
    heard,
    show: (node) => root.render(node),
    close() {
      root.unmount();
      stop.abort();
    },
  };
}

const TIMES = 200;
const frame = (): Promise<unknown> =>
  new Promise((resolve) => {
    requestAnimationFrame(resolve);
  });
const timer = (): Promise<unknown> =>
  new Promise((resolve) => {
    setTimeout(resolve);
  });

/** Another moment each time: in the same task, before a frame, in it, some frames later. */
const MOMENTS: readonly (() => Promise<unknown>)[] = [
  () => Promise.resolve(),
  timer,
  frame,
  () => frame().then(timer),
  () => frame().then(frame),
  () => frame().then(frame).then(timer),
  () => frame().then(frame).then(frame).then(frame),
];

const inputs = ['chain answer 0---10\n  llm chat 2-5', 'chain answer 0---10\n  llm other 2-5\n  tool look 6-8'].map(
  (drawing) => drawDocument(drawing),
);
const ROOT = '4f7bec97fa07f3475f37e1d4f4fdf0a3/0000000000000001';

/**
 * All that waits for frames, observers and timers: details, a stretch of time that moves, the critical path, a search.
 */
const viewer = (at: number): ReactNode => (
  <TraceViewer
    input={inputs[at % 2]!}
    selectedSpan={ROOT}
    range={[at * 1000, 5e6]}
    timeWindow={[0, 9e6 + at]}
    query={at % 3 === 0 ? 'chat' : ''}
  />
);

/** The same in the next 200 moments, and then a viewer that works as before. */
const often = (next: (at: number) => ReactNode): Story => ({
  async play({ canvasElement }) {
    const page = openPage(canvasElement.querySelector<HTMLElement>('.page')!);
    page.show(next(0));
    await within(page.element).findByRole('complementary');
    for (let at = 1; at <= TIMES; at += 1) {
      page.show(next(at));
      await MOMENTS[at % MOMENTS.length]!();
    }
    page.show(next(0));
    await waitFor(() => expect(within(page.element).getByRole('complementary')).toBeVisible());
    page.close();
    await frame();
    await expect(page.heard).toEqual([]);
  },
  render: () => <div className="page" />,
});

/** Another input while the details of the one before are open. */
export const Swapped: Story = often(viewer);

/** Taken out of the page, and put in again. */
export const Removed: Story = often((at) => (at % 2 === 0 ? viewer(at) : null));

/** Hidden and shown: what is hidden keeps its state and loses its effects. */
export const Hidden: Story = often((at) => <Activity mode={at % 2 === 0 ? 'visible' : 'hidden'}>{viewer(0)}</Activity>);

const never = new Promise<never>(() => {});
const Waits = ({ on }: { readonly on: boolean }): ReactNode => (on ? use(never) : null);

/** Beside something that is waited for: the viewer is hidden, and only its layout effects end. */
export const Suspended: Story = often((at) => (
  <Suspense fallback="wait">
    {viewer(0)}
    <Waits on={at % 2 === 1} />
  </Suspense>
));

/** What a file says becomes no look-up in an object of ours: names that every object has are words like others. */
const members = Object.getOwnPropertyNames(Object.prototype);
const native = (span: (word: string, at: number) => object, words: readonly string[]): object => ({
  format: 'spanwise/1',
  traces: [
    {
      traceId: 't',
      spans: words.map((word, at) => ({
        spanId: String(at),
        ...(at === 0 ? {} : { parentSpanId: '0' }),
        name: word,
        startUnixNano: String(1_790_000_000_000_000_000n + BigInt(at)),
        endUnixNano: '1790000001000000000',
        ...span(word, at),
      })),
    },
  ],
});

/** Shows the details of each span, one after the other. */
const eachSpan = (
  input: object,
  count: number,
  check?: (element: HTMLElement, at: number) => Promise<void>,
): Story => ({
  render: () => <div className="page" />,
  async play({ canvasElement }) {
    const page = openPage(canvasElement.querySelector<HTMLElement>('.page')!);
    for (let at = 0; at < count; at += 1) {
      page.show(<TraceViewer input={input} selectedSpan={`t/${at}`} kinds={{ llm: { label: 'Model' } }} />);
      await within(await within(page.element).findByRole('complementary')).findAllByRole('tab');
      await check?.(page.element, at);
    }
    page.close();
    await expect(page.heard).toEqual([]);
  },
});

export const KindsOfEveryObject: Story = eachSpan(
  native((kind) => ({ kind, rawKind: kind }), members),
  members.length,
);

export const RolesOfEveryObject: Story = eachSpan(
  native(
    (role) => ({
      kind: 'llm',
      messages: { input: [{ role, parts: [{ type: 'text', text: `said by ${role}` }] }], output: [] },
    }),
    members,
  ),
  members.length,
  async (element, at) => {
    await expect(
      (await within(element).findAllByText(`said by ${members[at]}`, { selector: '.tv-text' }))[0],
    ).toBeVisible();
  },
);

const CURRENCIES = ['$', '', '€', 'usd', 'US Dollar', 'XXXX', '\u202e', ...members];
export const CurrenciesOfNoCountry: Story = eachSpan(
  native((currency) => ({ kind: 'llm', cost: { total: 1.5, currency } }), CURRENCIES),
  CURRENCIES.length,
);

const goodTrace = (): Trace => readTraces(inputs[0]!).traces[0]!;
const named = (name: string, traceId: string): Trace =>
  readTraces(drawDocument(`chain ${name} 0---10\n  llm chat 2-5`, traceId)).traces[0]!;
/** A trace of which a host has made something else: what is drawn from that breaks. */
const broken = (trace: Trace, field: 'columns' | 'name' | 'scores'): Trace =>
  Object.defineProperty(trace, field, { value: null, enumerable: true });

/** A trace whose spans can be had so many times. */
function breaksAfter(trace: Trace, most: number): Trace {
  const span = trace.span.bind(trace);
  let asked = 0;
  return Object.defineProperty(trace, 'span', {
    value(index: number) {
      if ((asked += 1) > most) throw new Error('no span');
      return span(index);
    },
  });
}

/** A part breaks in the viewer: the others go on, and so do the ways to other traces and files. */
export const PartBreaks: Story = {
  render: () => <div className="page" />,
  async play({ canvasElement }) {
    const page = openPage(canvasElement.querySelector<HTMLElement>('.page')!);
    const set = readTraces(inputs[0]!);
    const traces = [broken(named('broken', 'b'.repeat(32)), 'scores'), named('whole', 'a'.repeat(32))];
    page.show(<TraceViewer traces={{ ...set, traces }} headerEnd={<button type="button">Open files</button>} />);
    const canvas = within(page.element);
    await expect(await canvas.findByRole('button', { name: 'Try again' })).toBeVisible();
    await expect(canvas.getByRole('button', { name: 'Open files' })).toBeVisible();
    await expect(await canvas.findByRole('row', { name: /^llm chat/ })).toBeVisible();
    await userEvent.selectOptions(
      canvas.getByRole('combobox', { name: 'Trace' }),
      canvas.getByRole('option', { name: /whole/ }),
    );
    await expect(await canvas.findByRole('heading', { level: 2, name: /whole/ })).toBeVisible();
    await expect(canvas.queryByRole('button', { name: 'Try again' })).toBeNull();
    page.close();
    await expect(page.heard).toEqual([]);
  },
};

/** The viewer itself breaks: a word, the host's own controls, and all is well with the next input. */
export const ViewerBreaks: Story = {
  render: () => <div className="page" />,
  async play({ canvasElement }) {
    const page = openPage(canvasElement.querySelector<HTMLElement>('.page')!);
    const canvas = within(page.element);
    page.show(
      <TraceViewer
        trace={broken(goodTrace(), 'columns')}
        headerEnd={<button type="button">Open files</button>}
        labels={{ tryAgain: 'Nochmal' }}
      />,
    );
    await expect(await canvas.findByRole('alert')).toHaveTextContent('This trace could not be shown');
    await expect(canvas.getByRole('button', { name: 'Open files' })).toBeVisible();
    await userEvent.click(canvas.getByRole('button', { name: 'Nochmal' }));
    await expect(await canvas.findByRole('alert')).toBeVisible();
    page.show(<TraceViewer input={inputs[0]!} />);
    await expect(await canvas.findByRole('row', { name: /^llm chat/ })).toBeVisible();
    page.close();
    await expect(page.heard).toEqual([]);
  },
};

/** What breaks only later, in another render, in an effect or in a frame, is caught as well. */
export const BreaksLater: Story = {
  render: () => <div className="page" />,
  async play({ canvasElement }) {
    const page = openPage(canvasElement.querySelector<HTMLElement>('.page')!);
    const canvas = within(page.element);
    for (let most = 0; most < TIMES; most += 2) {
      page.show(
        <TraceViewer trace={breaksAfter(goodTrace(), most)} selectedSpan={ROOT} timeWindow={[0, 9e6 - most]} />,
      );
      await MOMENTS[(most / 2) % MOMENTS.length]!();
    }
    page.show(<TraceViewer input={inputs[0]!} />);
    await canvas.findByRole('row', { name: /^llm chat/ });
    page.close();
    await expect(page.heard).toEqual([]);
  },
};

/** Parts used alone: the host's own children beside them stay, and another trace is drawn by itself. */
export const PartsAlone: Story = {
  render: () => <div className="page" />,
  async play({ canvasElement }) {
    const page = openPage(canvasElement.querySelector<HTMLElement>('.page')!);
    const canvas = within(page.element);
    const parts = (trace: Trace): ReactNode => (
      <div className="tv-root">
        <TraceProvider trace={trace} selectedSpan={ROOT}>
          <h1>My page</h1>
          <TraceHeader>
            <button type="button">Mine</button>
          </TraceHeader>
          <TraceSearch />
          <TraceMinimap />
          <div style={{ height: 120 }}>
            <TraceTree />
          </div>
          <div style={{ height: 120 }}>
            <TraceGantt />
          </div>
          <SpanDetail />
          <TraceDiagnostics />
        </TraceProvider>
      </div>
    );
    for (const trace of [broken(goodTrace(), 'name'), broken(goodTrace(), 'scores'), breaksAfter(goodTrace(), 0)]) {
      page.show(parts(trace));
      await expect((await canvas.findAllByRole('button', { name: 'Try again' })).length).toBeGreaterThan(0);
      await expect(canvas.getByRole('heading', { level: 1, name: 'My page' })).toBeVisible();
      await expect(canvas.getByRole('button', { name: 'Mine' })).toBeVisible();
      page.show(parts(goodTrace()));
      await expect(await canvas.findAllByRole('row', { name: /^llm chat/ })).toHaveLength(2);
      await expect(canvas.queryByRole('button', { name: 'Try again' })).toBeNull();
    }
    page.close();
    await expect(page.heard).toEqual([]);
  },
};

/** A host's words may throw, or be of the wrong sort: the word is then ours. */
export const HostWords: Story = {
  render: () => <div className="page" />,
  async play({ canvasElement }) {
    const page = openPage(canvasElement.querySelector<HTMLElement>('.page')!);
    const wrong = { fit: undefined, kind: 'no function', zoom: () => 'no text', constructor: 5 } as object;
    page.show(
      <TraceViewer
        input={inputs[0]!}
        labels={{
          ...wrong,
          startsAt: () => {
            throw new Error('startsAt');
          },
          find: 'Suchen',
        }}
        locale="$"
        timeZone="$"
      />,
    );
    const canvas = within(page.element);
    await expect(await canvas.findByRole('row', { name: /^llm chat/ })).toBeVisible();
    await expect(canvas.getByRole('combobox', { name: 'Suchen' })).toBeVisible();
    await expect(canvas.getByRole('button', { name: 'Fit' })).toBeVisible();
    page.close();
    await expect(page.heard).toEqual([]);
  },
};
