import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, fn, userEvent, waitFor } from 'storybook/test';
import { TraceViewer, type Panel } from '../src/index.ts';
import { frames } from './atRest.ts';
import { recordings } from './recordings.ts';

/** What a selection costs is measured by `npm run bench`; here stands what it must not cost. */
const meta = {
  title: 'Selection',
  component: TraceViewer,
  decorators: [
    (Story) => (
      <div style={{ height: 600 }}>
        <Story />
      </div>
    ),
  ],
} satisfies Meta<typeof TraceViewer>;
export default meta;
type Story = StoryObj<typeof meta>;

const theirs: Panel = { id: 'theirs', title: 'Theirs', match: fn(() => true), render: () => 'theirs' };
const detailsOf = fn((name: string) => `Details of ${name}`);

/** Details are drawn before anybody selects a span: outside of the document, and without asking the host. */
export const Rehearsed: Story = {
  args: { input: recordings.supportAgent, panels: [theirs], labels: { detailsOf } },
  async play({ canvas, canvasElement }) {
    await canvas.findByRole('row', { name: /^classify_intent/ });
    const seen: string[] = [];
    const watch = new MutationObserver(() => {
      if (canvasElement.querySelector('.tv-detail, .tv-summary, .tv-panel')) seen.push('a part of the details');
    });
    watch.observe(canvasElement, { subtree: true, childList: true });
    await waitFor(() => expect(detailsOf).toHaveBeenCalled(), { timeout: 5000 });
    await frames();
    await frames();
    watch.disconnect();
    await expect(seen).toEqual([]);
    await expect(theirs.match).not.toHaveBeenCalled();
  },
};

/** The content is there with the head, in the same turn: drawn once, and laid out once. */
export const DrawnOnce: Story = {
  args: { input: recordings.supportAgent, defaultPanel: 'attributes' },
  async play({ canvas }) {
    await userEvent.click(await canvas.findByRole('row', { name: /^classify_intent/ }));
    await canvas.findByRole('tabpanel');
    const next = canvas.getByRole('row', { name: /^gather_context/ });
    // As the browser clicks, and before anything else has its turn.
    next.click();
    await Promise.resolve();
    const drawn = canvas.queryByRole('tabpanel')?.textContent;
    await expect(canvas.getByRole('complementary')).toHaveAccessibleName(/gather_context/);
    await expect(drawn).toBeTruthy();
    await expect(canvas.getByRole('tabpanel').textContent).toBe(drawn);
  },
};
