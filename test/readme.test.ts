import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { transformWithOxc } from 'vite';
import * as core from '../src/core.ts';

/** The adapter as the README prints it, run as it stands. */
it('the adapter of the README reads what the README says', async () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const [, code] = /```ts\n(import \{ defaultAdapters[\s\S]*?)```/.exec(readme)!;
  const [, sample] = /This one reads `(\{ "jobs".*\})`:/.exec(readme)!;
  const { code: script } = await transformWithOxc(
    `export default () => {${code!.replace(/^import .*$/m, '').replace(/^const set = .*$/m, 'return jobs;')}};`,
    'readme.ts',
  );
  // The text is our own file's, and this is a test.
  // oxlint-disable-next-line no-new-func, no-implied-eval
  const jobs = (new Function(script.replace('export default', 'return')) as () => () => core.TraceAdapter)()();
  const set = core.readTraces(JSON.parse(sample!) as object, { adapters: [jobs, ...core.defaultAdapters] });
  expect(set).toMatchObject({ format: 'jobs', accounting: { entries: 1, shown: 1 } });
  const span = set.traces[0]!.span(0);
  expect([span.kind, span.duration, span.usage?.total, span.status]).toEqual(['llm', 250e6, 42, 'ok']);
  expect(code!.trim().split('\n').length).toBeLessThan(40);
});
