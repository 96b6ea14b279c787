import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, userEvent, waitFor, within } from 'storybook/test';
import { recordings } from '../../recordings.ts';
import { batchOf, recordsIn } from '../../liveRecords.ts';
import { Live } from './Live.tsx';
import { Modal } from './Modal.tsx';
import { OwnAdapter } from './OwnAdapter.tsx';
import { OwnColumn } from './OwnColumn.tsx';
import { OwnDialect } from './OwnDialect.tsx';
import { OwnPanel } from './OwnPanel.tsx';
import { OwnRenderer } from './OwnRenderer.tsx';
import { OwnTheme } from './OwnTheme.tsx';
import { ShadowDom } from './ShadowDom.tsx';

/** What the recipes' pages show: each is the code of its page, and does what the page says. */
const meta = { title: 'Tests/Recipes' } satisfies Meta;
export default meta;
type Story = StoryObj<typeof meta>;

const input = recordings.supportAgent;
/** Of `classify_intent` in it, a call of a model. */
const span = '4364747e310b136042a92e61bf67a199/5a8ef5fba9beffab';
const jobs = {
  jobs: [
    { run: 'r1', id: '1', parent: null, title: 'nightly report', began: 1_795_359_116_000, took: 900 },
    {
      run: 'r1',
      id: '2',
      parent: '1',
      title: 'summarise',
      began: 1_795_359_116_100,
      took: 700,
      model: 'm-1',
      tokens: 42,
    },
  ],
};
const attribute = (key: string, value: string | number): object => ({
  key,
  value: typeof value === 'string' ? { stringValue: value } : { intValue: value },
});
const acme = {
  resourceSpans: [
    {
      scopeSpans: [
        {
          spans: [
            {
              traceId: 'ac'.repeat(16),
              spanId: 'ac'.repeat(8),
              name: 'think',
              startTimeUnixNano: '1795359116000000000',
              endTimeUnixNano: '1795359117000000000',
              attributes: [
                attribute('acme.step', 'LLM'),
                attribute('acme.model', 'acme-large'),
                attribute('acme.tokens.in', 1200),
                attribute('acme.tokens.out', 34),
              ],
            },
          ],
        },
      ],
    },
  ],
};

export const Column: Story = {
  render: () => <OwnColumn input={input} />,
  async play({ canvas }) {
    await expect(await canvas.findByRole('columnheader', { name: /Share/ })).toBeVisible();
    await waitFor(() => expect(canvas.getAllByText('91 %')[0]).toBeVisible());
  },
};

/** The recording, some spans at a time. */
const batches = {
  async *[Symbol.asyncIterator]() {
    const records = recordsIn(input);
    for (let from = 0; from < records.length; from += 8) {
      yield batchOf(records.slice(from, from + 8));
      await new Promise((resolve) => {
        setTimeout(resolve, 40);
      });
    }
  },
};

export const LiveTraces: Story = {
  render: () => <Live batches={batches} />,
  async play({ canvas }) {
    await expect(await canvas.findByText('Live')).toBeVisible();
    await expect(await canvas.findByText('Live ended', undefined, { timeout: 5000 })).toBeVisible();
  },
};

export const Panel: Story = {
  render: () => <OwnPanel input={input} span={span} />,
  async play({ canvas }) {
    await expect(await canvas.findByRole('tab', { name: /Prompt lab/, selected: true })).toBeVisible();
    await expect(await canvas.findByRole('button', { name: 'Copy the prompt' })).toBeVisible();
  },
};

export const Renderer: Story = {
  render: () => <OwnRenderer input={input} span={span} />,
  async play({ canvasElement }) {
    await waitFor(() => expect(canvasElement.querySelector('blockquote')).toBeVisible());
  },
};

export const Adapter: Story = {
  render: () => <OwnAdapter input={jobs} />,
  async play({ canvas }) {
    await expect(await canvas.findByRole('row', { name: /summarise.*42/ })).toBeVisible();
  },
};

export const Dialect: Story = {
  render: () => <OwnDialect input={acme} />,
  async play({ canvas }) {
    await expect(await canvas.findByText('acme-large')).toBeVisible();
    await expect((await canvas.findAllByText('1.2k'))[0]).toBeVisible();
  },
};

export const Theme: Story = {
  render: () => <OwnTheme input={input} />,
  async play({ canvas }) {
    await expect(await canvas.findByRole('columnheader', { name: /Dauer/ })).toBeVisible();
    const legend = canvas.getByRole('button', { name: /^Thinking/ }).querySelector('i')!;
    await expect(getComputedStyle(legend).backgroundColor).toBe('rgb(102, 51, 153)');
  },
};

export const Dialog: Story = {
  render: () => <Modal input={input} />,
  async play({ canvas }) {
    await userEvent.click(canvas.getByRole('button', { name: 'Show the trace' }));
    await waitFor(() => expect(canvas.getAllByRole('row').length).toBeGreaterThan(5));
    await userEvent.click(canvas.getByRole('button', { name: 'Close' }));
    await waitFor(() => expect(canvas.queryByRole('dialog')).toBeNull());
  },
};

export const Shadow: Story = {
  render: () => <ShadowDom input={input} />,
  async play({ canvasElement }) {
    await waitFor(() => {
      const root = canvasElement.querySelector('div > div')?.shadowRoot?.querySelector<HTMLElement>('div');
      return expect(within(root!).getAllByRole('row').length).toBeGreaterThan(5);
    });
  },
};
