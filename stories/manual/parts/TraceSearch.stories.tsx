import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect } from 'storybook/test';
import { TraceGantt, TraceProvider, TraceSearch, useTraces } from 'spanwise';
import { recordings } from '../../recordings.ts';
import { searchKeys } from '../keys.ts';

const meta = {
  title: 'Parts/TraceSearch',
  component: TraceSearch,
  tags: ['autodocs'],
  parameters: { keys: searchKeys },
} satisfies Meta<typeof TraceSearch>;
export default meta;

export const Example: StoryObj<typeof meta> = {
  render: function Example(args) {
    const { set } = useTraces(recordings.supportAgent);
    return (
      <div style={{ height: 420 }}>
        <TraceProvider
          trace={set?.traces[0] ?? null}
          defaultQuery="kind:llm"
          style={{ display: 'flex', flexDirection: 'column' }}
        >
          <TraceSearch {...args} />
          <TraceGantt style={{ flex: 1 }} />
        </TraceProvider>
      </div>
    );
  },
};

Example.play = async ({ canvas }) => {
  await expect(await canvas.findByRole('combobox')).toHaveValue('kind:llm');
};
