import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, waitFor } from 'storybook/test';
import { TraceFindings, TraceProvider, TraceTree, useTraces } from 'spanwise';
import { recordings } from '../../recordings.ts';
import { findingKeys } from '../keys.ts';

const meta = {
  title: 'Parts/TraceFindings',
  component: TraceFindings,
  tags: ['autodocs'],
  parameters: { keys: findingKeys },
} satisfies Meta<typeof TraceFindings>;
export default meta;

export const Example: StoryObj<typeof meta> = {
  render: function Example(args) {
    const { set } = useTraces(recordings.supportAgent);
    return (
      <div style={{ height: 520 }}>
        <TraceProvider trace={set?.traces[0] ?? null} style={{ display: 'flex', flexDirection: 'column' }}>
          <TraceFindings {...args} />
          <TraceTree style={{ flex: 1 }} />
        </TraceProvider>
      </div>
    );
  },
};

Example.play = async ({ canvas }) => {
  const list = await canvas.findByRole('region', { name: 'Findings' });
  await waitFor(() => expect(list).toHaveTextContent(/refund\.eligibility/));
};
