import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concurrency, fanOuts, readTraces, type Span, type Trace } from '../../../src/core.ts';
import { fanOutsBelow } from '../../../src/analysis/agents/fanOuts.ts';
import { stepsAtWorkInSteps } from '../../../src/analysis/agents/concurrency.ts';
import { atOnce } from '../../../src/analysis/steps.ts';
import { anyForest, anyTree, documentOf } from '../../model/anyForest.ts';
import { drawTrace } from '../../model/drawTrace.ts';

const MS = 1e6;
const named = (trace: Trace, key: string | null): string | null => (key === null ? null : trace.find(key)!.name);
const told = (drawing: string) => {
  const trace = drawTrace(drawing);
  return fanOuts(trace).map(({ members, achieved, possible, peak, lost, waitedFor, after }) => ({
    members: members.map((key) => named(trace, key)),
    achieved,
    possible,
    peak,
    lost: lost / MS,
    waitedFor: named(trace, waitedFor),
    after: after.map((key) => named(trace, key)),
  }));
};

describe('fanOuts', () => {
  it('says what was lost by tools that one turn asked for and that ran one after the other', () => {
    expect(
      told(`
      agent        0-----------100
        llm ask    0-10
        tool a     10---30
        tool b     30----60
        tool c     60-70
        llm answer 70------100
    `),
    ).toEqual([
      {
        members: ['tool a', 'tool b', 'tool c'],
        achieved: 1,
        possible: 2,
        peak: 1,
        lost: 30,
        waitedFor: 'tool c',
        after: [null, 'tool a', 'tool b'],
      },
    ]);
  });

  it('finds nothing lost where branches started together', () => {
    expect(
      told(`
      chain map  0-----------100
        chain w  0-40
          llm x  0-40
        chain v  0-80
          llm x  0-80
    `),
    ).toEqual([
      {
        members: ['chain w', 'chain v'],
        achieved: 1.5,
        possible: 1.5,
        peak: 2,
        lost: 0,
        waitedFor: 'chain v',
        after: [null, null],
      },
    ]);
  });

  it('sees a pool of workers, also where a batch waits for the one before', () => {
    const [pool, ...rest] = told(`
      chain map  0-----------100
        chain w 1 0-20
          llm x   0-20
        chain w 2 0-20
          llm x   0-20
        chain w 3 20-40
          llm x   20-40
        chain w 4 20-40
          llm x   20-40
    `);
    expect(rest).toEqual([]);
    expect(pool).toMatchObject({ achieved: 2, possible: 4, peak: 2, lost: 20 });
    expect(pool!.after).toEqual([null, null, 'chain w 2', 'chain w 2']);
  });

  it('takes the turns of a loop, steps that build on each other and a call’s own requests for none', () => {
    expect(
      told(`
      agent         0-----------100
        llm ask     0-10
          http post 0-5
          http post 5-9
        tool a      10-30
        llm ask     30-40
        tool a      40-60
        llm ask     60-70
    `),
    ).toEqual([]);
    expect(
      told(`
      chain rag      0-----------100
        retriever r  0-20
        reranker k   20-30
        llm answer   30-90
    `),
    ).toEqual([]);
    expect(
      told(`
      agent          0-----------100
        tool a  0-20
        tool b  20-30
        tool a  30-90
    `),
    ).toEqual([]);
  });

  it('knows searches of one name and the tools of a node', () => {
    expect(
      told(`
      chain rag      0-----------100
        retriever r  0-20
        retriever r  20-30
        llm answer   30-90
    `).map(({ members, lost }) => [members.length, lost]),
    ).toEqual([[2, 10]]);
    expect(
      told(`
      agent          0-----------100
        chain tools  0-50
          tool a     0-20
          tool b     20-50
    `).map(({ members, lost }) => [members, lost]),
    ).toEqual([[['tool a', 'tool b'], 20]]);
  });
});

/** The end of a span in drawings and random traces, open ones as `knownEnds` has it. */
function endOf(trace: Trace, span: Span): number {
  if (!Number.isNaN(span.end)) return Math.max(span.start, span.end);
  for (let above = span.parent; above; above = above.parent)
    if (!Number.isNaN(above.end)) {
      const children = Array.from(trace.spans()).filter(({ parent }) => parent?.index === span.index);
      return Math.max(
        span.start,
        ...children.map((child) => (Number.isNaN(child.end) ? endOf(trace, child) : child.end)),
      );
    }
  return Math.max(span.start, trace.end);
}
const CALLS = new Set(['llm', 'embedding', 'reranker']);
const PLAIN = new Set(['span', 'http', 'rpc', 'messaging', 'db']);
const below = (trace: Trace, span: Span): readonly Span[] =>
  Array.from(trace.spans()).slice(span.index + 1, span.index + 1 + span.descendantCount);
