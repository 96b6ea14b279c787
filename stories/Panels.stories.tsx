import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, fn, userEvent, waitFor, within } from 'storybook/test';
import { TraceViewer } from '../src/index.ts';
import langfuseOtel from '../test/fixtures/otlp/langfuse-otel.otlp.jsonl?raw';
import { recordings } from './recordings.ts';

/** What the details say of each kind of span, on recorded traces. */
const meta = {
  component: TraceViewer,
  title: 'Panels',
  args: { input: recordings.supportAgent, timeZone: 'UTC' },
  decorators: [
    (Story, { parameters }) => (
      <div style={{ height: 860, width: (parameters['width'] as number | undefined) ?? 1280 }}>
        <Story />
      </div>
    ),
  ],
} satisfies Meta<typeof TraceViewer>;
export default meta;
type Story = StoryObj<typeof meta>;
type Canvas = ReturnType<typeof within>;

/** Finds a span by its name, so that it need not be on screen, and gives its panel. */
async function open(canvas: Canvas, name: string, nth = 1): Promise<HTMLElement> {
  const box = await canvas.findByRole('combobox', { name: 'Find spans' });
  await userEvent.clear(box);
  await userEvent.type(box, `name:"${name}"`);
  await waitFor(() => expect(box.closest('.tv-search')!.querySelector('.tv-search-count')).toHaveTextContent(/^\d/));
  for (let at = 0; at < nth; at += 1) await userEvent.keyboard('{Enter}');
  await userEvent.clear(box);
  const panel = await canvas.findByRole('tabpanel');
  await waitFor(() =>
    expect(canvas.getByRole('complementary')).toHaveAccessibleName(new RegExp(`Details of .*${name.slice(0, 12)}`)),
  );
  return panel;
}
const tab = (canvas: Canvas, name: RegExp): Promise<void> => userEvent.click(canvas.getByRole('tab', { name }));
const isInView = (element: Element): boolean => {
  const panel = element.closest('.tv-panel')!.getBoundingClientRect();
  const { top, bottom } = element.getBoundingClientRect();
  return bottom > panel.top + 20 && top < panel.bottom - 20;
};

/**
 * A call opens at its answer. Calls of tools stand with their results, with what became of them and the way to the span
 * that ran them; what the call before was sent is a line that opens to all of it, and stays open for the next call.
 */
export const AnswerFirst: Story = {
  async play({ canvas }) {
    let panel = await open(canvas, 'summarise_billing');
    const answer = await waitFor(() => {
      const found = panel.querySelector('.tv-answer')!;
      expect(isInView(found)).toBe(true);
      return found;
    });
    await expect(answer).toHaveTextContent(/Assistant.*finish: stop/);
    await waitFor(() => expect(panel.querySelectorAll('.tv-card[data-kind="tool"] .tv-card-result')).toHaveLength(3));
    await expect(panel.querySelector('.tv-results')).toHaveTextContent('3 results, shown with their calls new');
    const line = await within(panel).findByText(/^1 message as before$/);
    await userEvent.click(line);
    await waitFor(() =>
      expect(panel.querySelector('.tv-earlier .tv-message')).toHaveTextContent(/User.*Customer c_20418 writes/),
    );
    panel = await open(canvas, 'write_reply');
    await within(panel).findByText(/^1 message as before$/);
    await waitFor(() => expect(panel.querySelector('.tv-earlier')).toHaveAttribute('open'));
    await expect(within(panel).getAllByText('new').length).toBeGreaterThan(0);
  },
};

/** From the call of a tool to its span, and from there to the call in which the model was told of the tool. */
export const ToolAndBack: Story = {
  async play({ canvas }) {
    let panel = await open(canvas, 'plan');
    const card = await waitFor(() => {
      const found = [...panel.querySelectorAll('.tv-card')].find((each) =>
        each.textContent.includes('refund_eligibility'),
      )!;
      expect(found).toHaveAttribute('data-tone', 'error');
      expect(found).toHaveTextContent('upstream timed out');
      return found as HTMLElement;
    });
    await userEvent.click(within(card).getByRole('button', { name: /Go to refund.eligibility/ }));
    await waitFor(() => expect(canvas.getByRole('complementary')).toHaveAccessibleName(/refund\.eligibility/));
    panel = canvas.getByRole('tabpanel');
    await expect(panel).toHaveTextContent('invoice_id"in_88213"');
    // The program's own frames, readable.
    await expect(panel.querySelector('.tv-stack')).toHaveTextContent('payments/client.mjs:88');
    await userEvent.click(await within(panel).findByText('Schema'));
    await waitFor(() => expect(panel).toHaveTextContent('invoice_id'));
    await userEvent.click(within(panel).getByRole('button', { name: /Go to plan/ }));
    await waitFor(() => expect(canvas.getByRole('complementary')).toHaveAccessibleName(/plan/));
  },
};

