import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect } from 'storybook/test';
import { TraceProvider, TraceTranscript, useTraces } from 'spanwise';
import { recordings } from '../../recordings.ts';
import { transcriptKeys } from '../keys.ts';

const meta = {
  title: 'Parts/TraceTranscript',
  component: TraceTranscript,
  tags: ['autodocs'],
  parameters: { keys: transcriptKeys },
} satisfies Meta<typeof TraceTranscript>;
export default meta;

export const Example: StoryObj<typeof meta> = {
  render: function Example(args) {
    const { set } = useTraces(recordings.supportAgent);
    return (
      <div style={{ height: 520 }}>
        <TraceProvider trace={set?.traces[0] ?? null} style={{ display: 'flex', flexDirection: 'column' }}>
          <TraceTranscript {...args} style={{ flex: 1 }} />
        </TraceProvider>
      </div>
    );
  },
};

Example.play = async ({ canvas }) => {
  await expect(await canvas.findByRole('feed')).toBeVisible();
};
