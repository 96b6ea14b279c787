import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTraces, type Trace } from '../../src/core.ts';
import { atOnce } from '../../src/analysis/steps.ts';
import { FAILED_INK, minimap, type Minimap } from '../../src/layout/minimap/minimap.ts';
import { minimapLanes } from '../../src/layout/minimap/minimapLanes.ts';
import { fitWindow } from '../../src/layout/time/timeScale.ts';
import { anyForest, anyTree, documentOf } from '../model/anyForest.ts';
import { drawTrace } from '../model/drawTrace.ts';

/** A minimap as letters: the first of the kind, capital where it works, `!` and `x` for failures that work and wait. */
function draw({ columns, lanes, palette, ink, working }: Minimap): string[] {
  const letter = (at: number): string => {
    if (ink[at] === 0) return '.';
    if (ink[at] === FAILED_INK) return working[at] ? '!' : 'x';
    const kind = palette[ink[at]! - 1]![0]!;
    return working[at] ? kind.toUpperCase() : kind;
  };
  return Array.from({ length: lanes }, (_, lane) =>
    Array.from({ length: columns }, (__, column) => letter(lane * columns + column)).join(''),
  );
}

/** The same with one column per 10 ms; the last is the room after the last instant. */
const drawn = (drawing: string, lanes = 20, columns = 20): string[] => {
  const trace = drawTrace(drawing);
  return draw(minimap(ending(trace, columns * 10e6), columns, lanes));
};
/** The trace as if its last instant, and the room behind it, came to a round time. */
const ending = (trace: Trace, at: number): Trace =>
  Object.create(trace, { end: { value: at / (fitWindow({ end: 1e9 })[1] / 1e9) } }) as Trace;

describe('a minimap', () => {
  it('has a lane per depth where nothing runs side by side; what works is kept apart from what waits', () => {
    expect(
      drawn(`
      agent a       0---------200
        llm b       0-----60
        tool c         60---100
        llm d                  150-200
    `),
    ).toEqual(['aaaaaaaaaaAAAAAaaaaa', 'LLLLLLTTTT.....LLLLL']);
  });
  it('gives a place to the kind that most of its time belongs to', () => {
    expect(
      drawn(`
      chain a       0---------200
        tool b      0-4
        llm c         4-20
        tool d          20-36
        llm e             36-40
    `)[1],
    ).toEqual('LLTT................');
  });
  it('puts work before waiting in the same lane', () => {
    expect(
      drawn(
        `
      chain a        0--------200
        agent b      0--------200
          tool c     0--------200
        llm d         50-100
    `,
        3,
      )[1],
    ).toEqual('aaaaaLLLLLaaaaaaaaaa');
  });
  it('draws below each other what ran side by side, and lets others take the lane again', () => {
    expect(
      drawn(`
      chain a        0--------200
        agent b      0---80
          llm c       40-60
        tool d       0--------120
        llm e           80-200
    `),
    ).toEqual(['cccccccccccccccccccc', 'AAAAaaAALLLLLLLLLLLL', '....LL..............', 'TTTTTTTTTTTT........']);
  });
  it('draws failures over all else', () => {
    expect(
      drawn(
        `
      chain a        0--------200
        agent b ✗    0---100
          tool c ✗     50-100
        llm d        0--------200
    `,
        3,
      ),
    ).toEqual(['cccccccccccccccccccc', '!!!!!xxxxxLLLLLLLLLL', '.....!!!!!..........']);
  });
  it('inks what is too short to see', () =>
    expect(drawn('chain a 0---200\n  tool b 55-55\n  tool c ✗ 105-105')[1]).toBe('.....T....!.........'));
  it('leaves out own stretches that would be noise', () =>
    expect(drawn('agent a 0---200\n  llm b 0-91\n  llm c 96-200')[0]).toBe('aaaaaaaaaaaaaaaaaaaa'));
  it('draws what has no end up to the last instant', () =>
    expect(drawn('chain a 0---200\n  tool b 100-')[1]).toMatch(/^\.{10}T{9,10}/));
  it('lets depths share lanes where there are too many; the agent works once its tool is done', () => {
    expect(drawn('chain a 0---200\n  agent b 0---200\n    tool c 0---100\n      llm d 100-200', 2)).toEqual([
      'aaaaaaaaaaAAAAAAAAAA',
      'TTTTTTTTTTLLLLLLLLLL',
    ]);
  });
  it('marks when failures ended', () => {
    const { failures } = minimap(ending(drawTrace('chain a 0---200\n  tool b ✗ 20-95'), 200e6), 20, 9);
    expect([...failures].flatMap((is, column) => (is ? [column] : []))).toEqual([9]);
  });
  it('of a trace without length is a dot', () =>
    expect(draw(minimap(drawTrace('tool a 0-0'), 10, 9))).toEqual(['T.........']));
});

