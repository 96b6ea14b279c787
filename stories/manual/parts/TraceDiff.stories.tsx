import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, waitFor } from 'storybook/test';
import { defaultLabels, TraceDiff } from 'spanwise';
import { pairs } from '../../pairs.ts';

const meta = {
  title: 'Parts/TraceDiff',
  component: TraceDiff,
  tags: ['autodocs'],
  parameters: { keys: defaultLabels.diffKeyList },
} satisfies Meta<typeof TraceDiff>;
export default meta;

export const Example: StoryObj<typeof meta> = {
  args: { a: pairs.claimBase, b: pairs.claimTool },
  render: (args) => (
    <div style={{ height: 640 }}>
      <TraceDiff {...args} />
    </div>
  ),
};

Example.play = async ({ canvas }) => {
  await waitFor(() => expect(canvas.getAllByRole('row').length).toBeGreaterThan(5));
};
