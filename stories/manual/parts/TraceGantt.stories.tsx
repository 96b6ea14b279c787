import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, waitFor } from 'storybook/test';
import { TraceGantt, TraceProvider, useTraces } from 'spanwise';
import { recordings } from '../../recordings.ts';
import { rowKeys, timeKeys } from '../keys.ts';

const meta = {
  title: 'Parts/TraceGantt',
  component: TraceGantt,
  tags: ['autodocs'],
  parameters: { keys: [...rowKeys, ...timeKeys] },
} satisfies Meta<typeof TraceGantt>;
export default meta;

export const Example: StoryObj<typeof meta> = {
  render: function Example(args) {
    const { set } = useTraces(recordings.supportAgent);
    return (
      <div style={{ height: 360 }}>
        <TraceProvider trace={set?.traces[0] ?? null}>
          <TraceGantt {...args} />
        </TraceProvider>
      </div>
    );
  },
};

Example.play = async ({ canvas }) => {
  await waitFor(() => expect(canvas.getAllByRole('row').length).toBeGreaterThan(5));
};
