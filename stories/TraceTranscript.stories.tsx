import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, fn, userEvent, waitFor, within } from 'storybook/test';
import { TraceProvider, TraceTranscript, TraceViewer, useTraces, type TraceViewerProps } from '../src/index.ts';
import { claudeCodeFiles } from '../test/fixtures/generate/claudeCode.ts';
import { recordings } from './recordings.ts';
import { tall } from './tall.tsx';

const meta = {
  title: 'TraceTranscript',
  component: TraceViewer,
  args: { input: recordings.supportAgent, defaultMainView: 'transcript' },
  decorators: [tall],
} satisfies Meta<typeof TraceViewer>;
export default meta;
type Story = StoryObj<typeof meta>;

type Canvas = ReturnType<typeof within>;
const feed = (canvas: Canvas, name: string | RegExp): Promise<HTMLElement> =>
  canvas.findByRole('feed', { name }, { timeout: 5000 });
const current = (canvas: Canvas): HTMLElement =>
  canvas.getAllByRole('article').find((line: HTMLElement) => line.hasAttribute('aria-current'))!;

/** What was asked, answered and done, once each; a press on a line opens its span, and the timeline knows it too. */
export const SupportAgent: Story = {
  args: { onSelectedSpanChange: fn(), onMainViewChange: fn() },
  async play({ canvas, args }) {
    const lines = await feed(canvas, 'Transcript of support.reply');
    await expect(within(lines).getAllByText(/charged twice in October/)[0]).toBeVisible();
    // What is selected elsewhere comes into view.
    await userEvent.click(canvas.getByRole('button', { name: /Next error/ }));
    const failed = await within(lines).findByText('payments gateway answered 504: upstream timed out after 1,000 ms');
    await waitFor(() => expect(failed).toBeVisible());
    await userEvent.click(await within(lines).findByText('get_subscription'));
    await canvas.findByRole('complementary', { name: 'Details of get_subscription' });
    await expect(current(canvas)).toHaveTextContent('get_subscription');
    await userEvent.click(failed);
    await canvas.findByRole('complementary', { name: 'Details of refund.eligibility' });
    await expect(current(canvas)).toHaveTextContent('payments gateway answered 504');
    await userEvent.click(canvas.getByRole('radio', { name: 'Timeline' }));
    await expect(args.onMainViewChange).toHaveBeenLastCalledWith('timeline');
    await waitFor(() =>
      expect(canvas.getByRole('row', { selected: true })).toHaveAccessibleName(/refund\.eligibility/),
    );
  },
};

/** Lines are reached by the arrow keys, Enter opens, V goes through the other views and back. */
export const Keys: Story = {
  async play({ canvas }) {
    const lines = await feed(canvas, 'Transcript of support.reply');
    const first = within(lines).getAllByRole('article')[0]!;
    first.focus();
    await userEvent.keyboard('{ArrowDown}{ArrowDown}');
    await waitFor(() => expect(document.activeElement).toHaveTextContent(/^triage_agent/));
    await userEvent.keyboard('{Enter}');
    await canvas.findByRole('complementary', { name: 'Details of triage_agent' });
    await userEvent.keyboard('{End}');
    await waitFor(() =>
      expect(document.activeElement?.getAttribute('aria-posinset')).toBe(
        document.activeElement?.getAttribute('aria-setsize'),
      ),
    );
    await userEvent.keyboard('{Home}');
    for (const name of ['Flame graph', 'Agent graph', 'Context', 'Statistics', 'Timeline']) {
      // The views are gone through one after the other, each with the keyboard in its tab or in what it shows.
      // oxlint-disable-next-line no-await-in-loop
      await userEvent.keyboard('v');
      // oxlint-disable-next-line no-await-in-loop
      await canvas.findByRole('radio', { name, checked: true });
    }
    // Down leads from the tab into the view.
    await userEvent.keyboard('{ArrowDown}');
    await waitFor(() => expect(document.activeElement?.closest('[role="treegrid"]')).not.toBeNull());
    await canvas.findByRole('treegrid', { name: 'Spans of support.reply' });
    await expect(canvas.getByRole('radio', { name: 'Timeline' })).toHaveAttribute('aria-checked', 'true');
    canvas.getByRole('radio', { name: 'Timeline' }).focus();
    await userEvent.keyboard('{ArrowRight}');
    await feed(canvas, 'Transcript of support.reply');
    await expect(canvas.getByRole('radio', { name: 'Transcript' })).toHaveFocus();
  },
};

/** What is looked for is marked; the next match comes into view, the line in which it stands. */
export const Search: Story = {
  async play({ canvas }) {
    const lines = await feed(canvas, 'Transcript of support.reply');
    await userEvent.type(canvas.getByRole('combobox', { name: 'Find spans' }), 'kind:tool in_88213{Enter}');
    await waitFor(() => expect(current(canvas).querySelector('mark')).toBeVisible());
    await waitFor(() => expect(lines.querySelectorAll('[data-dimmed]').length).toBeGreaterThan(0));
    const before = current(canvas);
    await userEvent.keyboard('{Enter}');
    await waitFor(() => expect(current(canvas)).not.toBe(before));
    await waitFor(() => expect(current(canvas).querySelector('mark')).toBeVisible());
  },
};

