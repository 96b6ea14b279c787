import { readdirSync, readFileSync } from 'node:fs';
import { defineConfig } from 'vite';

const root = new URL('../../', import.meta.url);
/** What is compiled in, as far as it is used. */
const PACKAGES = [
  '@visx/visx',
  'd3-shape',
  'd3-path',
  'classnames',
  'reduce-css-calc',
  'reduce-function-call',
  'math-expression-evaluator',
  'balanced-match',
];
const licenceOf = (name: string): string => {
  const folder = new URL(`node_modules/${name}/`, root);
  const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each))!;
  return readFileSync(new URL(file, folder), 'utf8').trim();
};
const licences = PACKAGES.map((name) => `${name}\n\n${licenceOf(name)}`);

/**
 * The one file that imports visx, with what it uses of it: a module of its own, so that hosts install nothing and load it
 * only when a drawing is opened. Its licences stand at its beginning.
 */
export default defineConfig({
  build: {
    outDir: 'dist',
    target: 'es2022',
    sourcemap: true,
    minify: false,
    emptyOutDir: false,
    lib: { entry: { 'components/visx': 'src/components/visx.ts' }, formats: ['es'] },
    rolldownOptions: {
      external: (id) => id === 'react' || id.startsWith('react/') || id === 'react-dom',
      output: {
        entryFileNames: '[name].js',
        banner: `/*!\n${licences.join('\n\n----\n\n').replaceAll('*/', '* /')}\n*/`,
      },
    },
  },
});
