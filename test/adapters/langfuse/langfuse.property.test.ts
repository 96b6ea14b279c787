import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deepFreeze } from '../../model/deepFreeze.ts';
import { dump } from '../../model/dump.ts';
import { at, codes, contentOf, observation, read, TRACE } from './read.ts';

const KEYS = [
  'id',
  'traceId',
  'type',
  'name',
  'startTime',
  'endTime',
  'parentObservationId',
  'completionStartTime',
  'level',
  'metadata',
  'attributes',
  'resourceAttributes',
  'scope',
  'input',
  'output',
  'usage',
  'usageDetails',
  'costDetails',
  'unit',
  'totalUsage',
  'totalCost',
  'toolCalls',
  'toolDefinitions',
  'trace',
  'observations',
  'scores',
  'data',
  'meta',
  'batch',
  'body',
  'timestamp',
  'tags',
  'dataType',
  'value',
  'source',
  'observationId',
  'sessionId',
  'trace_id',
  'Start Time',
  '__proto__',
  'constructor',
  'totalItems',
];
const WORDS = [
  'SPAN',
  'EVENT',
  'GENERATION',
  'span-create',
  'generation-update',
  'trace-create',
  'score-create',
  'sdk-log',
  'NUMERIC',
  'API',
  'ERROR',
  TRACE,
  'a',
  'b',
  '',
  '{}',
  '[]',
  '"[1]"',
  '{"a":1}',
  at(0),
  at(9),
  'CHARACTERS',
];
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(...WORDS, null, 0, 1, -1, 1e300, Number.NaN, true, undefined),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom(...KEYS), tie('value'), { maxKeys: 7 }),
  ),
}));

const exported = {
  trace: {
    id: TRACE,
    timestamp: at(0),
    name: 't',
    metadata: { a: 1 },
    tags: ['x'],
    observations: [observation('a')],
    scores: [{ id: 's', name: 'good', value: 1, dataType: 'NUMERIC', source: 'API' }],
  },
  observations: [
    observation('a', {
      metadata: {
        attributes: { 'gen_ai.system': 'x' },
        resourceAttributes: { 'service.name': 'y' },
        scope: { name: 'z' },
      },
    }),
    observation('b', {
      type: 'GENERATION',
      parentObservationId: 'a',
      usageDetails: { input: 1, output: 2, total: 3 },
      input: [{ role: 'user', content: 'x' }],
    }),
  ],
};

/** A copy in which what stands on the path is another. */
function changed(root: unknown, path: readonly number[], to: unknown): unknown {
  const copy = structuredClone(root) as Record<string, unknown>;
  let holder = copy;
  for (const [step, place] of path.entries()) {
    const keys = Object.keys(holder);
    if (keys.length === 0) break;
    const key = keys[place % keys.length]!;
    const inner = holder[key];
    if (step === path.length - 1 || inner === null || typeof inner !== 'object') {
      Object.defineProperty(holder, key, { value: to, enumerable: true, configurable: true, writable: true });
      break;
    }
    holder = inner as Record<string, unknown>;
  }
  return copy;
}

const isAccounted = ({ accounting: { entries, shown, merged, skipped } }: ReturnType<typeof read>): boolean =>
  shown + merged + skipped === entries;
const open = (set: ReturnType<typeof read>) => {
  for (const trace of set.traces) for (const span of trace.spans()) void contentOf(span);
};

