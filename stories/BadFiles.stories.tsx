import type { Meta, StoryObj } from '@storybook/react-vite';
import { useState } from 'react';
import { expect, userEvent, waitFor, within } from 'storybook/test';
import { TraceViewer } from '../src/index.ts';
import { recordings } from './recordings.ts';

/** Files that cannot be read, or not whole: no dead end, and nothing is taken for all. */
const meta = {
  title: 'Bad files',
  component: TraceViewer,
  decorators: [
    (Story) => (
      <div className="room" style={{ height: 560 }}>
        <Story />
      </div>
    ),
  ],
} satisfies Meta<typeof TraceViewer>;
export default meta;
type Story = StoryObj<typeof meta>;

/** A page that opens files by a control in the header. */
function Opener() {
  const [input, setInput] = useState<readonly File[]>();
  return (
    <TraceViewer
      {...(input ? { input } : {})}
      headerEnd={
        <label>
          Open files
          <input type="file" multiple onChange={({ currentTarget }) => setInput([...(currentTarget.files ?? [])])} />
        </label>
      }
    />
  );
}

/** The way to another file stays where a file cannot be read, keeps the focus, and the file is named. */
export const NotATrace: Story = {
  render: () => <Opener />,
  async play({ canvas, canvasElement }) {
    const opener = (): HTMLElement => canvas.getByLabelText('Open files');
    const open = async (name: string, text: string): Promise<void> => {
      opener().focus();
      await userEvent.upload(opener(), new File([text], name));
    };
    await open('shopping.txt', 'milk, bread');
    await expect(await canvas.findByRole('alert')).toHaveTextContent(/not a trace|could not be read/);
    await expect(canvas.getByText('shopping.txt')).toBeVisible();
    await waitFor(() => expect(opener()).toHaveFocus());

    await open('support.jsonl', recordings.supportAgent);
    await expect(await canvas.findByRole('row', { name: /^classify_intent/ })).toBeVisible();
    await waitFor(() => expect(opener()).toHaveFocus());

    canvasElement.querySelector<HTMLElement>('.room')!.style.width = '360px';
    await open('empty.json', '{"resourceSpans":[]}');
    await expect(await canvas.findByText('No spans')).toBeVisible();
    await expect(opener()).toBeVisible();
    await expect(canvas.getByText('empty.json')).toBeVisible();
  },
};

/** A file that ends in the middle says so over its rows, and its totals are lower limits. */
export const CutOff: Story = {
  args: { input: recordings.supportAgent.slice(0, recordings.supportAgent.length - 400) },
  async play({ canvas, canvasElement }) {
    const banner = await canvas.findByText('Only partly read');
    await expect(banner.parentElement).toHaveTextContent(/Totals are at least what is shown/);
    const grid = canvas.getByRole('treegrid').getBoundingClientRect();
    await expect(banner.getBoundingClientRect().bottom).toBeLessThanOrEqual(grid.top);
    const header = canvasElement.querySelector<HTMLElement>('[data-trace-part="header"]')!;
    for (const label of ['Tokens', 'Spans'])
      await expect(within(header).getByText(label).parentElement).toHaveTextContent(/at least/);
    await userEvent.click(within(banner.parentElement!).getByRole('button'));
    await expect(await canvas.findByRole('region', { name: /note/ })).toBeVisible();
  },
};

/** Whole files say nothing of the kind. */
export const Whole: Story = {
  args: { input: recordings.supportAgent },
  async play({ canvas, canvasElement }) {
    await canvas.findByRole('row', { name: /^classify_intent/ });
    await expect(canvas.queryByText('Only partly read')).toBeNull();
    await expect(canvasElement.querySelector('[data-trace-part="header"]')).not.toHaveTextContent(/at least/);
  },
};
