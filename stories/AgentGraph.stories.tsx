import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, fn, userEvent, waitFor, within } from 'storybook/test';
import { AgentGraph, TraceProvider, TraceViewer, useTraces, type TraceViewerProps } from '../src/index.ts';
import langgraph from '../test/fixtures/otlp/langgraph.otlp.jsonl?raw';
import { recordings } from './recordings.ts';
import { tall } from './tall.tsx';

const meta = {
  title: 'AgentGraph',
  component: TraceViewer,
  args: { input: recordings.supportAgent, defaultMainView: 'graph' },
  decorators: [tall],
  parameters: { height: 760 },
} satisfies Meta<typeof TraceViewer>;
export default meta;
type Story = StoryObj<typeof meta>;

type Canvas = ReturnType<typeof within>;
const graph = (canvas: Canvas, name: string | RegExp = /Agent graph of/): Promise<HTMLElement> =>
  canvas.findByRole('group', { name }, { timeout: 5000 });
const panel = (canvas: Canvas): HTMLElement => canvas.getByRole('region', { name: 'Connections' });

/**
 * Three agents hand over to each other. A press on a line lists its calls and asks for them; one of them is a span that
 * the details and the timeline know too.
 */
export const SupportAgent: Story = {
  args: { onSelectedSpanChange: fn(), onQueryChange: fn() },
  async play({ canvas, args }) {
    const picture = await graph(canvas, 'Agent graph of support.reply');
    await expect(
      within(picture).getByRole('button', { name: /^triage_agent hands over to billing_agent, 1 call/ }),
    ).toBeVisible();
    await userEvent.click(within(picture).getByRole('button', { name: /^billing_agent calls refund\.eligibility/ }));
    const calls = within(panel(canvas));
    await expect(calls.getAllByRole('listitem')).toHaveLength(2);
    await expect(args.onQueryChange).toHaveBeenLastCalledWith('kind:tool name=refund.eligibility');
    await waitFor(() =>
      expect(within(picture).getByRole('button', { name: /^model, o4-mini/ })).toHaveAttribute('data-dimmed'),
    );
    await userEvent.click(calls.getByRole('button', { name: /#1 refund\.eligibility failed/ }));
    await canvas.findByRole('complementary', { name: 'Details of refund.eligibility' });
    await expect(within(picture).getByRole('button', { name: /^tool, refund\.eligibility/ })).toHaveAttribute(
      'aria-current',
      'true',
    );
    await userEvent.click(canvas.getByRole('radio', { name: 'Timeline' }));
    await waitFor(() =>
      expect(canvas.getByRole('row', { selected: true })).toHaveAccessibleName(/refund\.eligibility/),
    );
  },
};

/** What is looked for by the reader stays: pressing a line lists its calls, and only the button asks for them. */
export const OwnQuery: Story = {
  args: { defaultQuery: 'kind:llm', onQueryChange: fn() },
  async play({ canvas, args }) {
    const picture = await graph(canvas);
    const edge = within(picture).getByRole('button', { name: /^resolution_agent calls gpt-4\.1,/ });
    await userEvent.click(edge);
    await expect(args.onQueryChange).not.toHaveBeenCalled();
    await expect(within(panel(canvas)).getAllByRole('listitem')).toHaveLength(12);
    await userEvent.click(within(panel(canvas)).getByRole('button', { name: 'Find these calls' }));
    await expect(args.onQueryChange).toHaveBeenLastCalledWith(expect.stringMatching(/^id:[0-9a-f]{16},/));
    await waitFor(() => expect(edge).not.toHaveAttribute('data-dimmed'));
  },
};

/** The arrow keys go along the lines; Enter on a node selects its first call, then the next one. */
export const Keys: Story = {
  async play({ canvas }) {
    const picture = await graph(canvas);
    const entry = within(picture).getByRole('button', { name: /^step, support\.reply, begins here/ });
    await expect(
      within(picture)
        .getAllByRole('button')
        .filter(({ tabIndex }) => tabIndex === 0),
    ).toEqual([entry]);
    entry.focus();
    await userEvent.keyboard('{ArrowRight}');
    await expect(document.activeElement).toHaveAccessibleName(/^support\.reply calls/);
    await userEvent.keyboard('{ArrowDown}');
    await expect(document.activeElement).toHaveAccessibleName(/^support\.reply calls/);
    await userEvent.keyboard('{ArrowRight}{ArrowLeft}{ArrowLeft}');
    await expect(entry).toHaveFocus();
    const model = within(picture).getByRole('button', { name: /^model, gpt-4\.1,/ });
    model.focus();
    await userEvent.keyboard('{Enter}');
    await canvas.findByRole('complementary', { name: 'Details of plan' });
    await expect(model).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    await canvas.findByRole('complementary', { name: 'Details of summarise_billing' });
    const before = picture.style.getPropertyValue('--tv-graph-scale');
    await userEvent.keyboard('+');
    await expect(Number(picture.style.getPropertyValue('--tv-graph-scale'))).toBeGreaterThan(Number(before));
    await userEvent.keyboard('0v');
    await waitFor(() =>
      expect(canvas.getByRole('radio', { name: 'Agent graph' })).toHaveAttribute('aria-checked', 'false'),
    );
  },
};

/** The nodes of LangGraph in the order in which they ran, and the loop that they made. */
export const LangGraphAsItRan: Story = {
  args: { input: langgraph },
  async play({ canvas }) {
    const picture = await graph(canvas, 'Agent graph of healthy_tracking');
    await userEvent.click(canvas.getByRole('radio', { name: 'As it ran' }));
    await within(await graph(canvas)).findByRole('button', {
      name: /^after tools comes agent, 4 calls.*3 times more around a loop$/,
    });
    await expect(picture).not.toBeInTheDocument();
    await userEvent.selectOptions(canvas.getByRole('combobox', { name: 'Width of lines' }), 'Time');
    await waitFor(() => expect(within(panel(canvas)).getAllByRole('listitem')[0]).toHaveTextContent(/gpt-5-mini/));
    await expect(canvas.getByText('843 ms', { selector: 'text' })).toBeVisible();
  },
};

export const AsItRan: Story = {
  async play({ canvas }) {
    await graph(canvas);
    await userEvent.click(canvas.getByRole('radio', { name: 'As it ran' }));
    await within(await graph(canvas)).findByRole('button', { name: /^billing_agent hands over to resolution_agent/ });
  },
};

/** Names are masked here as everywhere. */
export const Masked: Story = {
  args: { options: { redact: [{ name: 'agent', value: /billing_agent/g }] } },
  async play({ canvas }) {
    const picture = await graph(canvas);
    await expect(within(picture).getByRole('button', { name: /^agent, agent, / })).toBeVisible();
    await expect(canvas.queryByText(/billing_agent/)).toBeNull();
  },
};

export const Narrow: Story = {
  args: { theme: 'dark' },
  parameters: { width: 360 },
  async play({ canvas, canvasElement }) {
    const picture = await graph(canvas);
    await expect(picture.clientWidth).toBeGreaterThan(300);
    const frame = canvasElement.querySelector('.tv-graph')!;
    await expect(frame.scrollWidth).toBeLessThanOrEqual(frame.clientWidth);
  },
};

const TOOLS = 190;

/** Ten agents with many tools, as text of OTLP. */
function manyTools(): string {
  const spans: object[] = [];
  const nano = (at: number): string => String(1_795_359_116_000_000_000n + BigInt(at) * 1_000_000n);
  const add = (name: string, operation: string, parent: number, at: number, length: number): number => {
    spans.push({
      traceId: '4f7bec97fa07f3475f37e1d4f4fdf0a3',
      spanId: (spans.length + 1).toString(16).padStart(16, '0'),
      ...(parent === 0 ? {} : { parentSpanId: parent.toString(16).padStart(16, '0') }),
      name,
      startTimeUnixNano: nano(at),
      endTimeUnixNano: nano(at + length),
      attributes: [{ key: 'gen_ai.operation.name', value: { stringValue: operation } }],
    });
    return spans.length;
  };
  const root = add('planner', 'invoke_agent', 0, 0, 20_000);
  for (let agent = 0; agent < 10; agent += 1) {
    const worker = add(`worker ${'abcdefghij'[agent]}`, 'invoke_agent', root, agent * 2000, 1900);
    for (let tool = agent; tool < TOOLS; tool += 10)
      for (let call = 0; call < 1 + (tool % 4); call += 1)
        add(
          `tool-${tool % 2 ? 'read' : 'write'}-${String.fromCharCode(97 + (tool % 26), 97 + ((tool / 26) | 0))}`,
          'execute_tool',
          worker,
          agent * 2000 + tool,
          1 + tool,
        );
  }
  return JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] });
}