describe('any input', () => {
  it('that is an export with anything anywhere in it is read, and all is accounted for', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 40 }), { minLength: 1, maxLength: 5 }), value, (path, to) => {
        const set = read(deepFreeze(changed([exported], path, to)) as object, [observation('sure')]);
        expect(isAccounted(set)).toBe(true);
        open(set);
        expect(set.traces.some((trace) => trace.find('sure'))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('of its words is read, and all is accounted for', () => {
    fc.assert(
      fc.property(value, (document) => {
        const set = read([observation('sure'), document]);
        expect(isAccounted(set)).toBe(true);
        open(set);
      }),
      { numRuns: 500 },
    );
  });

  it('in which anything throws takes nothing else with it', () => {
    const hostile = (target: object): object =>
      new Proxy(target, {
        get() {
          throw new Error('no');
        },
        ownKeys() {
          throw new Error('no');
        },
      });
    const getter = (field: string, more: object = {}) =>
      Object.defineProperty({ ...observation('b', more) }, field, {
        enumerable: true,
        get() {
          throw new Error('no');
        },
      });
    for (const field of ['name', 'startTime', 'input', 'metadata', 'usageDetails', 'type', 'parentObservationId']) {
      const set = read({ trace: { id: TRACE }, observations: [observation('a'), getter(field)] });
      expect(set.accounting).toEqual({ entries: 2, shown: 2, merged: 0, skipped: 0 });
      expect(codes(set)).toContain('bad-attribute');
    }
    const skipped = read({ trace: { id: TRACE }, observations: [observation('a'), hostile({})] });
    expect(skipped.accounting).toEqual({ entries: 2, shown: 1, merged: 0, skipped: 1 });
    for (const part of [
      hostile({}),
      { ...observation('b'), metadata: hostile({}) },
      { ...observation('b'), startTime: hostile([]) },
      { trace: hostile({}), observations: [] },
      { trace: { id: TRACE }, scores: hostile([]), observations: hostile([]) },
    ]) {
      const set = read([part, observation('a')]);
      expect(isAccounted(set)).toBe(true);
      expect(set.traces.some((trace) => trace.find('a'))).toBe(true);
    }
  });
});

describe('order', () => {
  const events = ['a', 'b', 'c'].flatMap((id, index) => [
    {
      id: `${id}1`,
      type: 'span-create',
      timestamp: at(index),
      body: { id, traceId: TRACE, name: id, startTime: at(index), parentObservationId: index === 0 ? null : 'a' },
    },
    {
      id: `${id}2`,
      type: 'span-update',
      timestamp: at(index + 50),
      body: { id, name: `${id} ended`, endTime: at(60) },
    },
    {
      id: `${id}3`,
      type: 'score-create',
      timestamp: at(index + 50),
      body: { id: `s${id}`, traceId: TRACE, observationId: id, name: 'good', value: index },
    },
  ]);

  it('of events, lines and batches does not matter', () => {
    const expected = dump(read({ batch: events }));
    expect(expected.accounting).toEqual({ entries: 6, shown: 3, merged: 3, skipped: 0 });
    fc.assert(
      fc.property(
        fc.shuffledSubarray(events, { minLength: events.length }),
        fc.integer({ min: 1, max: 9 }),
        (shuffled, size) => {
          const batches = Array.from({ length: Math.ceil(shuffled.length / size) }, (_, index) => ({
            batch: shuffled.slice(index * size, (index + 1) * size),
          }));
          expect(dump(read(...batches))).toEqual(expected);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('of observations does not matter', () => {
    const records = Array.from({ length: 8 }, (_, index) =>
      observation(`o${index}`, {
        startTime: at(index % 3),
        parentObservationId: index === 0 ? null : `o${index >> 1}`,
      }),
    );
    const expected = dump(read(records));
    fc.assert(
      fc.property(fc.shuffledSubarray(records, { minLength: 8 }), (shuffled) => {
        expect(dump(read({ data: shuffled }))).toEqual(expected);
        expect(dump(read(...shuffled))).toEqual(expected);
      }),
      { numRuns: 50 },
    );
  });
});

it('reads a chain of 100,000 observations without a trace id of their own', () => {
  const chain = Array.from({ length: 100_000 }, (_, index) =>
    observation(`o${index}`, {
      traceId: index === 0 ? TRACE : undefined,
      parentObservationId: index === 0 ? null : `o${index - 1}`,
    }),
  );
  const set = read(chain.reverse());
  expect(set.traces).toHaveLength(1);
  expect(set.traces[0]!.span(99_999).depth).toBe(99_999);
}, 30_000);

it('opens no containers inside containers without end', () => {
  let nest: object = observation('a');
  for (let level = 0; level < 100_000; level += 1) nest = level % 2 === 0 ? { data: [nest] } : [nest];
  expect(isAccounted(read([observation('sure'), nest]))).toBe(true);
});
