import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createGanttLayout } from '../../src/layout/gantt/ganttMarks.ts';
import { ownStretches } from '../../src/layout/gantt/ownStretches.ts';
import { timeScale, type TimeWindow } from '../../src/layout/time/timeScale.ts';
import type { Trace } from '../../src/core.ts';
import { SPAN_FLAGS } from '../../src/model/codes.ts';
import { drawTrace } from '../model/drawTrace.ts';

/** One pixel per millisecond. */
const WINDOW: TimeWindow = [0, 100e6];
const marks = (trace: Trace, name: string, open = true, window = WINDOW, width = 100): string[] => {
  const { index } = [...trace.spans()].find((span) => span.name === name)!;
  return createGanttLayout(trace)
    .marks(index, open, timeScale(window, width))
    .map(({ type, x, width: pixels }) => `${type} ${Math.round(x)}+${Math.round(pixels)}`);
};

const trace = drawTrace(`
  root            0-----------100
    left          10---40
    right            20----60
    late                      90----130
    failed ✗              70-80
    group                 70-90
      inner ✗               72-85
    blink                      95-95
    open                       96-
`);

describe('a length that is an estimate', () => {
  it('is marked so on all bars of the span', () => {
    const own = drawTrace('llm call  0-----100');
    const bars = (): readonly (true | undefined)[] =>
      createGanttLayout(own)
        .marks(0, true, timeScale(WINDOW, 100))
        .map(({ estimated }) => estimated);
    expect(bars()).toEqual([undefined]);
    own.columns.flags[0]! |= SPAN_FLAGS['estimated-time'];
    expect(bars()).toEqual([true]);
  });
});

describe('marks', () => {
  it('a leaf is solid', () => expect(marks(trace, 'left')).toEqual(['solid 10+30']));
  it('a parent is hollow and solid where no child runs', () => {
    expect(marks(trace, 'root')).toEqual(['tail 100+2', 'wait 0+100', 'solid 0+10', 'solid 60+10']);
  });
  it('what goes on after the window is cut two pixels behind its edge', () =>
    expect(marks(trace, 'late')).toEqual(['solid 90+12', 'onward 100+0']));
  it('and fades there, unless it has no end to begin with', () => {
    const faded = Array.from(trace.spans())
      .filter(({ index }) =>
        createGanttLayout(trace)
          .marks(index, true, timeScale(WINDOW, 100))
          .some(({ fades }) => fades),
      )
      .map(({ name }) => name);
    expect(faded).toEqual(['late']);
  });
  it('a failure is hatched', () => expect(marks(trace, 'failed')).toEqual(['error 70+10']));
  it('a closed parent shows where a span inside it failed', () => {
    expect(marks(trace, 'group', true)).not.toContain('failure 85+0');
    expect(marks(trace, 'group', false)).toContain('failure 85+0');
  });
  it('what is too short to see is a tick', () => expect(marks(trace, 'blink')).toEqual(['tick 95+2']));
  it('no end is an outline up to the last instant known', () => expect(marks(trace, 'open')).toEqual(['open 96+16']));
  it('outside the window there is nothing', () => expect(marks(trace, 'left', true, [50e6, 60e6])).toEqual([]));
});

it('a call of a model is solid while the request of its client runs; with a step inside it waits for that', () => {
  const calls = drawTrace(`
    agent          0----------100
      llm whole     10--50
        POST          12-48       kind=http
      llm holds           50--90
        tool              60-80
  `);
  expect(marks(calls, 'llm whole')).toEqual(['solid 10+40']);
  expect(marks(calls, 'llm holds')).toEqual(['wait 50+40', 'solid 50+10', 'solid 80+10']);
  expect(marks(calls, 'POST')).toEqual(['solid 12+36']);
});

it('a model call waits until its first token', () => {
  const [call] = [...drawTrace('llm call 0---100 in=1').spans()];
  const streamed: Trace = Object.create(drawTrace('llm call 0---100 in=1'), {
    span: {
      value: (index: number) =>
        Object.create(call!, { index: { value: index }, firstToken: { value: 40e6 } }) as unknown,
    },
  }) as Trace;
  const types = createGanttLayout(streamed)
    .marks(0, true, timeScale(WINDOW, 100))
    .map(({ type, x }) => `${type} ${x}`);
  expect(types).toEqual(['wait 0', 'solid 40', 'firstToken 40']);
});

it('failures that would cover each other are one dot', () => {
  const many = drawTrace(
    `group 0---100\n${Array.from({ length: 100 }, (_, i) => `  call ✗ ${i}-${i + 1}`).join('\n')}`,
  );
  expect(marks(many, 'group', false).filter((mark) => mark.startsWith('failure')).length).toBeLessThanOrEqual(17);
  expect(marks(many, 'group', false, [0, 10e6], 100).filter((mark) => mark.startsWith('failure')).length).toBe(10);
});

it('no mark lies outside the window by more than its edge, at any zoom', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 130e6, noNaN: true }),
      fc.double({ min: 10, max: 1e9, noNaN: true }),
      fc.boolean(),
      (from, length, open) => {
        const layout = createGanttLayout(trace);
        for (let index = 0; index < trace.spanCount; index += 1) {
          for (const { x, width } of layout.marks(index, open, timeScale([from, from + length], 800))) {
            expect(Number.isFinite(x) && Number.isFinite(width)).toBe(true);
            expect(x).toBeGreaterThanOrEqual(-4);
            expect(x).toBeLessThanOrEqual(804);
            expect(width).toBeLessThanOrEqual(804);
          }
        }
      },
    ),
  );
});

it('own stretches are the gaps between children', () => {
  expect(Array.from(ownStretches(trace, 0), (time) => time / 1e6)).toEqual([0, 10, 60, 70]);
});
