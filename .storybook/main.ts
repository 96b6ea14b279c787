import { fileURLToPath } from 'node:url';
import type { StorybookConfig } from '@storybook/react-vite';
import { describeParts } from './describeParts.ts';

/** What people read, and apart from it what is tested. */
const config: StorybookConfig = {
  framework: '@storybook/react-vite',
  stories: [
    '../stories/manual/**/*.@(stories.tsx|mdx)',
    { directory: '../stories', files: '*.stories.tsx', titlePrefix: 'Tests' },
  ],
  addons: ['@storybook/addon-docs', '@storybook/addon-a11y', '@storybook/addon-vitest'],
  core: { disableTelemetry: true, disableWhatsNewNotifications: true },
  typescript: { reactDocgen: false, check: false },
  viteFinal: (vite) => ({
    ...vite,
    resolve: {
      ...vite.resolve,
      // Recipes import what a host imports.
      alias: [
        { find: /^spanwise$/, replacement: source('index.ts') },
        { find: /^spanwise\/core$/, replacement: source('core.ts') },
        { find: /^spanwise\/styles\.css/, replacement: source('styles.css') },
      ],
    },
    plugins: [
      ...(vite.plugins ?? []),
      {
        name: 'described-parts',
        resolveId: (id) => (id === 'virtual:described-parts' ? `\0${id}` : null),
        load: (id) => (id === '\0virtual:described-parts' ? `export default ${JSON.stringify(describeParts())}` : null),
      },
    ],
  }),
};
export default config;

function source(file: string): string {
  return fileURLToPath(new URL(`../src/${file}`, import.meta.url));
}
