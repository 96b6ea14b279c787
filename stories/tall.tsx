import type { Decorator } from '@storybook/react-vite';

/** A place for a viewer, as high and wide as the story's parameters `height` and `width` say. */
export const tall: Decorator = (Story, { parameters }) => (
  <div style={{ height: Number(parameters['height'] ?? 720), width: parameters['width'] as number | undefined }}>
    <Story />
  </div>
);
