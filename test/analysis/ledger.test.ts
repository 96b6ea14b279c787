import { describe, expect, it } from 'vitest';
import { traceDiagnostics } from '../../src/analysis/traces/traceDiagnostics.ts';
import { ledger, type LedgerEntry, type Trace } from '../../src/core.ts';
import { drawTrace } from '../model/drawTrace.ts';

const short = ({ usage, cost, calls, callsWithUsage, callsWithCost }: LedgerEntry) => ({
  in: usage.input,
  out: usage.output,
  total: usage.total,
  cost: cost.total,
  calls: `${callsWithUsage}/${callsWithCost} of ${calls}`,
});
const total = (drawing: string) => short(ledger(drawTrace(drawing)).total);
const subtree = (trace: Trace, name: string) =>
  short(ledger(trace).subtree(Array.from(trace.spans()).find((span) => span.name === name)!.index));
const tokens = (drawing: string) => total(drawing).total;

describe('what counts', () => {
  it('a wrapper and the call it wraps, once', () => {
    expect(
      total(`
      llm wrapper  0---100   in=10 out=5 cost=1
        llm call    10-90    in=10 out=5 cost=1
    `),
    ).toEqual({ in: 10, out: 5, total: 15, cost: 1, calls: '1/1 of 1' });
  });

  it('an agent that repeats the sum of its calls, once', () => {
    expect(
      total(`
      agent       0-------100  in=30 out=10
        llm one    10-40       in=10 out=5
        llm two      50--90    in=20 out=5
    `),
    ).toEqual({ in: 30, out: 10, total: 40, cost: null, calls: '2/0 of 2' });
  });

  it('a call and the agent that its tool runs, both', () => {
    expect(
      tokens(`
      llm asks        0---------100  in=100
        tool delegate  10------90
          agent sub     20----80     in=7
            llm answers  30--70      in=7
    `),
    ).toBe(107);
  });

  it('a call and an agent right below it, both', () => {
    expect(
      tokens(`
      llm asks      0------100  in=100
        agent sub    10---90    in=7
    `),
    ).toBe(107);
  });

  it('a chain over a tool over a call: the call alone', () => {
    expect(
      tokens(`
      chain         0------100  in=9
        tool         10---90
          llm         20-80     in=7
    `),
    ).toBe(7);
  });

  it('calls of embedding and reranking like those of llm', () => {
    expect(
      total(`
      retriever        0------100  in=11
        embedding       10-20      in=4 cost=0.5
          embedding raw  12-18     in=4
        reranker         30-80     in=7
    `),
    ).toMatchObject({ total: 11, cost: 0.5, calls: '2/1 of 2' });
  });

  it('outer generations of one instrumentation and inner ones of another: the inner ones, with conflicts', () => {
    const trace = drawTrace(`
      chain            0-------------100
        llm outer one   5-----------45    in=1200 out=184
          llm inner one  10--------40     in=500 out=35
        llm outer two   50----------95    in=1200 out=184
          llm inner two  60--------90     in=500 out=36
    `);
    expect(short(ledger(trace).total)).toMatchObject({ total: 1071, calls: '2/0 of 2' });
    expect(ledger(trace).conflicts.map(({ own, below }) => [own.usage.total, below.usage.total])).toEqual([
      [1384, 535],
      [1384, 536],
    ]);
  });

  it('a reranker that reports nothing is no call that lacks a price', () => {
    expect(total('root 0-100\n  reranker 10-20\n  llm a 30-40 in=1').calls).toBe('1/0 of 1');
  });

  it('tokens and cost apart', () => {
    expect(
      total(`
      agent       0-------100  in=99 cost=3
        llm one    10-40       in=10
        llm two      50--90    in=20
    `),
    ).toMatchObject({ total: 30, cost: 3 });
  });

  it('what stands below a span that says nothing', () => {
    expect(
      tokens(`
      root      0---100
        chain    10-90
          llm a   20-30  in=1
          llm b   40-50  in=2
    `),
    ).toBe(3);
  });

  it('nothing, which is unknown and not zero', () => {
    expect(total('root 0-100\n  llm a 10-20')).toEqual({
      in: null,
      out: null,
      total: null,
      cost: null,
      calls: '0/0 of 1',
    });
    expect(ledger(drawTrace('root 0-1')).total.cost.origin).toBe('unknown');
  });

  it('a wrapper whose calls report zero or nothing, and each call is covered', () => {
    const trace = drawTrace(`
      agent       0-------100  in=100 out=5
        llm one    10-40       in=0 out=0
        llm two      50--90
    `);
    expect(short(ledger(trace).total)).toEqual({ in: 100, out: 5, total: 105, cost: null, calls: '2/0 of 2' });
    expect(ledger(trace).conflicts).toEqual([]);
  });

  it('zero where zero is reported', () => {
    expect(total('llm a 10-20 in=0 cost=0')).toMatchObject({ in: 0, total: 0, cost: 0 });
  });
});

