import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, userEvent, waitFor } from 'storybook/test';
import { TraceViewer } from '../src/index.ts';
import { recordings } from './recordings.ts';

const meta = {
  title: 'TraceSearch', component: TraceViewer, args: { input: recordings.supportAgent },
  decorators: [(Story) => <div style={{ height: 640 }}><Story /></div>],
} satisfies Meta<typeof TraceViewer>;
export default meta;
type Story = StoryObj<typeof meta>;

/** `/` goes to the box, Enter steps from match to match, Escape clears. */
export const FindByName: Story = {
  async play({ canvas, canvasElement }) {
    (await canvas.findByRole('row', { name: /^support\.reply/ })).focus();
    await userEvent.keyboard('/eligibility');
    await waitFor(() => expect(canvasElement.querySelectorAll('mark')).toHaveLength(2));
    await expect(canvas.getByText('0 of 2')).toBeVisible();
    await userEvent.keyboard('{Enter}');
    await expect(await canvas.findByRole('row', { selected: true })).toHaveTextContent(/refund\.eligibility.*504/);
    await userEvent.keyboard('{Enter}');
    await waitFor(() => expect(canvas.getByText('2 of 2')).toBeVisible());
    await userEvent.keyboard('{Shift>}{Enter}{/Shift}');
    await waitFor(() => expect(canvas.getByText('1 of 2')).toBeVisible());
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(canvasElement.querySelectorAll('mark')).toHaveLength(0));
  },
};

/** A match inside a closed span opens the way to it. */
export const FindInsideClosed: Story = {
  args: { defaultExpansion: { base: 'none', except: [] }, defaultQuery: 'classify' },
  async play({ canvas }) {
    await waitFor(() => expect(canvas.getByRole('treegrid')).toHaveAttribute('aria-rowcount', '2'));
    await userEvent.click(canvas.getByRole('button', { name: 'Next match' }));
    await expect(await canvas.findByRole('row', { selected: true })).toHaveTextContent('classify_intent');
  },
};
