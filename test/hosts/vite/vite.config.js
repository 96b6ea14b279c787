import tailwind from '@tailwindcss/vite';

const { pages } = (await import('./package.json', { with: { type: 'json' } })).default;

export default {
  base: './',
  plugins: [tailwind()],
  oxc: { jsx: { runtime: 'automatic' } },
  build: { chunkSizeWarningLimit: 2000, rolldownOptions: { input: [...pages, 'framed.html'] } },
};