/** Of two hundred nodes the larger ones are drawn, the others are one that opens. */
export const TwoHundred: Story = {
  args: { input: manyTools() },
  async play({ canvas }) {
    const picture = await graph(canvas);
    const more = within(picture).getAllByRole('button', { name: /^and \d+ more, / });
    await expect(picture.querySelectorAll('.tv-graph-node').length).toBe(39 + more.length);
    await expect(picture.querySelectorAll('*').length).toBeLessThan(1200);
    await userEvent.click(more[0]!);
    await waitFor(() => expect(picture.querySelectorAll('.tv-graph-node').length).toBeGreaterThan(100));
  },
};

/** The part by itself, in a provider. */
export const ByItself: Story = {
  render: ({ theme }: TraceViewerProps) => <Stage theme={theme} />,
  async play({ canvas }) {
    await expect(await graph(canvas)).toBeVisible();
  },
};

function Stage({ theme }: Pick<TraceViewerProps, 'theme'>) {
  const { set } = useTraces(recordings.supportAgent);
  return (
    <TraceProvider
      trace={set?.traces[0] ?? null}
      theme={theme}
      style={{ display: 'flex', flexDirection: 'column', height: '100%' }}
    >
      <AgentGraph style={{ flex: 1 }} />
    </TraceProvider>
  );
}
