import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect } from 'storybook/test';
import { TraceDiagnostics, TraceProvider, useTraces } from 'spanwise';
import traceloop from '../../../test/fixtures/otlp/traceloop-legacy.otlp.jsonl?raw';

const meta = {
  title: 'Parts/TraceDiagnostics',
  component: TraceDiagnostics,
  tags: ['autodocs'],
} satisfies Meta<typeof TraceDiagnostics>;
export default meta;

export const Example: StoryObj<typeof meta> = {
  render: function Example(args) {
    const { set } = useTraces(traceloop);
    return (
      <div style={{ height: 300 }}>
        <TraceProvider trace={set?.traces[0] ?? null}>
          <TraceDiagnostics {...args} diagnostics={set?.diagnostics ?? []} accounting={set?.accounting} />
        </TraceProvider>
      </div>
    );
  },
};

Example.play = async ({ canvas }) => {
  await expect(await canvas.findByRole('button')).toBeVisible();
};
