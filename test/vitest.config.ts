import { fileURLToPath } from 'node:url';
import { storybookTest } from '@storybook/addon-vitest/vitest-plugin';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { browserLaunch } from './chromium.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const launchOptions = await browserLaunch();

export default defineConfig({
  root,
  test: {
    reporters: ['default', ['json', { outputFile: 'node_modules/.cache/test-results.json' }]],
    projects: [
      // One after the other: together they take each other's time. Some read a hundred thousand spans, on whatever
      // machine there is.
      {
        root,
        test: {
          name: 'node',
          sequence: { groupOrder: 0 },
          maxWorkers: '100%',
          environment: 'node',
          include: ['test/**/*.test.ts'],
          setupFiles: ['test/seed.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        root,
        plugins: [storybookTest({ configDir: fileURLToPath(new URL('../.storybook', import.meta.url)) })],
        optimizeDeps: {
          include: [
            'react',
            'react-dom/client',
            'react/jsx-dev-runtime',
            '@tanstack/react-virtual',
            'markdown-it',
            '@visx/visx',
            'd3-hierarchy',
            'zustand',
            'zustand/vanilla',
          ],
        },
        test: {
          name: 'stories',
          testTimeout: 120_000,
          sequence: { groupOrder: 1 },
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
