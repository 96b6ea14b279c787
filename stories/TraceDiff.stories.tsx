import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, fn, userEvent, waitFor, within } from 'storybook/test';
import { TraceDiff } from '../src/index.ts';
import base from '../test/fixtures/otlp/pair-claim-base.otlp.jsonl?raw';
import failing from '../test/fixtures/otlp/pair-claim-tool.otlp.jsonl?raw';

const meta = {
  title: 'TraceDiff',
  component: TraceDiff,
  args: { a: base, b: failing, timeZone: 'UTC' },
  decorators: [
    (Story, { parameters }) => (
      <div style={{ height: 800, width: parameters['width'] as number | undefined }}>
        <Story />
      </div>
    ),
  ],
} satisfies Meta<typeof TraceDiff>;
export default meta;
type Story = StoryObj<typeof meta>;

export const FailingTool: Story = {
  async play({ canvasElement }) {
    const canvas = within(canvasElement);
    await waitFor(() => expect(canvas.getAllByRole('row').length).toBeGreaterThan(3));
  },
};
