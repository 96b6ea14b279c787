import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect } from 'storybook/test';
import { TraceHeader, TraceProvider, useTraces } from 'spanwise';
import { recordings } from '../../recordings.ts';

const meta = {
  title: 'Parts/TraceHeader',
  component: TraceHeader,
  tags: ['autodocs'],
} satisfies Meta<typeof TraceHeader>;
export default meta;

export const Example: StoryObj<typeof meta> = {
  render: function Example(args) {
    const { set } = useTraces(recordings.supportAgent);
    return (
      <div style={{ height: 110 }}>
        <TraceProvider trace={set?.traces[0] ?? null}>
          <TraceHeader {...args} />
        </TraceProvider>
      </div>
    );
  },
};

Example.play = async ({ canvas }) => {
  await expect(await canvas.findByText('Duration')).toBeVisible();
};