const isCall = (trace: Trace, span: Span): boolean =>
  CALLS.has(span.kind) && below(trace, span).every(({ kind }) => PLAIN.has(kind));
function isLeaf(trace: Trace, span: Span): boolean {
  for (let above = span.parent; above; above = above.parent) if (isCall(trace, above)) return false;
  return span.descendantCount === 0 || isCall(trace, span);
}

describe('concurrency', () => {
  it('counts leaves as looking at every instant does', () => {
    fc.assert(
      fc.property(fc.oneof(anyTree, anyForest), (spans) => {
        for (const trace of readTraces(documentOf(spans)).traces) {
          const leaves = Array.from(trace.spans()).filter((span) => isLeaf(trace, span));
          const { steps, peak, achieved } = concurrency(trace);
          let most = 0;
          let busy = 0;
          for (let instant = 0; instant <= 100; instant += 1) {
            const running = leaves.filter((span) => span.start <= instant && instant < endOf(trace, span)).length;
            let place = -2;
            while (place + 2 < steps.length && steps[place + 2]! <= instant) place += 2;
            expect(place < 0 ? 0 : steps[place + 1]).toBe(running);
            most = Math.max(most, running);
            busy += running;
          }
          expect(peak).toBe(most);
          expect(achieved).toBeCloseTo(steps.length === 0 ? 0 : busy / (steps[steps.length - 2]! - steps[0]!));
        }
      }),
      { numRuns: 200 },
    );
  });

  it('measures each fan-out as its intervals say', () => {
    fc.assert(
      fc.property(fc.oneof(anyTree, anyForest), (spans) => {
        for (const trace of readTraces(documentOf(spans)).traces)
          for (const found of fanOuts(trace)) {
            const members = found.members.map((key) => trace.find(key)!);
            const lengths = members.map((span) => endOf(trace, span) - span.start);
            const end = Math.max(...members.map((span) => endOf(trace, span)));
            const start = Math.min(...members.map((span) => span.start));
            const busy = lengths.reduce((sum, each) => sum + each, 0);
            expect(members.every(({ parent }) => parent?.key === found.parent)).toBe(true);
            expect([found.start, found.end, found.lost]).toEqual([start, end, end - start - Math.max(...lengths)]);
            expect(found.achieved).toBeCloseTo(busy / (end - start));
            expect(found.possible).toBeCloseTo(busy / Math.max(...lengths));
            const running = members.map(
              (one) => members.filter((other) => other.start <= one.start && endOf(trace, other) > one.start).length,
            );
            expect(found.peak).toBe(Math.max(...running));
            members.forEach((span, at) => {
              const over = members
                .filter((other) => endOf(trace, other) <= span.start)
                .map((other) => endOf(trace, other));
              const after = found.after[at];
              expect(after == null ? [] : [endOf(trace, trace.find(after)!)]).toEqual(
                over.length === 0 ? [] : [Math.max(...over)],
              );
            });
            expect(endOf(trace, trace.find(found.waitedFor)!)).toBe(end);
          }
      }),
      { numRuns: 200 },
    );
  });

  it('says how much sooner all ends, with fan-outs in each other and with what waits for them', () => {
    const trace = drawTrace(`
      agent        0-----------100
        llm ask    0-10
        tool a     10---30
        tool b     30----60
          retriever r 30-40
          retriever r 40-60
        llm answer 60------100
    `);
    const { lost, achieved, possible, fanOuts: found } = concurrency(trace);
    expect(found.map(({ lost: each }) => each / MS)).toEqual([20, 10]);
    // b takes 20 then, as long as a.
    expect(lost / MS).toBe(30);
    expect([achieved, possible]).toEqual([1, 100 / 70]);
    const inB = concurrency(trace, Array.from(trace.spans()).find(({ name }) => name === 'tool b')!.index);
    expect([inB.lost / MS, inB.fanOuts.length, inB.achieved]).toEqual([10, 1, 1]);
    expect(() => concurrency(trace, 99)).toThrow(RangeError);
  });
});

describe('a part of it', () => {
  it('is what the whole says, asked for by itself', () => {
    fc.assert(
      fc.property(anyForest, (spans) => {
        for (const trace of readTraces(documentOf(spans)).traces) {
          // Asked first, so that nothing is remembered of the whole.
          const steps = atOnce(stepsAtWorkInSteps(trace));
          const ofAll = Array.from(trace.spans(), ({ index }) => fanOutsBelow(trace, index)).flat();
          expect(steps).toEqual(concurrency(trace).steps);
          expect(ofAll).toEqual(fanOuts(trace));
        }
      }),
      { numRuns: 50 },
    );
  });
});
