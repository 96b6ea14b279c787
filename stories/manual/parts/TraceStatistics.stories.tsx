import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect } from 'storybook/test';
import { TraceProvider, TraceStatistics, useTraces } from 'spanwise';
import { recordings } from '../../recordings.ts';
import { statisticsKeys } from '../keys.ts';

const meta = {
  title: 'Parts/TraceStatistics',
  component: TraceStatistics,
  tags: ['autodocs'],
  parameters: { keys: statisticsKeys },
} satisfies Meta<typeof TraceStatistics>;
export default meta;

export const Example: StoryObj<typeof meta> = {
  render: function Example(args) {
    const { set } = useTraces(recordings.supportAgent);
    return (
      <div style={{ height: 520 }}>
        <TraceProvider trace={set?.traces[0] ?? null} style={{ display: 'flex', flexDirection: 'column' }}>
          <TraceStatistics {...args} style={{ flex: 1 }} />
        </TraceProvider>
      </div>
    );
  },
};

Example.play = async ({ canvas }) => {
  await expect(await canvas.findByRole('grid')).toBeVisible();
};
