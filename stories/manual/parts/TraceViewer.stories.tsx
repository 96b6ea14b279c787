import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, waitFor } from 'storybook/test';
import { defaultLabels, TraceViewer } from 'spanwise';
import { recordings } from '../../recordings.ts';

const meta = {
  title: 'Parts/TraceViewer',
  component: TraceViewer,
  tags: ['autodocs'],
  parameters: { keys: defaultLabels.keyList },
} satisfies Meta<typeof TraceViewer>;
export default meta;

export const Example: StoryObj<typeof meta> = {
  args: { input: recordings.supportAgent },
  render: (args) => (
    <div style={{ height: 600 }}>
      <TraceViewer {...args} />
    </div>
  ),
};

Example.play = async ({ canvas }) => {
  await waitFor(() => expect(canvas.getAllByRole('row').length).toBeGreaterThan(5));
};
