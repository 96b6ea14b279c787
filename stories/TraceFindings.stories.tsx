import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, userEvent, waitFor, within } from 'storybook/test';
import { TraceFindings, TraceProvider, TraceSpeedups, TraceViewer, type AssertionRule } from '../src/index.ts';
import { drawDocument, drawTrace } from '../test/model/drawTrace.ts';
import langGraph from '../test/fixtures/otlp/langgraph.otlp.jsonl?raw';
import { recordings } from './recordings.ts';

const meta = {
  title: 'TraceFindings',
  component: TraceViewer,
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

const DRAWN = `
  agent answer ✗     0------------2400
    llm plan         0-200             in=10 out=5
    tool search      200-700
    tool search      700-1200
    tool search      1200-1700
    chain settle ✗   1700--2100
      tool lookup    1700-1800
      tool refund ✗  1800--2100
    llm reply        2100--2400        in=10 out=5
`;

/** What there is to know comes into free room of the toolbar; pressed, the list leads to the cause of an error. */
export const ErrorAndWaiting: Story = {
  args: { input: drawDocument(DRAWN) },
  async play({ canvas }) {
    const button = await canvas.findByRole('button', { name: '2 findings' });
    await expect(canvas.queryByRole('region', { name: 'Findings' })).toBeNull();
    await userEvent.click(button);
    const list = await canvas.findByRole('region', { name: 'Findings' });
    const [first, second] = within(list).getAllByRole('button');
    await expect(first).toHaveTextContent(/tool refund failed: failed, and agent answer failed with it/);
    await expect(first).toHaveTextContent('agent answer › chain settle › tool refund');
    await expect(second).toHaveTextContent(/3 steps of agent answer ran one after the other.*1\.00 s sooner/);
    await userEvent.click(first!);
    await waitFor(() => expect(canvas.getByRole('row', { selected: true })).toHaveTextContent(/tool refund/));
    await userEvent.click(second!);
    await waitFor(() => expect(canvas.getByRole('row', { selected: true })).toHaveTextContent(/tool search/));
    await expect(second).toHaveTextContent('1 of 3');
    await expect(canvas.getByRole('row', { selected: true })).toHaveAttribute('data-finding', 'warning');
    await userEvent.click(canvas.getByRole('button', { name: 'Close the list' }));
    await expect(canvas.queryByRole('region', { name: 'Findings' })).toBeNull();
  },
};

/** From finding to finding by keys, and what is worth speeding up. */
export const ByKeys: Story = {
  args: { input: drawDocument(DRAWN) },
  async play({ canvas }) {
    await canvas.findByRole('button', { name: '2 findings' });
    await userEvent.click(await canvas.findByRole('row', { name: /^agent answer/ }));
    await userEvent.keyboard('n');
    await waitFor(() => expect(canvas.getByRole('row', { selected: true })).toHaveTextContent(/tool refund/));
    await userEvent.keyboard('N');
    await waitFor(() => expect(canvas.getByRole('row', { selected: true })).toHaveTextContent(/tool search/));
    await userEvent.keyboard('u');
    const list = await canvas.findByRole('region', { name: 'Speed-ups' });
    await expect(within(list).getAllByRole('button')[0]).toHaveTextContent(/tool search 3 calls.*750 ms sooner/);
    await userEvent.click(canvas.getByRole('tab', { name: 'Findings' }));
    await canvas.findByRole('region', { name: 'Findings' });
  },
};

/** A loop that is closed shows what was found inside; opened, the steps that it is about do. */
export const InsideAClosedLoop: Story = {
  args: { input: langGraph },
  async play({ canvas }) {
    const choice = await canvas.findByRole('combobox', { name: 'Trace' });
    await userEvent.selectOptions(choice, within(choice).getByRole('option', { name: /stuck_tracking/ }));
    const loop = await canvas.findByRole('row', { name: /agent.*tools/ });
    await waitFor(() => expect(loop).toHaveAttribute('data-finding', 'warning'));
    await expect(loop).toHaveAccessibleDescription(/A loop got nowhere: track_parcel/);
    await userEvent.click(loop);
    await userEvent.keyboard('l');
    const [step] = await canvas.findAllByRole('row', { name: /track_parcel/ });
    await waitFor(() => expect(step).toHaveAttribute('data-finding', 'warning'));
    await expect(canvas.getAllByRole('row', { name: /^agent/ })[0]).not.toHaveAttribute('data-finding');
  },
};

/** Nothing stands out: no button, no list, no room. */
export const NothingToSay: Story = {
  args: { input: drawDocument('agent answer 0---100\n  llm ask 0-50\n  tool look 50-100') },
  async play({ canvas }) {
    await userEvent.click(await canvas.findByRole('row', { name: /^agent answer/ }));
    await waitFor(async () => {
      await userEvent.keyboard('n');
      await expect(canvas.getByText('Nothing stands out')).toBeInTheDocument();
    });
    await expect(canvas.queryByRole('button', { name: /finding/ })).toBeNull();
    await expect(canvas.queryByRole('region', { name: 'Findings' })).toBeNull();
  },
};

const rules: readonly AssertionRule[] = [
  {
    id: 'quick-tools',
    severity: 'warning',
    check: ({ kind, duration, name }) => (kind === 'tool' && duration > 4e8 ? `${name} takes more than 400 ms` : null),
  },
];

/** A recorded agent, with a rule of the host, opens at its first finding with the list open. */
export const OpensAtItsFirst: Story = {
  args: { input: recordings.supportAgent, rules, defaultAtFinding: true, defaultFindingsList: 'findings' },
  async play({ canvas }) {
    const list = await canvas.findByRole('region', { name: 'Findings' });
    await waitFor(() => expect(within(list).getAllByRole('button').length).toBeGreaterThan(0));
    await expect(within(list).getByText(/refund.eligibility failed: payments gateway answered 504/)).toBeVisible();
    await waitFor(() => expect(canvas.getByRole('row', { selected: true })).toBeVisible());
  },
};

/** The parts by themselves, with other words. */
export const Alone: Story = {
  render: () => (
    <TraceProvider
      trace={drawTrace(DRAWN)}
      labels={{ findings: 'Befunde', findingSentence: ({ code, facts }) => `${code}: ${facts['name']}` }}
    >
      <TraceFindings />
      <TraceSpeedups />
    </TraceProvider>
  ),
  async play({ canvas }) {
    const list = await canvas.findByRole('region', { name: 'Befunde' });
    await expect(await within(list).findByText('error: tool refund')).toBeVisible();
    await expect(canvas.getByRole('region', { name: 'Speed-ups' })).toHaveTextContent(/tool search/);
  },
};

/** Whether branches ran side by side: a strip at the foot of the axis, and words about the fan-out and what waited for it. */
export const SideBySide: Story = {
  args: {
    input: drawDocument(`
      agent answer        0---------------1000
        llm plan          0-100               in=10 out=5
        chain searches    100-----------900
          retriever find  100-400
          retriever find  150-600
          retriever find  200-----------900
        llm reply         900-1000            in=10 out=5
    `),
  },
  async play({ canvas, canvasElement }) {
    await canvas.findByText('At most 3 steps at work at once');
    await waitFor(() =>
      expect(canvasElement.querySelector('.tv-at-once path')?.getAttribute('d')).toMatch(/^M0 8H0V5.3.*Z$/),
    );
    await userEvent.click(await canvas.findByRole('row', { name: /^chain searches/ }));
    const detail = await canvas.findByRole('complementary', { name: /chain searches/ });
    await expect(within(detail).getByText('3 branches, ran up to 3 at once')).toBeVisible();
    await expect(within(detail).getByText('none: the end of the trace waits for it')).toBeVisible();
    await userEvent.click(canvas.getAllByRole('row', { name: /^retriever find/ })[0]!);
    await expect(await canvas.findByText('could take 500 ms longer without moving the end')).toBeVisible();
    await userEvent.click(canvas.getByRole('row', { name: /^llm reply/ }));
    await userEvent.click(await canvas.findByRole('button', { name: /the trace ends 50(?:.0)? ms sooner/ }));
    await canvas.findByRole('region', { name: 'Speed-ups' });
  },
};
