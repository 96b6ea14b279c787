import type { Preview } from '@storybook/react-vite';
import { configure, expect, waitFor } from 'storybook/test';
import { fetchLater } from '../src/components/later/later.tsx';
import { extractArgTypes, extractComponentDescription, PartPage } from './docs.tsx';
import '../src/styles.css';

// How long something is waited for depends on the machine, and says nothing of the part.
configure({ asyncUtilTimeout: 10_000 });

const preview: Preview = {
  // Each file of stories has a frame of its own. Chromium keeps what frames before it had in shared memory until garbage
  // is collected, and loses all connections when that is too much (issues.chromium.org/issues/530892387).
  beforeAll() {
    (globalThis as { readonly gc?: () => void }).gc?.();
  },
  // A development server takes its time over each of these files; `preload: false` is for stories of just that.
  loaders: [
    async ({ parameters }) => {
      if (parameters['preload'] !== false) await fetchLater();
    },
  ],
  // Rows come right behind what stands around them: axe looks at what a reader does.
  afterEach: () =>
    waitFor(() =>
      expect(document.querySelector('.tv-grid-frame[data-state="ready"] .tv-rows:not(:has(.tv-row))')).toBeNull(),
    ),
  parameters: {
    // All rules run; of what passed, axe reports one node per rule, not each: a megabyte per story is of use to nobody.
    a11y: { test: 'error', options: { resultTypes: ['violations', 'incomplete'] } },
    layout: 'fullscreen',
    docs: { page: PartPage, extractArgTypes, extractComponentDescription },
    options: { storySort: { order: ['Start', 'Parts', 'Recipes', 'Tests'] } },
  },
};
export default preview;
