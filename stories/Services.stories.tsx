import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, userEvent, waitFor, within } from 'storybook/test';
import { TraceViewer } from '../src/index.ts';
import { drawDocument } from '../test/model/drawTrace.ts';

/** A request through several services, with no model in it. */
const meta = {
  title: 'Services',
  component: TraceViewer,
  args: {
    input: drawDocument(`
      GET /checkout     0------------------100   service=gateway kind=http
        cart.load        5----20                 service=cart kind=rpc
          SELECT items    8--18                  service=cart-db kind=db
        payment.charge         22----------90    service=payment kind=rpc
          POST /charges ✗       25-------80      service=bank kind=http
        mail.queue                         92-98 service=mail kind=messaging
    `),
  },
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

/** A row has its color in its glyph and its marks. */
const colorOf = (element: Element): string =>
  getComputedStyle(element.querySelector('.tv-glyph') ?? element)
    .getPropertyValue('--tv-kind')
    .trim();

/** One press: a colour for each service, the slowest first; a second: the rows of one service. */
export const ByService: Story = {
  async play({ canvas, canvasElement }) {
    const row = (name: RegExp): HTMLElement => canvas.getByRole('row', { name });
    await canvas.findByRole('row', { name: /^GET \/checkout/ });
    await expect(colorOf(row(/^GET \/checkout/))).toBe(colorOf(row(/^POST \/charges/)));
    await userEvent.click(canvas.getByRole('button', { name: 'by service' }));
    const legend = within(canvas.getByRole('group', { name: 'Own time' }));
    await waitFor(() => expect(legend.getByRole('button', { name: /^bank/ })).toBeVisible());
    const named = legend.getAllByRole('button').map(({ textContent }) => textContent!.split(' ')[0]);
    await expect(named.slice(1, 3)).toEqual(['bank', 'payment']);
    const rows = Array.from(canvasElement.querySelectorAll('.tv-row'));
    await expect(new Set(rows.map(colorOf)).size).toBe(rows.length);
    await expect(colorOf(legend.getByRole('button', { name: /^bank/ }))).toBe(colorOf(row(/^POST \/charges/)));

    await userEvent.click(legend.getByRole('button', { name: /^bank/ }));
    await waitFor(() => expect(row(/^GET \/checkout/)).toHaveAttribute('data-dim'));
    await expect(row(/^POST \/charges/)).not.toHaveAttribute('data-dim');
    await expect(canvas.getByRole('combobox')).toHaveValue('service:bank');
    await userEvent.click(legend.getByRole('button', { name: /^bank/, pressed: true }));
    await waitFor(() => expect(row(/^GET \/checkout/)).not.toHaveAttribute('data-dim'));
  },
};

/** Where there is no room for the legend, the menu of columns has the switch. */
export const Narrow: Story = {
  decorators: [
    (Story) => (
      <div style={{ width: 360 }}>
        <Story />
      </div>
    ),
  ],
  async play({ canvas }) {
    const row = await canvas.findByRole('row', { name: /^POST \/charges/ });
    await expect(canvas.queryByRole('button', { name: 'by service' })).toBeNull();
    await userEvent.click(canvas.getByRole('button', { name: 'Columns' }));
    const choice = await canvas.findByRole('checkbox', { name: 'Colours by service' });
    await expect(choice).not.toBeChecked();
    await userEvent.click(choice);
    await waitFor(() => expect(row).toHaveAttribute('data-service', '1'));
    await userEvent.click(choice);
    await waitFor(() => expect(row).not.toHaveAttribute('data-service'));
  },
};

/** Where a view begins so, the minimap has the colours too. */
export const Dark: Story = {
  args: { theme: 'dark', defaultColorBy: 'service' },
  async play({ canvas, canvasElement }) {
    const row = await canvas.findByRole('row', { name: /^POST \/charges/ });
    await expect(row).toHaveAttribute('data-service', '1');
    const canvasOf = canvasElement.querySelector<HTMLCanvasElement>('.tv-minimap canvas')!;
    await waitFor(() => expect(canvasOf.width).toBeGreaterThan(0));
    await waitFor(() => expect(inks(canvasOf)).toBeGreaterThan(3));
  },
};

/** How many colours there are on a canvas, in more than a few pixels. */
function inks(canvas: HTMLCanvasElement): number {
  const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
  const counts = new Map<string, number>();
  for (let at = 0; at < data.length; at += 4)
    if (data[at + 3] === 255) {
      const color = data.slice(at, at + 3).join();
      counts.set(color, (counts.get(color) ?? 0) + 1);
    }
  return [...counts.values()].filter((count) => count > 20).length;
}