describe('coverage', () => {
  it('says how many calls have tokens and how many have a price', () => {
    expect(
      total(`
      agent       0----------100
        llm one    10-20         in=1 cost=0.1
        llm two      30-40       in=1
        llm three        50-60
    `),
    ).toMatchObject({ calls: '2/1 of 3' });
  });

  it('counts a call as priced by the wrapper whose price is in the total', () => {
    expect(total('llm wrapper 0-100 in=5 cost=1\n  llm call 10-90 in=5')).toMatchObject({ cost: 1, calls: '1/1 of 1' });
    expect(
      total(`
      agent       0-------100  cost=3
        llm one    10-40       in=1
        llm two      50--90    in=2
    `),
    ).toMatchObject({ cost: 3, calls: '2/2 of 2' });
  });

  it('counts a call as priced by a step right below it', () => {
    expect(total('llm a 0-100\n  chain stream 10-90 in=5 cost=1')).toMatchObject({
      total: 5,
      cost: 1,
      calls: '1/1 of 1',
    });
  });

  it('but not where the price of another call shadows that of the wrapper', () => {
    expect(
      total(`
      agent       0-------100  cost=3
        llm one    10-40       cost=1
        llm two      50--90    in=2
    `),
    ).toMatchObject({ cost: 1, calls: '1/1 of 2' });
  });

  it('nor where a tool lies between the price of one call and another call', () => {
    expect(
      total(`
      llm asks        0---------100  in=9 cost=1
        tool delegate  10------90
          llm answers   20----80     in=7
    `),
    ).toMatchObject({ cost: 1, calls: '2/1 of 2' });
  });

  it('of a part leaves out a wrapper that stands above the part', () => {
    const trace = drawTrace('llm wrapper 0-100 in=5 cost=1\n  llm call 10-90 in=5');
    expect(subtree(trace, 'llm call')).toMatchObject({ cost: null, calls: '1/0 of 1' });
  });

  it('counts both calls where a tool lies between them', () => {
    expect(
      total(`
      llm outer    0----100  in=1
        tool        10-90
          llm inner  20-80   in=2
    `).calls,
    ).toBe('2/0 of 2');
  });
});

describe('parts of a trace', () => {
  const trace = drawTrace(`
    agent            0------------100  in=10
      llm one         10-40            in=10 cost=1
      tool               50------90
        llm two           60-70        in=5 cost=2
  `);

  it('have the sum of their subtree', () => {
    expect(subtree(trace, 'agent')).toMatchObject({ total: 15, cost: 3, calls: '2/2 of 2' });
    expect(subtree(trace, 'tool')).toMatchObject({ total: 5, cost: 2, calls: '1/1 of 1' });
    expect(subtree(trace, 'llm one')).toMatchObject({ total: 10, cost: 1 });
  });

  it('have what they report themselves, counted or not', () => {
    expect(short(ledger(trace).own(0))).toEqual({ in: 10, out: null, total: 10, cost: null, calls: '0/0 of 0' });
    expect(short(ledger(trace).own(2))).toMatchObject({ total: null, calls: '0/0 of 0' });
  });
});

