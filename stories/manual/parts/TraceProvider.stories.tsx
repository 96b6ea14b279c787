import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, waitFor } from 'storybook/test';
import { SpanDetail, TraceProvider, TraceTree, useTraces } from 'spanwise';
import { recordings } from '../../recordings.ts';

const meta = {
  title: 'Parts/TraceProvider',
  component: TraceProvider,
  tags: ['autodocs'],
} satisfies Meta<typeof TraceProvider>;
export default meta;

export const Example: StoryObj<typeof meta> = {
  args: { theme: 'light', density: 'comfortable' },
  render: function Example(args) {
    const { set } = useTraces(recordings.supportAgent);
    const trace = set?.traces[0] ?? null;
    return (
      <div style={{ height: 420 }}>
        <TraceProvider
          {...args}
          trace={trace}
          defaultSelectedSpan={trace?.span(2).key ?? null}
          key={trace?.key}
          style={{ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) 420px' }}
        >
          <TraceTree />
          <SpanDetail />
        </TraceProvider>
      </div>
    );
  },
};

Example.play = async ({ canvas }) => {
  await waitFor(() => expect(canvas.getAllByRole('row').length).toBeGreaterThan(5));
  await expect(await canvas.findByRole('tabpanel')).toBeVisible();
};