/** The column of a time, as a reader of the picture would reckon it. */
const columnOf = (time: number, columns: number, trace: Trace): number => {
  const [from, to] = fitWindow(trace);
  return ((time - from) / (to - from)) * columns;
};

it.each([
  ['trees', anyTree],
  ['forests with whatever is wrong with them', anyForest],
] as const)('nothing is lost: %s', (_, spans) => {
  fc.assert(
    fc.property(
      spans,
      fc.integer({ min: 1, max: 90 }),
      fc.integer({ min: 1, max: 6 }),
      (document, columns, mostLanes) => {
        for (const trace of readTraces(documentOf(document)).traces) {
          const map = minimap(trace, columns, mostLanes);
          expect(map.lanes).toBeLessThanOrEqual(mostLanes);
          const lanes = atOnce(minimapLanes(trace, mostLanes));
          for (const { index, kind, status } of trace.spans()) {
            const lane = lanes.of[index]!;
            const first = Math.min(Math.floor(columnOf(trace.columns.start[index]!, columns, trace)), columns - 1);
            const end = trace.columns.end[index]!;
            const last = Math.max(first, Math.ceil(columnOf(Number.isNaN(end) ? trace.end : end, columns, trace)) - 1);
            for (let column = first; column <= last; column += 1) {
              const ink = map.ink[lane * columns + column]!;
              expect(ink).not.toBe(0);
              expect(status === 'error' ? ink : FAILED_INK).toBe(FAILED_INK);
            }
            expect(status !== 'error' || map.failures.includes(1)).toBe(true);
            expect(status === 'error' || map.palette.includes(kind)).toBe(true);
          }
        }
      },
    ),
  );
});

it('invents nothing: a place with ink is a place where a span is', () => {
  fc.assert(
    fc.property(anyTree, fc.integer({ min: 1, max: 90 }), (document, columns) => {
      const [trace] = readTraces(documentOf(document)).traces;
      const { ink, lanes } = minimap(trace!, columns, 99);
      const { of } = atOnce(minimapLanes(trace!, 99));
      const { start, end } = trace!.columns;
      for (let at = 0; at < lanes * columns; at += 1) {
        if (ink[at] === 0) continue;
        const column = at % columns;
        const there = Array.from(start).some(
          (from, index) =>
            of[index] === Math.floor(at / columns) &&
            columnOf(from, columns, trace!) < column + 1 &&
            columnOf(Number.isNaN(end[index]!) ? trace!.end : end[index]!, columns, trace!) >= column,
        );
        expect(there).toBe(true);
      }
    }),
  );
});

it('lanes: a child is below its parent, and no two spans of a lane run at once', () => {
  fc.assert(
    fc.property(anyTree, (document) => {
      const [trace] = readTraces(documentOf(document)).traces;
      const { of, count } = atOnce(minimapLanes(trace!, 99));
      const { parent, start, end } = trace!.columns;
      const endOf = (index: number): number => (Number.isNaN(end[index]!) ? trace!.end : end[index]!);
      for (let index = 0; index < of.length; index += 1) {
        expect(of[index]).toBeLessThan(count);
        expect(parent[index] === -1 || of[parent[index]!]! < of[index]!).toBe(true);
        for (let other = 0; other < index; other += 1)
          expect(of[other] === of[index] && start[other]! < endOf(index) && start[index]! < endOf(other)).toBe(false);
      }
    }),
  );
});

it('a chain of 100,000 and as many siblings are drawn in one pass', () => {
  const count = 100_000;
  const columnsOf = (parent: (index: number) => number, depth: (index: number) => number): Trace =>
    ({
      spanCount: count,
      end: count,
      columns: {
        parent: Int32Array.from({ length: count }, (_, index) => parent(index)),
        depth: Uint32Array.from({ length: count }, (_, index) => depth(index)),
        start: Float64Array.from({ length: count }, (_, index) => index),
        end: new Float64Array(count).fill(count),
        kind: new Uint8Array(count),
        kinds: ['span'],
        status: new Uint8Array(count),
      },
    }) as unknown as Trace;
  const chain = minimap(
    columnsOf(
      (index) => index - 1,
      (index) => index,
    ),
    500,
    20,
  );
  expect(chain.lanes).toBe(20);
  expect(chain.ink[19 * 500 + 10]).toBe(0);
  expect(chain.ink[19 * 500 + 490]).toBe(1);
  const siblings = minimap(
    columnsOf(
      (index) => (index === 0 ? -1 : 0),
      (index) => Math.min(index, 1),
    ),
    500,
    20,
  );
  expect(siblings.lanes).toBe(2);
  expect(siblings.ink.subarray(500, 990).every((ink) => ink === 1)).toBe(true);
});
