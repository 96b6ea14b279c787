import { describe, expect, it } from 'vitest';
import { foldLoopsInSteps } from '../../src/analysis/foldLoops.ts';
import { foldLoops, type Trace } from '../../src/core.ts';
import { drawTrace } from '../model/drawTrace.ts';

const named = (drawing: string): readonly (readonly string[])[] => {
  const trace = drawTrace(drawing);
  return foldLoops(trace).map(({ iterations }) =>
    iterations.map((keys) => keys.map((key) => trace.find(key)!.name).join(' + ')),
  );
};

describe('foldLoops', () => {
  it('finds iterations that are spans of their own, whatever is in them and however they are counted', () => {
    expect(
      named(`
      agent           0----------100
        llm plan      0-5
        chain step 1  5-20
          tool a      5-10
        chain step 2  20-40
          tool b      20-30
          tool c      30-35
        chain step 3  40-60
          tool a      40-45
        llm answer    60-90
    `),
    ).toEqual([['chain step 1', 'chain step 2', 'chain step 3']]);
  });

  it('finds iterations of several spans that only follow each other', () => {
    expect(
      named(`
      agent       0----------100
        prompt p  0-1
        llm ask   1-10
        tool run  10-20
        llm ask   20-30
        tool run  30-40
        llm ask   40-50
        tool run  50-60
        llm ask   60-70
    `),
    ).toEqual([['llm ask + tool run', 'llm ask + tool run', 'llm ask + tool run']]);
  });

  it('does not take what runs side by side, or two bare spans of one name, for a loop', () => {
    expect(
      named(`
      chain map   0------100
        chain w 1 0-50
          llm x   0-10
        chain w 2 5-60
          llm x   5-10
    `),
    ).toEqual([]);
    expect(
      named(`
      chain two   0------100
        tool ping 0-10
        tool ping 10-20
    `),
    ).toEqual([]);
  });

  it('takes different tools after one call of a model for no loop', () => {
    expect(
      named(`
      agent run   0------100
        llm plan  0-10
        tool one    10-20
        tool two    20-30
        tool three  30-40
        tool last   80-100
    `),
    ).toEqual([]);
  });

  it('has keys and parents that last', () => {
    const trace = drawTrace(`
      agent     0------100
        llm a   0-10
        llm a   10-20
        llm a   20-30
    `);
    const [fold] = foldLoops(trace);
    expect(fold).toEqual({
      key: `loop:${trace.span(1).key}`,
      parent: trace.span(0).key,
      iterations: [1, 2, 3].map((index) => [trace.span(index).key]),
    });
  });

  it('is linear in wide and deep traces', () => {
    const wide = `agent 0-200000\n${Array.from({ length: 3000 }, (_, at) => `  tool ${at % 7 === 0 ? `n${at}` : 'ping'} ${at}-${at + 1}`).join('\n')}`;
    expect(foldLoops(drawTrace(wide)).length).toBeGreaterThan(100);
  });

  it('lets the page have its turn within a long list of siblings', () => {
    const turns = Array.from({ length: 15_000 }, (_, at) => `  ${at % 3 === 0 ? 'llm a' : 'tool b'} ${at}-${at + 1}`);
    const trace = drawTrace(`agent 0-200000\n${turns.join('\n')}`);
    let reads = 0;
    const status = new Proxy(trace.columns.status, {
      get(cells, at) {
        reads += 1;
        return Reflect.get(cells, at, cells) as unknown;
      },
    });
    const counted = Object.create(trace, { columns: { value: { ...trace.columns, status } } }) as Trace;
    const inStep: number[] = [];
    const steps = foldLoopsInSteps(counted);
    for (let step = steps.next(); !step.done; step = steps.next()) {
      inStep.push(reads);
      reads = 0;
    }
    // Of each turn it is asked a few times whether it failed.
    const all = inStep.reduce((sum, each) => sum + each, 0);
    expect(all).toBeGreaterThan(5000);
    expect(Math.max(...inStep)).toBeLessThan(all / 2);
  });
});
