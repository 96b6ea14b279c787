import { expect, it, vi } from 'vitest';
import type { Trace } from '../../src/model/types.ts';

/** Engines need milliseconds for the tables of the first collator, before anything is shown. */
it('makes no collator when what sorts is loaded, but when something is sorted', async () => {
  const made = vi.fn<() => void>();
  const construct = (target: typeof Intl.Collator, given: ConstructorParameters<typeof Intl.Collator>) => {
    made();
    return new target(...given);
  };
  vi.stubGlobal('Intl', Object.create(Intl, { Collator: { value: new Proxy(Intl.Collator, { construct }) } }));
  const { sortTraces } = await import('../../src/analysis/traces/sortTraces.ts');
  await import('../../src/analysis/statistics/sortRows.ts');
  await import('../../src/layout/rows/ranks.ts');
  expect(made).not.toHaveBeenCalled();
  const named = (name: string) => ({ name }) as Trace;
  const sorted = sortTraces([named('step 10'), named('step 9'), named('Step 1')], {
    column: 'name',
    descending: false,
  });
  expect(sorted.map(({ name }) => name)).toEqual(['Step 1', 'step 9', 'step 10']);
  expect(made).toHaveBeenCalledTimes(1);
});
