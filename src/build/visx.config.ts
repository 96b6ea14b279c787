import { readdirSync, readFileSync } from 'node:fs';
import { defineConfig } from 'vite';

const root = new URL('../../', import.meta.url);
/** By module, what is compiled in, as far as it is used. */
const PACKAGES: ReadonlyMap<string, readonly string[]> = new Map([
  [
    'components/visx',
    [
      '@visx/visx',
      'd3-shape',
      'd3-path',
      'classnames',
      'reduce-css-calc',
      'reduce-function-call',
      'math-expression-evaluator',
      'balanced-match',
    ],
  ],
  ['layout/flame/hierarchy', ['d3-hierarchy']],
]);
const licenceOf = (name: string): string => {
  const folder = new URL(`node_modules/${name}/`, root);
  const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each))!;
  return readFileSync(new URL(file, folder), 'utf8').trim();
};
const licencesOf = (module: string): string =>
  PACKAGES.get(module)!
    .map((name) => `${name}\n\n${licenceOf(name)}`)
    .join('\n\n----\n\n');

/**
 * The one file that imports visx and the one that imports d3-hierarchy, with what they use of them: modules of their own,
 * so that hosts install nothing and load them only when a drawing is opened. Licences stand at their beginning.
 */
export default defineConfig({
  build: {
    outDir: 'dist',
    target: 'es2022',
    sourcemap: true,
    minify: false,
    emptyOutDir: false,
    lib: {
      entry: Object.fromEntries(Array.from(PACKAGES.keys(), (name) => [name, `src/${name}.ts`])),
      formats: ['es'],
    },
    rolldownOptions: {
      external: (id) => id === 'react' || id.startsWith('react/') || id === 'react-dom',
      output: {
        entryFileNames: '[name].js',
        banner: ({ name }) => `/*!\n${licencesOf(name).replaceAll('*/', '* /')}\n*/`,
      },
    },
  },
});
