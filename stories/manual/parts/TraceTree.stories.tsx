import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, waitFor } from 'storybook/test';
import { TraceProvider, TraceTree, useTraces } from 'spanwise';
import { recordings } from '../../recordings.ts';
import { headKeys, rowKeys } from '../keys.ts';

const meta = {
  title: 'Parts/TraceTree',
  component: TraceTree,
  tags: ['autodocs'],
  parameters: { keys: [...rowKeys, ...headKeys] },
} satisfies Meta<typeof TraceTree>;
export default meta;

export const Example: StoryObj<typeof meta> = {
  render: function Example(args) {
    const { set } = useTraces(recordings.supportAgent);
    return (
      <div style={{ height: 360 }}>
        <TraceProvider trace={set?.traces[0] ?? null}>
          <TraceTree {...args} />
        </TraceProvider>
      </div>
    );
  },
};

Example.play = async ({ canvas }) => {
  await waitFor(() => expect(canvas.getAllByRole('row').length).toBeGreaterThan(5));
};
