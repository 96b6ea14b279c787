import type { Meta, StoryObj } from '@storybook/react-vite';
import { useState } from 'react';
import { expect, fn, userEvent, waitFor, within } from 'storybook/test';
import { parseTraces, TraceViewer, type TraceViewerProps } from '../src/index.ts';
import { recordings } from './recordings.ts';
import { tall } from './tall.tsx';

const meta = {
  component: TraceViewer,
  args: { input: recordings.supportAgent },
  decorators: [tall],
} satisfies Meta<typeof TraceViewer>;
export default meta;
type Story = StoryObj<typeof meta>;

/**
 * A support agent over two services: retrieval beside a billing agent, a failed refund check and its retry, twelve
 * rounds of drafting.
 */
export const SupportAgent: Story = {
  async play({ canvas }) {
    await canvas.findByRole('treegrid', { name: 'Spans of support.reply' });
    await expect(canvas.getAllByText('$0.0267')[0]).toBeVisible();
    await expect(canvas.getByText('30 of 31 priced')).toBeVisible();
  },
};

/** From an unknown trace to the failing step and its cause in one click. */
export const WhichStepFailed: Story = {
  async play({ canvas }) {
    await userEvent.click(await canvas.findByRole('button', { name: /Next error/ }));
    const detail = await canvas.findByRole('complementary', { name: 'Details of refund.eligibility' });
    await expect(within(detail).getByText('UpstreamTimeoutError')).toBeVisible();
    await expect(canvas.getByRole('row', { selected: true })).toHaveTextContent('refund.eligibility');
  },
};

/** From the attempt that failed to the one that worked, and back. */
export const AttemptsByKey: Story = {
  async play({ canvas }) {
    await userEvent.click(await canvas.findByRole('button', { name: /Next error/ }));
    const attempt = async (which: RegExp) =>
      waitFor(() => expect(canvas.getByRole('row', { selected: true })).toHaveAccessibleName(which));
    await attempt(/attempt 1 of 2/);
    await userEvent.keyboard('y');
    await attempt(/^refund\.eligibility.*attempt 2 of 2, the last one worked/);
    await userEvent.keyboard('y');
    await attempt(/attempt 1 of 2/);
    canvas.getByRole('row', { name: /^plan/ }).focus();
    await userEvent.keyboard('y');
    await expect(await canvas.findByText('Not tried again')).toBeInTheDocument();
  },
};

/**
 * The step that took longest and the one that cost most are one click or key away each, and so are those after them.
 */
export const SlowestAndCostliest: Story = {
  async play({ canvas }) {
    const selected = async (name: string) =>
      waitFor(() => expect(canvas.getByRole('row', { selected: true })).toHaveTextContent(name));
    await userEvent.click(await canvas.findByRole('button', { name: /Next costliest step/ }));
    await selected('summarise_billing');
    await userEvent.click(canvas.getByRole('button', { name: /Next slowest step/ }));
    await selected('write_reply');
    canvas.getByRole('row', { selected: true }).focus();
    await userEvent.keyboard('t');
    await waitFor(() => expect(canvas.getByRole('row', { selected: true })).not.toHaveTextContent('write_reply'));
    await userEvent.keyboard('{Shift>}T{/Shift}');
    await selected('write_reply');
    await userEvent.keyboard('$');
    await selected('summarise_billing');
  },
};

/** The search goes back by Escape from its buttons too, and the keyboard to the rows. */
export const EscapeFromSearch: Story = {
  async play({ canvas }) {
    await userEvent.type(await canvas.findByRole('combobox'), 'refund');
    canvas.getByRole('button', { name: 'Clear' }).focus();
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(canvas.getByRole('treegrid')).toContainElement(document.activeElement as HTMLElement));
    await expect(canvas.getByRole('combobox')).toHaveValue('');
  },
};

/** What exactly the model saw and said. */
export const WhatTheModelSaw: Story = {
  async play({ canvas }) {
    await userEvent.click(await canvas.findByText('classify_intent'));
    const messages = await canvas.findByRole('tabpanel', { name: /Messages/ });
    await expect(within(messages).getByText('User')).toBeVisible();
    await expect(
      within(messages)
        .getAllByText(/charged twice in October/)
        .at(-1),
    ).toBeVisible();
    await userEvent.click(canvas.getByRole('tab', { name: /Attributes/ }));
    await expect(await canvas.findByText('openinference.span.kind')).toBeVisible();
  },
};

/** OpenTelemetry GenAI attributes, as the Vercel AI SDK writes them. */
export const AiSdkAgent: Story = {
  args: { input: recordings.aiSdkAgent },
  async play({ canvas }) {
    const grid = await canvas.findByRole('treegrid');
    const loop = await within(grid).findByRole('row', { name: /^step.*10 iterations, folded/ });
    await userEvent.click(loop.querySelector('.tv-loop')!);
    await waitFor(() => expect(within(grid).getAllByRole('row').length).toBeGreaterThan(10));
    await userEvent.click(canvas.getByRole('button', { name: /Next error/ }));
    await expect(await canvas.findByRole('complementary')).toBeVisible();
  },
};

export const Dark: Story = {
  args: { theme: 'dark' },
  async play(context) {
    await WhichStepFailed.play?.(context);
  },
};

export const Narrow: Story = {
  parameters: { width: 360 },
  async play({ canvas }) {
    const grid = await canvas.findByRole('treegrid');
    const row = await within(grid).findByRole('row', { name: /^pii\.redact/ });
    await waitFor(() => expect(row.getBoundingClientRect().height).toBe(40));
    await expect(grid.scrollWidth).toBe(grid.clientWidth);
  },
};

