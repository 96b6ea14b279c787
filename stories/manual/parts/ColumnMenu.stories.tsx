import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, waitFor } from 'storybook/test';
import { ColumnMenu, TraceProvider, TraceTree, useTraces } from 'spanwise';
import { recordings } from '../../recordings.ts';

const meta = {
  title: 'Parts/ColumnMenu',
  component: ColumnMenu,
  tags: ['autodocs'],
  parameters: {
    keys: [
      ['Enter Space', 'opens the menu, checks a column'],
      ['Tab', 'from column to column, to the order of rows'],
      ['Esc', 'closes it'],
    ],
  },
} satisfies Meta<typeof ColumnMenu>;
export default meta;

export const Example: StoryObj<typeof meta> = {
  render: function Example(args) {
    const { set } = useTraces(recordings.supportAgent);
    return (
      <div style={{ height: 420 }}>
        <TraceProvider trace={set?.traces[0] ?? null} style={{ display: 'flex', flexDirection: 'column' }}>
          <ColumnMenu {...args} />
          <TraceTree style={{ flex: 1 }} />
        </TraceProvider>
      </div>
    );
  },
};

Example.play = async ({ canvas }) => {
  await expect(await canvas.findByRole('button', { name: /columns/i })).toBeVisible();
  await waitFor(() => expect(canvas.getAllByRole('row').length).toBeGreaterThan(5));
};
