import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect } from 'storybook/test';
import { PairDetail, TraceProvider } from 'spanwise';
import { compared } from '../../pairs.ts';
import { tabKeys } from '../keys.ts';

const meta = {
  title: 'Parts/PairDetail',
  component: PairDetail,
  tags: ['autodocs'],
  parameters: { keys: tabKeys },
} satisfies Meta<typeof PairDetail>;
export default meta;

export const Example: StoryObj<typeof meta> = {
  args: { ...compared('claimBase', 'claimPrompt'), row: 2 },
  render: (args) => (
    <div style={{ height: 560 }}>
      <TraceProvider trace={args.b}>
        <PairDetail {...args} />
      </TraceProvider>
    </div>
  ),
};

Example.play = async ({ canvas }) => {
  await expect(await canvas.findByRole('tabpanel')).toBeVisible();
};
