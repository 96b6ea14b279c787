import type { Meta, StoryObj } from '@storybook/react-vite';
import { useState } from 'react';
import { expect, fn, userEvent, waitFor, within } from 'storybook/test';
import { PairDetail, redactors, TraceProvider, type PairDetailProps } from '../src/index.ts';
import { compared } from './pairs.ts';

const prompt = compared('claimBase', 'claimPrompt');

const meta = {
  title: 'PairDetail',
  component: PairDetail,
  args: { ...prompt, row: 2 },
  parameters: { width: 1040, panel: 408 },
  render: function Render({ row: first, ...args }: PairDetailProps, { parameters }) {
    const [row, setRow] = useState(first);
    const panel = parameters['panel'] as number;
    const width = parameters['width'] as number;
    const detail = <PairDetail {...args} row={row} />;
    return (
      <div style={{ height: 760, width }}>
        <TraceProvider trace={args.b} theme={parameters['theme'] as 'light' | 'dark' | undefined}>
          {width <= panel ? (
            detail
          ) : (
            <div style={{ display: 'grid', gridTemplateColumns: `minmax(0, 1fr) ${panel}px`, height: '100%' }}>
              <ol aria-label="Rows" style={{ overflow: 'auto' }}>
                {args.diff.rows.map(({ key, op, a, b, depth }, place) => (
                  <li key={key} style={{ paddingInlineStart: 8 + depth * 14 }}>
                    <button
                      type="button"
                      aria-pressed={place === row}
                      style={{ height: 24 }}
                      onClick={() => setRow(place)}
                    >
                      {place} {(b === null ? args.a.find(a!) : args.b.find(b))!.name} {op}
                    </button>
                  </li>
                ))}
              </ol>
              {detail}
            </div>
          )}
        </TraceProvider>
      </div>
    );
  },
} satisfies Meta<typeof PairDetail>;
export default meta;
type Story = StoryObj<typeof meta>;
type Canvas = ReturnType<typeof within>;

const panelOf = (canvas: Canvas): Promise<HTMLElement> => canvas.findByRole('tabpanel');
const tab = (canvas: Canvas, name: RegExp): Promise<HTMLElement> => canvas.findByRole('tab', { name });
const numbers = (canvas: Canvas): Readonly<Record<string, string>> =>
  Object.fromEntries(
    within(canvas.getByRole('table'))
      .getAllByRole('row')
      .map((each) => [
        each.querySelector('[scope="row"]')?.textContent.trim() ?? '',
        Array.from(each.querySelectorAll('td'), (cell) => cell.textContent).join(' | '),
      ]),
  );

/** A sentence more in the system prompt: that alone is marked; messages that are the same are one line. */
export const ChangedPrompt: Story = {
  async play({ canvas }) {
    await expect(await tab(canvas, /^Prompt/)).toHaveTextContent('Prompt1 edit');
    const panel = await panelOf(canvas);
    await waitFor(() => expect(panel.querySelectorAll('ins')).toHaveLength(1));
    await expect(panel.querySelector('ins')).toHaveTextContent(/^added /);
    await expect(panel.querySelectorAll('del')).toHaveLength(0);
  },
};

/** Another model, other words: the numbers say what is worse and better, beside the colour in a sign and a word. */
export const ChangedModel: Story = {
  args: { ...compared('claimBase', 'claimModel'), row: 6 },
  async play({ canvas }) {
    await panelOf(canvas);
    await expect(numbers(canvas)['Model']).toBe('claude-sonnet-4-5 | claude-haiku-4-5 | changed');
  },
};

/** A tool that fails in B: why, on which side, and what was given before. */
export const FailingTool: Story = {
  args: { ...compared('claimBase', 'claimTool'), row: 17 },
};

export const Added: Story = { args: { row: 20 } };

export const Removed: Story = {
  args: { ...compared('claimPrompt', 'claimBase'), row: 20 },
};

export const SideBySide: Story = { args: { row: 25, defaultUnified: false } };

export const Masked: Story = {
  args: {
    ...compared('claimBase', 'claimModel', {
      redact: [...Object.values(redactors), { name: 'customer', value: /Ines Marchetti/g }],
    }),
    row: 6,
    onClose: fn(),
  },
};

export const At360: Story = { parameters: { width: 360, panel: 360 }, args: { row: 25 } };

export const Dark: Story = { args: { row: 25 }, parameters: { theme: 'dark' } };

void userEvent;