/** A session of Claude Code: the question, thoughts, tools and the one that failed, a sub-agent, the answer. */
export const ClaudeCode: Story = {
  args: { input: claudeCodeFiles[0]!.texts },
  async play({ canvas }) {
    const lines = await feed(canvas, /Which ferry is late/);
    await expect(within(lines).getByText('Look it up.')).toBeVisible();
    await expect(within(lines).getByText('no such command')).toBeVisible();
    await expect(within(lines).getByRole('heading', { name: 'Ask the harbour' })).toBeVisible();
    await expect(within(lines).getByText('Berth 4.')).toBeVisible();
  },
};

export const Narrow: Story = {
  args: { theme: 'dark' },
  parameters: { width: 360 },
  async play({ canvas, canvasElement }) {
    const lines = await feed(canvas, 'Transcript of support.reply');
    const scroller = canvasElement.querySelector('.tv-transcript')!;
    await expect(scroller.scrollWidth).toBeLessThanOrEqual(scroller.clientWidth);
    await expect(within(lines).getAllByRole('article').length).toBeGreaterThan(3);
  },
};

const SPANS = 20_000;

/** An agent that works for long: each call sends its last words again. */
function longTalk(): string {
  const spans: object[] = [];
  const add = (name: string, at: number, parent: string, attributes: Readonly<Record<string, string>>): void => {
    const nano = (step: number): string => String(1_795_359_116_000_000_000n + BigInt(step) * 1_000_000n);
    spans.push({
      traceId: '4f7bec97fa07f3475f37e1d4f4fdf0a3',
      spanId: (spans.length + 1).toString(16).padStart(16, '0'),
      parentSpanId: parent,
      name,
      startTimeUnixNano: nano(at),
      endTimeUnixNano: nano(at + 1),
      attributes: Object.entries(attributes).map(([key, stringValue]) => ({ key, value: { stringValue } })),
    });
  };
  add('long talk', 0, '', { 'gen_ai.operation.name': 'invoke_agent' });
  for (let at = 1; at < SPANS; at += 1)
    add(`call ${at}`, at, '0000000000000001', {
      'gen_ai.operation.name': 'chat',
      'gen_ai.output.messages': JSON.stringify([
        { role: 'assistant', parts: [{ type: 'text', content: `Answer ${at} of a long talk` }] },
      ]),
    });
  return JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] });
}

/** Of a long talk only what is in view is in the page, and both ends are a key away. */
export const Long: Story = {
  args: { input: '' },
  render: ({ theme }: TraceViewerProps) => <LongStage theme={theme} />,
  async play({ canvas }) {
    const lines = await canvas.findByRole('feed', {}, { timeout: 20_000 });
    within(lines).getAllByRole('article')[0]!.focus();
    await userEvent.keyboard('{End}');
    await within(lines).findByText(`Answer ${SPANS - 1} of a long talk`);
    await expect(within(lines).getAllByRole('article').length).toBeLessThan(80);
    await userEvent.keyboard('{Home}');
    await within(lines).findByText('Answer 1 of a long talk');
  },
};

const long = { text: '' };

/** The part by itself, in a provider. */
function LongStage({ theme }: Pick<TraceViewerProps, 'theme'>) {
  const { set } = useTraces((long.text ||= longTalk()));
  return (
    <TraceProvider trace={set?.traces[0] ?? null} theme={theme}>
      <TraceTranscript />
    </TraceProvider>
  );
}

const STRANGER = `\u202E${'stranger'.repeat(200)}`;

/** Who speaks is recorded text too: hidden characters are written out, and a long word ends where the line does. */
export const StrangeRoles: Story = {
  args: {
    input: {
      format: 'spanwise/1',
      traces: [
        {
          traceId: 'strange',
          spans: ['a', 'b'].map((spanId, at) => ({
            spanId,
            name: 'ask',
            kind: 'llm',
            startUnixNano: String(1_795_359_116_000_000_000n + BigInt(at)),
            endUnixNano: String(1_795_359_117_000_000_000n),
            messages: { input: [{ role: STRANGER, parts: [{ type: 'text', text: `Who am I, ${spanId}?` }] }] },
          })),
        },
      ],
    },
  },
  async play({ canvas, canvasElement }) {
    const lines = await canvas.findByRole('feed');
    await within(lines).findByText('Who am I, a?');
    await expect(within(lines).getAllByText(/^⟨U\+202E⟩stranger/)[0]).toBeVisible();
    const scroller = canvasElement.querySelector('.tv-transcript')!;
    await expect(scroller.scrollWidth).toBeLessThanOrEqual(scroller.clientWidth);
  },
};
