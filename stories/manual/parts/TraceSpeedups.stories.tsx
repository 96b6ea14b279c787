import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect } from 'storybook/test';
import { TraceProvider, TraceSpeedups, TraceTree, useTraces } from 'spanwise';
import { recordings } from '../../recordings.ts';
import { findingKeys } from '../keys.ts';

const meta = {
  title: 'Parts/TraceSpeedups',
  component: TraceSpeedups,
  tags: ['autodocs'],
  parameters: { keys: findingKeys },
} satisfies Meta<typeof TraceSpeedups>;
export default meta;

export const Example: StoryObj<typeof meta> = {
  render: function Example(args) {
    const { set } = useTraces(recordings.supportAgent);
    return (
      <div style={{ height: 520 }}>
        <TraceProvider trace={set?.traces[0] ?? null} style={{ display: 'flex', flexDirection: 'column' }}>
          <TraceSpeedups {...args} />
          <TraceTree style={{ flex: 1 }} />
        </TraceProvider>
      </div>
    );
  },
};

Example.play = async ({ canvas }) => {
  await expect(await canvas.findByText(/sooner/)).toBeVisible();
};