/** Reasoning stands apart; tools that the model could call are one line, each behind it a line, its schema behind that. */
export const ReasoningAndTools: Story = {
  args: { input: recordings.aiSdkAgent },
  async play({ canvas }) {
    const panel = await open(canvas, 'chat claude', 5);
    await waitFor(() =>
      expect(panel.querySelector('.tv-answer .tv-reasoning')).toHaveTextContent(/Reasoning.*characters/),
    );
    await userEvent.click(within(panel).getByText('Tools'));
    const definition = (await waitFor(() => panel.querySelector('.tv-tool-definition')!)) as HTMLElement;
    await expect(definition.querySelector('.tv-json')).toBeNull();
    await userEvent.click(definition.querySelector('summary')!);
    await waitFor(() => expect(definition.querySelector('.tv-json')).toBeVisible());
  },
};

/** Documents in their order with score; each says which later prompt it reached, and that is a press away. */
export const Retrieved: Story = {
  async play({ canvas }) {
    const panel = await open(canvas, 'search_help_center');
    await expect(panel.querySelectorAll('.tv-documents > .tv-entry')).toHaveLength(6);
    await expect(panel).toHaveTextContent('0.971');
    await waitFor(() => expect(panel.querySelectorAll('.tv-reach[data-reach="whole"]')).toHaveLength(6));
    await userEvent.click(within(panel).getAllByRole('button', { name: /Go to draft/ })[0]!);
    await waitFor(() => expect(canvas.getByRole('complementary')).toHaveAccessibleName(/draft/));
  },
};

/** Where each document stood before and stands after, drawn and in words; those that were dropped are said. */
export const Reranked: Story = {
  async play({ canvas }) {
    const panel = await open(canvas, 'rerank');
    await waitFor(() => expect(panel.querySelectorAll('.tv-rank-line')).toHaveLength(6));
    await expect(panel).toHaveTextContent('from place 2 to 1');
    await userEvent.click(within(panel).getByRole('button', { name: '18 were dropped' }));
    await expect(within(panel).getAllByText('dropped')).toHaveLength(18);
  },
};

/** Text, model, how many numbers, and the first of them. */
export const Embedded: Story = {
  async play({ canvas }) {
    const panel = await open(canvas, 'embed_query');
    await expect(panel).toHaveTextContent(/text-embedding-3-small/);
    await expect(panel).toHaveTextContent(/1,536 dimensions/);
    await expect(panel.querySelectorAll('.tv-strip i')).toHaveLength(64);
  },
};

/** A template with its places, and which of its variables have a value. */
export const Template: Story = {
  async play({ canvas }) {
    const panel = await open(canvas, 'triage.prompt');
    await expect(panel.querySelectorAll('.tv-place[data-state="filled"]')).toHaveLength(3);
    await expect(panel.querySelector('.tv-unfilled')).toBeNull();
    await expect(panel).toHaveTextContent('v14');
  },
};

/** What a guardrail did and decided, and a score as a bar. */
export const Verdicts: Story = {
  async play({ canvas }) {
    await expect(await open(canvas, 'pii.redact')).toHaveTextContent('Action: redact');
    const panel = await open(canvas, 'faithfulness');
    await expect(panel.querySelector('.tv-gauge')).toHaveTextContent(/0\.96faithfulness faithful.*by a model/);
  },
};
export const Passed: Story = {
  args: { input: langfuseOtel },
  async play({ canvas }) {
    const panel = await open(canvas, 'redact_names');
    await expect(panel.querySelector('.tv-verdict')).toHaveTextContent('pass');
  },
};

/** Method, route and status; the statement of a database. */
export const Requests: Story = {
  async play({ canvas }) {
    await expect((await open(canvas, 'POST /v1')).querySelector('.tv-request')).toHaveTextContent(
      'POST/v1/agents/run200',
    );
    const panel = await open(canvas, 'pgvector');
    await expect(panel.querySelector('.tv-request')).toHaveTextContent('SELECThelp_center_chunk');
    await expect(panel).toHaveTextContent(/ORDER BY distance LIMIT 24/);
  },
};

