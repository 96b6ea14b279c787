import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect } from 'storybook/test';
import { SpanDetail, TraceProvider, useTraces } from 'spanwise';
import { recordings } from '../../recordings.ts';
import { detailKeys, tabKeys } from '../keys.ts';

const meta = {
  title: 'Parts/SpanDetail',
  component: SpanDetail,
  tags: ['autodocs'],
  parameters: { keys: [...tabKeys, ...detailKeys] },
} satisfies Meta<typeof SpanDetail>;
export default meta;

export const Example: StoryObj<typeof meta> = {
  render: function Example(args) {
    const { set } = useTraces(recordings.supportAgent);
    const trace = set?.traces[0] ?? null;
    const call = trace ? [...trace.spans()].find(({ kind }) => kind === 'llm') : undefined;
    return (
      <div style={{ height: 560 }}>
        <TraceProvider trace={trace} selectedSpan={call?.key ?? null}>
          <SpanDetail {...args} />
        </TraceProvider>
      </div>
    );
  },
};

Example.play = async ({ canvas }) => {
  await expect(await canvas.findByRole('tabpanel')).toBeVisible();
};
