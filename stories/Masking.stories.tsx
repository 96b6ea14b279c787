import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, fn, userEvent, waitFor, within } from 'storybook/test';
import { redactors, TraceViewer } from '../src/index.ts';
import { recordings } from './recordings.ts';

const MAIL = 'jo.martens@example.com';
const CUSTOMER = { name: 'customer', key: /^user\.id$/ };

const meta = {
  title: 'Masking',
  component: TraceViewer,
  args: { input: recordings.supportAgent, options: { redact: [...Object.values(redactors), CUSTOMER] } },
  decorators: [
    (Story) => (
      <div style={{ height: 640 }}>
        <Story />
      </div>
    ),
  ],
} satisfies Meta<typeof TraceViewer>;
export default meta;
type Story = StoryObj<typeof meta>;

const open = async (canvas: ReturnType<typeof within>, name: RegExp): Promise<HTMLElement> => {
  await userEvent.click(await canvas.findByRole('row', { name }));
  return canvas.findByRole('complementary');
};

/**
 * What rules find is gone before anything is shown: a chip says what kind of value stood there, and nothing gives the
 * value away.
 */
export const Chips: Story = {
  async play({ canvas, canvasElement }) {
    const detail = await open(canvas, /^support\.reply/);
    await userEvent.click(within(detail).getByRole('tab', { name: /Input/ }));
    await expect(within(detail).getAllByText('email')[0]).toHaveAttribute('title', 'masked: email');
    for (const tab of within(detail).getAllByRole('tab')) {
      await userEvent.click(tab);
      await expect(canvasElement.ownerDocument.documentElement.outerHTML).not.toContain(MAIL);
    }
    await expect(canvasElement.ownerDocument.documentElement.outerHTML).not.toContain('c_20418');
  },
};

const vault = new Map<string, string>();

/**
 * A host that knows who asks can show one value at a time. It is asked with the id of the mark and the span, and may
 * refuse.
 */
export const RevealedByTheHost: Story = {
  args: {
    options: {
      redact: [redactors.email, redactors.phone],
      onMasked: (secrets) => {
        for (const { id, text } of secrets) vault.set(id, text);
      },
    },
    onReveal: fn(({ id, rule }) => (rule === 'email' ? (vault.get(id) ?? null) : null)),
  },
  async play({ canvas, args }) {
    const detail = await open(canvas, /^support\.reply/);
    await userEvent.click(within(detail).getByRole('tab', { name: /Input/ }));
    await userEvent.click(within(detail).getAllByRole('button', { name: /Show this email/ })[0]!);
    await expect(await within(detail).findByText(MAIL)).toBeVisible();
    await expect(args.onReveal).toHaveBeenCalledWith(
      expect.objectContaining({ rule: 'email', spanKey: expect.stringMatching(/\//) as string }),
    );
    await userEvent.click(within(detail).getByRole('button', { name: /Show this phone/ }));
    const refused = await within(detail).findByRole('button', { name: 'Show this phone, not shown' });
    await expect(refused).toHaveTextContent(/^phone ?not shown$/);
    await waitFor(() => expect(canvas.getByRole('status')).toHaveTextContent('This phone is not shown'), {
      timeout: 3000,
    });
  },
};
