import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect } from 'storybook/test';
import { AgentGraph, TraceProvider, useTraces } from 'spanwise';
import { recordings } from '../../recordings.ts';
import { graphKeys } from '../keys.ts';

const meta = {
  title: 'Parts/AgentGraph',
  component: AgentGraph,
  tags: ['autodocs'],
  parameters: { keys: graphKeys },
} satisfies Meta<typeof AgentGraph>;
export default meta;

export const Example: StoryObj<typeof meta> = {
  render: function Example(args) {
    const { set } = useTraces(recordings.supportAgent);
    return (
      <div style={{ height: 620 }}>
        <TraceProvider
          trace={set?.traces[0] ?? null}
          style={{ display: 'flex', flexDirection: 'column', height: '100%' }}
        >
          <AgentGraph {...args} style={{ flex: 1 }} />
        </TraceProvider>
      </div>
    );
  },
};

Example.play = async ({ canvas }) => {
  await expect(await canvas.findByRole('group', { name: /Agent graph of/ })).toBeVisible();
};
