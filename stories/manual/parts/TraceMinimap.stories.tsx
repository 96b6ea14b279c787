import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect } from 'storybook/test';
import { TraceGantt, TraceMinimap, TraceProvider, useTraces } from 'spanwise';
import { recordings } from '../../recordings.ts';
import { minimapKeys } from '../keys.ts';

const meta = {
  title: 'Parts/TraceMinimap',
  component: TraceMinimap,
  tags: ['autodocs'],
  parameters: { keys: minimapKeys },
} satisfies Meta<typeof TraceMinimap>;
export default meta;

export const Example: StoryObj<typeof meta> = {
  render: function Example(args) {
    const { set } = useTraces(recordings.supportAgent);
    return (
      <div style={{ height: 420 }}>
        <TraceProvider trace={set?.traces[0] ?? null} style={{ display: 'flex', flexDirection: 'column' }}>
          <TraceMinimap {...args} />
          <TraceGantt style={{ flex: 1 }} />
        </TraceProvider>
      </div>
    );
  },
};

Example.play = async ({ canvas }) => {
  await expect(await canvas.findAllByRole('slider')).toHaveLength(3);
};
