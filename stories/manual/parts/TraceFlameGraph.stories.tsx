import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect } from 'storybook/test';
import { TraceProvider, TraceFlameGraph, useTraces } from 'spanwise';
import { recordings } from '../../recordings.ts';
import { flameKeys } from '../keys.ts';

const meta = {
  title: 'Parts/TraceFlameGraph',
  component: TraceFlameGraph,
  tags: ['autodocs'],
  parameters: { keys: flameKeys },
} satisfies Meta<typeof TraceFlameGraph>;
export default meta;

export const Example: StoryObj<typeof meta> = {
  render: function Example(args) {
    const { set } = useTraces(recordings.supportAgent);
    return (
      <div style={{ height: 520 }}>
        <TraceProvider trace={set?.traces[0] ?? null} style={{ display: 'flex', flexDirection: 'column' }}>
          <TraceFlameGraph {...args} style={{ flex: 1 }} />
        </TraceProvider>
      </div>
    );
  },
};

Example.play = async ({ canvas }) => {
  await expect(await canvas.findByRole('tree')).toBeVisible();
};
