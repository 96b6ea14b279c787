import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, fireEvent, within } from 'storybook/test';
import { TraceViewer } from '../src/index.ts';
import { recordings } from './recordings.ts';

/**
 * What comes after the first picture. Here it is not fetched beforehand; so this file has one story, as it is fetched
 * once.
 */
const meta = {
  title: 'Later',
  component: TraceViewer,
  args: { input: recordings.supportAgent },
  parameters: { preload: false },
  decorators: [
    (Story) => (
      <div style={{ height: 560 }}>
        <Story />
      </div>
    ),
  ],
} satisfies Meta<typeof TraceViewer>;
export default meta;

/**
 * The details have their place with the press that asks for them, and the button that closes them: what comes into it
 * moves nothing and takes no focus.
 */
export const FirstSelection: StoryObj<typeof meta> = {
  async play({ canvas }) {
    const pressed = await canvas.findByRole('row', { name: /^classify_intent/ });
    pressed.focus();
    fireEvent.click(pressed);
    const detail = canvas.getByRole('complementary', { name: 'Details of classify_intent' });
    await expect(within(detail).queryByRole('tabpanel')).toBeNull();
    const close = within(detail).getByRole('button', { name: 'Close' });
    const places = (): readonly string[] =>
      [detail, close, pressed].map((element) => JSON.stringify(element.getBoundingClientRect()));
    const before = places();
    await within(detail).findByRole('tabpanel');
    await expect(canvas.getByRole('complementary')).toBe(detail);
    await expect(places()).toEqual(before);
    await expect(pressed).toHaveFocus();
  },
};
