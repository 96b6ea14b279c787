import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, waitFor } from 'storybook/test';
import { TraceList, TraceProvider, useTraces } from 'spanwise';
import { session } from '../../sessions.ts';
import { listKeys } from '../keys.ts';

const meta = {
  title: 'Parts/TraceList',
  component: TraceList,
  tags: ['autodocs'],
  parameters: { keys: listKeys },
} satisfies Meta<typeof TraceList>;
export default meta;

export const Example: StoryObj<typeof meta> = {
  render: function Example(args) {
    const { set } = useTraces(session);
    return (
      <div style={{ height: 360 }}>
        <TraceProvider trace={null}>{set ? <TraceList {...args} traces={set} /> : null}</TraceProvider>
      </div>
    );
  },
  args: { traces: { traces: [] } },
};

Example.play = async ({ canvas }) => {
  await waitFor(() => expect(canvas.getAllByRole('row').length).toBeGreaterThan(3));
};