/** What an agent was to do, its steps with a press to each, and all that is inside. */
export const Steps: Story = {
  async play({ canvas }) {
    const panel = await open(canvas, 'billing_agent');
    await expect(within(panel).getByText('Goal')).toBeVisible();
    await expect(panel).toHaveTextContent(/Turn2/);
    await userEvent.click(within(panel).getByRole('button', { name: /get_subscription/ }));
    await waitFor(() => expect(canvas.getByRole('complementary')).toHaveAccessibleName(/get_subscription/));
  },
};

/** Attributes by what they begin with; what is typed narrows them, and each can be copied. */
export const Attributes: Story = {
  async play({ canvas }) {
    const writeText = fn(() => Promise.resolve());
    const own = Object.getOwnPropertyDescriptor(navigator, 'clipboard');
    Object.defineProperty(navigator, 'clipboard', { value: { writeText }, configurable: true });
    try {
      const panel = await open(canvas, 'write_reply');
      await tab(canvas, /Attributes/);
      await within(panel).findAllByText('llm.model_name'.split('.')[0]!, { exact: false });
      const groups = panel.querySelectorAll('.tv-attribute-group').length;
      await expect(groups).toBeGreaterThan(3);
      const box = within(panel).getByRole('textbox', { name: 'Find attributes' });
      await userEvent.type(box, 'service.name');
      await waitFor(() => expect(panel.querySelectorAll('.tv-attribute-group')).toHaveLength(1));
      await userEvent.click(within(panel).getByRole('button', { name: 'Copy service.name' }));
      await waitFor(() => expect(writeText).toHaveBeenLastCalledWith('agent-worker'));
      await userEvent.type(box, '{Escape}');
      await waitFor(() => expect(panel.querySelectorAll('.tv-attribute-group')).toHaveLength(groups));
    } finally {
      if (own) Object.defineProperty(navigator, 'clipboard', own);
      else Reflect.deleteProperty(navigator, 'clipboard');
    }
  },
};

/** A press on a score in the header opens what is known of the trace: who, where, which version, and why the score. */
export const AboutTheTrace: Story = {
  parameters: { width: 1440 },
  async play({ canvas }) {
    await userEvent.click(await canvas.findByRole('button', { name: /^0\.86/ }));
    const panel = await canvas.findByRole('tabpanel');
    await waitFor(() => expect(panel).toHaveTextContent(/conv_8841/));
    await expect(panel).toHaveTextContent('Score of the last critique before the reply was written.');
    await expect(panel).toHaveTextContent(/Environmentproduction/);
    await expect(within(panel).getByText('billing')).toBeVisible();
  },
};

/** Where in time: from the beginning of the trace, and on the clock with its zone. */
export const WhenItWas: Story = {
  async play({ canvas, canvasElement }) {
    await open(canvas, 'plan');
    await expect(canvasElement.querySelector('.tv-when')).toHaveTextContent(
      /^\+1\.58 s – \+2\.77 s.*14:58:59\.045 UTC – 14:59:00\.229/,
    );
  },
};

/** What a tool was called with stands behind its name, until somebody does not want it; the host is told. */
export const ArgumentsInRows: Story = {
  args: { onArgumentsInRowsChange: fn() },
  async play({ canvas, canvasElement, args }) {
    await canvas.findByRole('row', { name: /^get_invoice/ });
    await waitFor(() => expect(canvasElement.querySelector('.tv-digest')).toHaveTextContent(/^customer_id=c_20418/));
    await userEvent.click(canvas.getByRole('button', { name: 'Columns' }));
    const dialog = await canvas.findByRole('dialog', { name: 'Columns' });
    await userEvent.click(within(dialog).getByRole('checkbox', { name: 'Arguments' }));
    await waitFor(() =>
      expect(canvasElement.querySelector('.tv-row [data-column="arguments"] .tv-word')).toHaveTextContent(
        /customer_id=/,
      ),
    );
    await userEvent.click(within(dialog).getByRole('checkbox', { name: 'Arguments behind the names of tools' }));
    await waitFor(() => expect(canvasElement.querySelector('.tv-digest')).toBeNull());
    await expect(args.onArgumentsInRowsChange).toHaveBeenLastCalledWith(false);
  },
};

/** On a phone the details are a sheet that begins at its top. */
export const Narrow: Story = {
  parameters: { width: 360 },
  args: { defaultSelectedSpan: null },
  async play({ canvas }) {
    const panel = await open(canvas, 'rerank');
    await waitFor(() => expect(panel.querySelectorAll('.tv-rank-line').length).toBeGreaterThan(0));
    await expect(panel.scrollWidth).toBeLessThanOrEqual(panel.clientWidth + 1);
  },
};