describe('conflicts', () => {
  it('show a span that reports another sum than the spans below it, which count', () => {
    const trace = drawTrace(`
      agent       0-------100  in=224 cost=1
        llm one    10-40       in=200 cost=0.5
        llm two      50--90    in=199 cost=0.5
    `);
    const { total: sum, conflicts } = ledger(trace);
    expect(short(sum)).toMatchObject({ total: 399, cost: 1 });
    expect(conflicts.map(({ key, own, below }) => [key, own.usage.total, below.usage.total])).toEqual([
      [trace.span(0).key, 224, 399],
    ]);
  });

  it('show a span whose input and output are other than those below, though their sum is the same', () => {
    const trace = drawTrace('agent 0-100 in=100 out=5\n  llm one 10-20 in=5 out=100');
    expect(ledger(trace).conflicts.map(({ own, below }) => [own.usage.input, below.usage.input])).toEqual([[100, 5]]);
  });

  it('are none for a part that not all spans below tell', () => {
    expect(ledger(drawTrace('agent 0-100 in=3 out=7\n  llm one 10-20 in=3\n  llm two 30-40 out=7')).conflicts).toEqual(
      [],
    );
  });

  it('are added up in steps that grow with the spans, however deep these are', () => {
    const depth = 1000;
    const drawn = drawTrace(
      Array.from({ length: depth }, (_, i) => `${'  '.repeat(i)}llm call${i} 0-100 in=${i + 1}`).join('\n'),
    );
    let steps = 0;
    const counting = <Column extends object>(column: Column): Column =>
      new Proxy(column, {
        get: (target, name) => {
          steps += 1;
          return Reflect.get(target, name) as unknown;
        },
      });
    const { parent, kind, subtreeEnd } = drawn.columns;
    const trace = Object.create(drawn, {
      columns: {
        value: { ...drawn.columns, parent: counting(parent), kind: counting(kind), subtreeEnd: counting(subtreeEnd) },
      },
    }) as Trace;
    const [first] = ledger(trace).conflicts;
    steps = 0;
    expect(first!.below.usage.total).toBe(depth);
    expect(steps).toBeLessThan(10 * depth);
  });

  it('are none where sums agree to a billionth of a dollar', () => {
    expect(
      ledger(
        drawTrace(`
      agent       0-------100  cost=0.3
        llm one    10-40       cost=0.1
        llm two      50--90    cost=0.2
    `),
      ).conflicts,
    ).toEqual([]);
  });

  it('compare a model call with what it reaches without crossing a tool or an agent', () => {
    const trace = drawTrace(`
      llm wrapper       0-----------100  in=10 cost=1
        llm call         10-40           in=10 cost=1
        tool delegate      50------90
          llm other         60----80     in=7 cost=2
    `);
    expect(short(ledger(trace).total)).toMatchObject({ total: 17, cost: 3 });
    expect(ledger(trace).conflicts).toEqual([]);
  });

  it('show of a model call only that as below', () => {
    const trace = drawTrace(`
      llm wrapper       0-----------100  in=12
        llm call         10-40           in=10
        tool delegate      50------90
          llm other         60----80     in=7
    `);
    expect(ledger(trace).conflicts.map(({ own, below }) => [own.usage.total, short(below)])).toEqual([
      [12, { in: 10, out: null, total: 10, cost: null, calls: '1/0 of 1' }],
    ]);
  });

  it('are reported with the spans that they belong to', () => {
    const trace = drawTrace('agent 0-100 in=9\n  llm one 10-20 in=5');
    expect(traceDiagnostics(trace)).toEqual([
      expect.objectContaining({ code: 'usage-conflict', severity: 'warning', count: 1, keys: [trace.span(0).key] }),
    ]);
    expect(traceDiagnostics(drawTrace('agent 0-100 in=5\n  llm one 10-20 in=5'))).toEqual([]);
  });

  it('are none for measures that only one side reports', () => {
    expect(ledger(drawTrace('agent 0-100 cost=3\n  llm 10-20 in=5')).conflicts).toEqual([]);
  });
});
