import type { Preview } from '@storybook/react-vite';
import { fetchParts } from '../src/components/later.tsx';
import '../src/styles.css';

const preview: Preview = {
  tags: ['autodocs'],
  // A development server takes its time over each of these files, more than a story waits for.
  beforeAll: fetchParts,
  parameters: { a11y: { test: 'error' }, layout: 'fullscreen' },
};
export default preview;
