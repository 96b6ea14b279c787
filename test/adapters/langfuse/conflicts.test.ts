import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dump } from '../../model/dump.ts';
import { at, codes, observation, read, TRACE } from './read.ts';

const names = (set: ReturnType<typeof read>) =>
  set.traces.flatMap((trace) =>
    Array.from(trace.spans(), ({ key, name }) => `${key.slice(key.indexOf('/') + 1)} ${name}`),
  );
const whole = { startTime: at(0), endTime: at(5), updatedAt: at(9) };

describe('records under one id', () => {
  it('that contradict each other are both shown, in whatever order they come, and reported', () => {
    for (const other of [
      { name: 'other' },
      { startTime: at(1) },
      { endTime: at(6) },
      { input: 'other' },
      { type: 'GENERATION' },
      { parentObservationId: 'root' },
      { startTime: at(1), updatedAt: at(99) },
    ]) {
      const one = observation('a', { ...whole, input: 'one', name: 'one', type: 'SPAN', parentObservationId: 'b' });
      const two = { ...one, ...other };
      const set = read([one, two]);
      expect(set.accounting).toEqual({ entries: 2, shown: 2, merged: 0, skipped: 0 });
      expect(codes(set)).toContain('duplicate-span-id');
      expect(dump(read([two, one]))).toEqual(dump(set));
    }
  });

  it('that are states of one span are joined, and the latest counts', () => {
    const running = observation('a', { startTime: at(0), endTime: null, input: 'in', name: 'draft', updatedAt: at(1) });
    const ended = observation('a', {
      startTime: at(0),
      endTime: at(5),
      input: 'in',
      output: 'out',
      name: 'final',
      updatedAt: at(6),
    });
    const set = read([ended, running]);
    expect(names(set)).toEqual(['a final']);
    expect(set.accounting).toEqual({ entries: 2, shown: 1, merged: 1, skipped: 0 });
    // Neither says when it was written.
    expect(
      names(
        read([
          { ...ended, name: 'draft', updatedAt: undefined },
          { ...running, updatedAt: undefined },
        ]),
      ),
    ).toEqual(['a draft']);
  });

  it('that repeat each other, or lack what another has, are one', () => {
    const one = observation('a', { ...whole, input: 'in' });
    const { input: _, ...less } = one as { input?: unknown };
    const set = read([one, structuredClone(one), less]);
    expect(set.accounting).toEqual({ entries: 3, shown: 1, merged: 2, skipped: 0 });
  });

  it('are counted, each shown or merged, however many contradict how many', () => {
    const drawn = fc.record({
      name: fc.constantFrom('x', 'y'),
      startTime: fc.constantFrom(at(0), at(1)),
      endTime: fc.constantFrom(null, at(5), at(6)),
      updatedAt: fc.constantFrom(undefined, at(7), at(8)),
      input: fc.constantFrom(undefined, 'p', 'q'),
    });
    fc.assert(
      fc.property(fc.array(drawn, { minLength: 1, maxLength: 6 }), (list) => {
        const records = list.map((fields) => observation('a', fields));
        const set = read(records);
        const { entries, shown, merged } = set.accounting;
        expect([entries, shown + merged]).toEqual([list.length, list.length]);
        expect(dump(read([...records].reverse()))).toEqual(dump(set));
        const starts = new Set(list.map(({ startTime }) => startTime));
        expect(shown).toBeGreaterThanOrEqual(starts.size);
      }),
      { numRuns: 150 },
    );
  });

  it('that are scores with another verdict are each shown; copies that say less are one', () => {
    const score = (more: object) => ({
      id: 's',
      traceId: TRACE,
      observationId: 'a',
      name: 'good',
      value: 1,
      dataType: 'NUMERIC',
      source: 'API',
      timestamp: at(1),
      ...more,
    });
    const set = read([observation('a')], [score({}), score({ value: 0 })], [score({ comment: 'why' })]);
    expect(set.traces[0]!.span(0).scores.map(({ value, comment }) => [value, comment])).toEqual([
      [0, null],
      [1, 'why'],
    ]);
    expect(codes(set)).toContain('score-conflict');
  });

  it('that give one trace different names at one time are reported', () => {
    const trace = (name: string) => ({ id: TRACE, timestamp: at(0), updatedAt: at(1), name, environment: 'x' });
    const set = read([trace('one'), trace('two'), observation('a')]);
    expect(codes(set)).toContain('trace-conflict');
    expect(dump(read([trace('two'), trace('one'), observation('a')])).traces).toEqual(dump(set).traces);
  });
});
