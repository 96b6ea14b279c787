import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect } from 'storybook/test';
import { ContextWindow, TraceProvider, useTraces } from 'spanwise';
import { codingPrices, codingSession } from '../../../test/fixtures/generate/codingSession.ts';
import { contextKeys } from '../keys.ts';

const meta = {
  title: 'Parts/ContextWindow',
  component: ContextWindow,
  tags: ['autodocs'],
  parameters: { keys: contextKeys },
} satisfies Meta<typeof ContextWindow>;
export default meta;

const session = codingSession();

export const Example: StoryObj<typeof meta> = {
  render: function Example(args) {
    const { set } = useTraces(session);
    return (
      <div style={{ height: 780 }}>
        <TraceProvider trace={set?.traces[0] ?? null} style={{ display: 'flex', flexDirection: 'column' }}>
          <ContextWindow prices={codingPrices} {...args} style={{ flex: 1 }} />
        </TraceProvider>
      </div>
    );
  },
};

Example.play = async ({ canvas }) => {
  await expect(await canvas.findByRole('slider', {}, { timeout: 15_000 })).toBeVisible();
};