export const Sheet: Story = {
  parameters: { width: 820 },
  async play(context) {
    await WhichStepFailed.play?.(context);
  },
};

/** The host owns the selection: the viewer asks, the host decides. */
export const Controlled: Story = {
  args: { onSelectedSpanChange: fn() },
  render: function Render(args: TraceViewerProps) {
    const [selected, setSelected] = useState<string | null>(null);
    return (
      <TraceViewer
        {...args}
        selectedSpan={selected}
        onSelectedSpanChange={(key) => {
          args.onSelectedSpanChange?.(key);
          if (!key?.endsWith('/locked')) setSelected(key);
        }}
      />
    );
  },
  async play({ canvas, args }) {
    await userEvent.click(await canvas.findByText('pii.redact'));
    await expect(args.onSelectedSpanChange).toHaveBeenCalledOnce();
    await expect(await canvas.findByRole('complementary', { name: 'Details of pii.redact' })).toBeVisible();
  },
};

/** A host that refuses every change: nothing is selected, and the host has been asked. */
export const Refused: Story = {
  args: { selectedSpan: null, onSelectedSpanChange: fn() },
  async play({ canvas, args }) {
    await userEvent.click(await canvas.findByText('pii.redact'));
    await expect(args.onSelectedSpanChange).toHaveBeenCalledOnce();
    await expect(canvas.queryByRole('complementary')).toBeNull();
  },
};

/** A slot of the host that throws leaves a word in its place; the rest goes on. */
export const ThrowingSlot: Story = {
  args: {
    panels: [
      {
        id: 'mine',
        title: 'Mine',
        match: () => true,
        render: () => {
          throw new Error('host');
        },
      },
    ],
  },
  async play({ canvas }) {
    await userEvent.click(await canvas.findByText('pii.redact'));
    await expect(await canvas.findByText('This part could not be shown.')).toBeVisible();
    await userEvent.click(canvas.getByRole('tab', { name: /Attributes/ }));
    await expect(canvas.queryByText('This part could not be shown.')).toBeNull();
  },
};

export const NotATrace: Story = {
  args: { input: '{"name":"a package","version":"1.0.0"}' },
  async play({ canvas }) {
    await expect(await canvas.findByRole('alert')).toHaveTextContent(/not a trace.*"name", "version"/);
  },
};

export const NoSpans: Story = {
  args: { input: '{"resourceSpans":[]}' },
  async play({ canvas }) {
    await expect(await canvas.findByText('No spans')).toBeVisible();
  },
};

/** Several traces in one input: the one with the most spans is shown first. */
export const SeveralTraces: Story = {
  args: { input: [recordings.supportAgent, recordings.aiSdkAgent] },
  async play({ canvas }) {
    const picker = await canvas.findByRole('combobox', { name: 'Trace' });
    const options = within(picker).getAllByRole('option');
    await expect(options).toHaveLength(2);
    await userEvent.selectOptions(
      picker,
      options.find((option) => !(option as HTMLOptionElement).selected)!,
    );
    await expect(await canvas.findByRole('treegrid', { name: /incident|invoke_agent/ })).toBeVisible();
  },
};

/** Two viewers on a page never meet. */
export const TwoViewers: Story = {
  render: (args) => (
    <div style={{ display: 'grid', gridTemplateRows: '1fr 1fr', height: '100%' }}>
      <TraceViewer {...args} />
      <TraceViewer {...args} theme="dark" />
    </div>
  ),
  async play({ canvas }) {
    await waitFor(() => expect(canvas.getAllByText('pii.redact')).toHaveLength(2));
    await userEvent.click(canvas.getAllByText('pii.redact')[0]!);
    await expect(await canvas.findAllByRole('complementary')).toHaveLength(1);
  },
};

/** The host has parsed already. */
export const ParsedByTheHost: Story = {
  loaders: [async () => ({ traces: await parseTraces(recordings.supportAgent) })],
  render: (args, { loaded }) => (
    <TraceViewer {...args} traces={(loaded as { traces: NonNullable<TraceViewerProps['traces']> }).traces} />
  ),
  async play({ canvas }) {
    await expect(await canvas.findByText('classify_intent')).toBeVisible();
  },
};

/** Every key in one list: `?` brings it, Escape takes it away, and the focus is where it was. */
export const ListOfKeys: Story = {
  args: { headerEnd: <button type="button">Ours</button> },
  async play({ canvas }) {
    const row = await canvas.findByRole('row', { name: /^pii\.redact/ });
    await expect(canvas.getByRole('button', { name: 'Ours' })).toBeVisible();
    await userEvent.click(row);
    await userEvent.keyboard('?');
    const list = await canvas.findByRole('dialog', { name: 'Keys' });
    await expect(within(list).getByText('next, previous failed span')).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(canvas.queryByRole('dialog', { name: 'Keys' })).toBeNull());
    await expect(row).toHaveFocus();
  },
};

/** Where nothing failed, `E` goes to the failure of another trace, and says where that is. */
export const FailedElsewhere: Story = {
  args: { input: recordings.langchainRag },
  async play({ canvas }) {
    await canvas.findByText('No errors');
    (await canvas.findAllByRole('gridcell'))[0]!.closest<HTMLElement>('[role=row]')!.focus();
    await userEvent.keyboard('e');
    await waitFor(() => expect(canvas.getByRole('complementary')).toHaveTextContent(/error/i));
    await expect(canvas.getByRole('status')).toHaveTextContent(/^Failed in another trace: /);
    await waitFor(() => expect(document.activeElement).toHaveAttribute('aria-selected', 'true'));
  },
};
