import { execFile } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../', import.meta.url));
const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
/** Inside the repository, so that React and the other dependencies are found as they are in a host. */
const project = join(root, 'node_modules', '.cache', 'consumer');
const installed = join(project, 'node_modules', 'spanwise');

/** What the compiler finds wrong; nothing where all is well. */
const compile = (...args: readonly string[]): Promise<string> =>
  promisify(execFile)(process.execPath, [tsc, ...args], { cwd: root }).then(
    ({ stdout }) => stdout,
    (error: { readonly stdout: string }) => error.stdout,
  );

/**
 * A project of a host, strict and with `skipLibCheck` off, that knows nothing but the declarations which the package
 * ships: every part, hook and function that it uses has its types there, and every part takes what all parts take.
 */
it('compiles in a host that has the package installed', async () => {
  rmSync(project, { recursive: true, force: true });
  mkdirSync(installed, { recursive: true });
  cpSync(join(root, 'test', 'consumer'), project, { recursive: true });
  copyFileSync(join(root, 'package.json'), join(installed, 'package.json'));
  expect(await compile('-p', join(root, 'src', 'build'), '--outDir', join(installed, 'dist'))).toBe('');
  const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly exports: object };
  expect(Object.keys(exports)).toContain('./styles.css');
  copyFileSync(join(root, 'src', 'styles.css.d.ts'), join(installed, 'dist', 'styles.css.d.ts'));
  copyFileSync(
    join(root, 'src', 'adapters', 'native', 'spanwise-1.schema.json'),
    join(installed, 'dist', 'spanwise-1.schema.json'),
  );
  expect(await compile('-p', project)).toBe('');
});
