import { describe, expect, it } from 'vitest';
import { queryTraces } from '../../src/analysis/traces/queryTraces.ts';
import { sessionTotals, turnsOf } from '../../src/analysis/traces/sessions.ts';
import { firstSort, sortTraces, type TraceSortColumn } from '../../src/analysis/traces/sortTraces.ts';
import { answeredAfter, traceFacts } from '../../src/analysis/traces/traceFacts.ts';
import { readTraces, type NativeDocument, type NativeTrace, type Trace } from '../../src/core.ts';
import { drawTrace } from '../model/drawTrace.ts';

const read = (...traces: readonly NativeTrace[]): readonly Trace[] =>
  readTraces({ format: 'spanwise/1', traces } satisfies NativeDocument).traces;

/** A trace of one span: started at a second, took milliseconds, and what else is said. */
const trace = (
  traceId: string,
  second: number,
  milliseconds: number,
  about: Partial<NativeTrace> = {},
  span: object = {},
): NativeTrace => ({
  traceId,
  name: traceId,
  ...about,
  spans: [
    {
      spanId: 's',
      name: 'call',
      kind: 'llm',
      startUnixNano: String(BigInt(second) * 1_000_000_000n),
      endUnixNano: String(BigInt(second) * 1_000_000_000n + BigInt(milliseconds) * 1_000_000n),
      ...span,
    },
  ],
});
const keys = (traces: readonly Trace[]): string => traces.map(({ key }) => key).join(' ');

describe('facts of a trace', () => {
  const milliseconds = (drawing: string) =>
    traceFacts(drawTrace(drawing)).failures.map(([from, to]) => `${from / 1e6}-${to / 1e6}`);

  it('mark where failures began, not the spans that pass them on', () => {
    expect(
      milliseconds(`
      agent ✗         0---------1000
        chain ✗        100---800
          tool ask ✗      400-500
        tool other     900-950
    `),
    ).toEqual(['400-500']);
  });

  it('join failures that lie nearer than a sixteenth', () => {
    expect(
      milliseconds(`
      agent         0---------1600
        tool a ✗     100-200
        tool b ✗     250-300
        tool c ✗     290-310
        tool d ✗             900-1000
    `),
    ).toEqual(['100-310', '900-1000']);
  });

  it('tell whether the whole failed', () => {
    const failed = (drawing: string) => traceFacts(drawTrace(drawing)).failed;
    expect(failed('agent 0--10\n  tool ✗ 1-2')).toBe(false);
    expect(failed('agent ✗ 0--10')).toBe(true);
  });

  it('tell errors, services, what has no end, and when the request was answered', () => {
    const built = drawTrace(`
      agent           0-----100         service=desk in=30
        llm ask ✗      10-20            service=desk in=30
        http send        30-----------140 service=mail
        tool open          40-          service=desk
    `);
    expect(traceFacts(built)).toMatchObject({ errors: 1, services: ['desk', 'mail'], unfinished: true });
    expect(traceFacts(built).total.usage.total).toBe(30);
    expect([answeredAfter(built) / 1e6, built.end / 1e6]).toEqual([100, 140]);
  });
});

describe('sorting', () => {
  const priced = (total: number | null) => ({ usage: { input: 1, output: 1 }, cost: { total } });
  const traces = read(
    trace('a', 30, 500, { userId: 'u10', tags: ['x'] }, priced(0.2)),
    trace('b', 10, 900, { userId: 'u9' }, priced(null)),
    trace('c', 20, 100, {}, priced(0.9)),
    trace('d', 40, 500, { userId: 'u2', tags: ['m'] }, priced(0.1)),
  );
  const order = (column: TraceSortColumn, descending: boolean) => keys(sortTraces(traces, { column, descending }));

  it('puts unknown values last, whichever way', () => {
    expect([order('cost', true), order('cost', false)]).toEqual(['c a d b', 'd a c b']);
    expect([order('tags', false), order('tags', true)]).toEqual(['d a b c', 'a d b c']);
  });

  it('keeps the order of the input where values are equal', () => {
    expect([order('duration', true), order('duration', false)]).toEqual(['b a d c', 'c a d b']);
  });

  it('counts numbers in words', () => {
    expect(order('user', false)).toBe('d b a c');
  });

  it('starts with the newest, the longest, the dearest, and words from A', () => {
    expect([
      order('start', firstSort('start').descending),
      firstSort('cost').descending,
      firstSort('name').descending,
    ]).toEqual(['d a c b', true, false]);
  });

  it('does not look at spans for what the trace itself says', () => {
    const shy = traces.map(
      (each) =>
        new Proxy(each, {
          get: (target, name) => {
            if (name === 'columns') throw new Error('looked at spans');
            return Reflect.get(target, name, target) as unknown;
          },
        }),
    );
    for (const column of ['name', 'start', 'spans', 'session', 'user', 'tags', 'scores'] as const)
      expect(sortTraces(shy, { column, descending: false })).toHaveLength(4);
  });
});

describe('filtering', () => {
  const traces = read(
    trace('aa01', 1, 1, { name: 'Refund (50 %)', tags: ['voice'] }),
    trace('bb02', 2, 1, { name: 'parcel', sessionId: 'call-7', userId: 'Mo' }),
    trace('cc03', 3, 1, { name: 'x', tags: ['re', 'fund'] }),
  );
  it.each([
    ['refund', 'aa01'],
    ['(50 %)', 'aa01'],
    ['.*', ''],
    ['CALL-7', 'bb02'],
    ['mo', 'bb02'],
    ['cc0', 'cc03'],
    ['voice', 'aa01'],
    ['  ', 'aa01 bb02 cc03'],
    ['refund\n', 'aa01'],
  ])('“%s” finds “%s”', async (text, found) => {
    expect(keys((await queryTraces({ traces }, text)).traces)).toBe(found);
  });
});

describe('a session', () => {
  const call = (input: number, total: number | null, currency = 'USD') => ({
    usage: { input, output: 1 },
    ...(total === null ? {} : { cost: { total, currency } }),
  });
  const traces = read(
    trace('late', 50, 10, { sessionId: 's' }, call(10, 0.5)),
    trace('other', 20, 10, { sessionId: 't' }, call(99, 9)),
    trace('b', 30, 10, { sessionId: 's' }, { ...call(20, 0.25), status: 'error' }),
    trace('a', 30, 10, { sessionId: 's' }, call(5, null)),
  );

  it('is its traces in order of start, equal ones by key', () => {
    expect(keys(turnsOf(traces, 's'))).toBe('a b late');
    expect(keys(turnsOf([...traces].reverse(), 's'))).toBe('a b late');
    expect(turnsOf(traces, 'none')).toEqual([]);
  });

  it('adds up what its turns report, and says how many calls that covers', () => {
    expect(sessionTotals(turnsOf(traces, 's'))).toEqual({
      repeated: 0,
      errors: 1,
      tokens: 38,
      cost: 0.75,
      currency: 'USD',
      calls: 3,
      callsWithUsage: 3,
      callsWithCost: 2,
    });
  });

  it('does not add up different currencies, and knows nothing of nothing', () => {
    expect(
      sessionTotals(read(trace('a', 1, 1, {}, call(1, 1)), trace('b', 2, 1, {}, call(1, 1, 'EUR')))),
    ).toMatchObject({ cost: null, currency: null });
    expect(sessionTotals([])).toMatchObject({ tokens: null, cost: null, calls: 0 });
  });
});
