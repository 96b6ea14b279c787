import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, userEvent, waitFor, within } from 'storybook/test';
import { TraceViewer } from '../src/index.ts';
import { drawDocument } from '../test/model/drawTrace.ts';

const meta = {
  title: 'TraceDiagnostics',
  component: TraceViewer,
  decorators: [
    (Story) => (
      <div style={{ height: 480 }}>
        <Story />
      </div>
    ),
  ],
} satisfies Meta<typeof TraceViewer>;
export default meta;
type Story = StoryObj<typeof meta>;

/** Broken input is shown whole; each repair is marked on its row and listed below, one click from the span. */
export const Repairs: Story = {
  args: {
    input: drawDocument(`
      chain answer      0-------------100
        retriever search  10--40
        llm draft             40-
        tool send             80---60
      agent lost             20--50         parent=nobody
      tool again              60-70         parent=again
    `),
  },
  async play({ canvas }) {
    await userEvent.click(await canvas.findByRole('button', { name: /notes/ }));
    const notes = canvas.getByRole('region', { name: /notes/ });
    await expect(within(notes).getByText(/6 entries in the input: 6 shown/)).toBeVisible();
    const lost = within(notes)
      .getByText(/parent is not among the spans/)
      .closest('li')!;
    await userEvent.click(within(lost).getByRole('button', { name: 'Show' }));
    await waitFor(() => expect(canvas.getByRole('row', { selected: true })).toHaveTextContent(/agent lost/));
    await expect(canvas.getByRole('row', { name: /draft.*no end/ })).toBeVisible();
  },
};

/** An agent that reports other tokens than its calls add up to: the calls count, and the row says that it disagrees. */
export const UsageConflict: Story = {
  args: {
    input: drawDocument(`
      agent answer   0---------100   in=200 out=24
        llm draft      0--40         in=150 out=80
        llm final         50--90     in=150 out=19
    `),
  },
  async play({ canvas }) {
    await userEvent.click(await canvas.findByRole('button', { name: '1 note' }));
    await userEvent.click(canvas.getByRole('button', { name: 'Show' }));
    const detail = await canvas.findByRole('complementary', { name: 'Details of agent answer' });
    await expect(within(detail).getByText(/reports 224, the spans below it add up to 399/)).toBeVisible();
  },
};

/** Totals that agree while their sides do not. */
export const SidesInConflict: Story = {
  args: { input: drawDocument('agent answer 0---100 in=100 out=5\n  llm draft 0--40 in=5 out=100') },
  async play({ canvas }) {
    await userEvent.click(await canvas.findByRole('row', { name: /^agent answer/ }));
    await expect(
      within(await canvas.findByRole('complementary')).getByText(
        /reports 100 \+ 5, the spans below it add up to 5 \+ 100/,
      ),
    ).toBeVisible();
  },
};

/**
 * The clock of one service is behind: it is said, drawn as recorded, and put right only when asked, which shows and can
 * be taken back.
 */
export const ClocksThatDiffer: Story = {
  args: {
    input: drawDocument(`
      http ask            1000----1100        service=web
        agent answer   510---590              service=agent
          llm draft      520-580              service=agent
    `),
  },
  async play({ canvas }) {
    const button = await canvas.findByRole('button', { name: /Correct clocks/ });
    await expect(await canvas.findByRole('row', { name: /answer.*outside parent/ })).toBeVisible();
    await userEvent.click(canvas.getByRole('button', { name: '1 note' }));
    await expect(canvas.getByText(/The clock of “agent” is 500 ms behind that of “web”/)).toBeVisible();
    await userEvent.click(button);
    await expect(
      await canvas.findByRole('button', { name: /Clocks corrected.*agent \+500 ms/, pressed: true }),
    ).toBeVisible();
    await expect(await canvas.findByRole('row', { name: /answer.*clock moved/ })).toBeVisible();
    await userEvent.click(canvas.getByRole('button', { name: /Clocks corrected/ }));
    await expect(await canvas.findByRole('row', { name: /answer.*outside parent/ })).toBeVisible();
  },
};
