import * as fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { buildTrace, type SpanEntry } from '../../src/core.ts';
import { grownTrace } from '../../src/model/grow/grownTrace.ts';
import { TraceGrowth } from '../../src/model/grow/growTrace.ts';
import type { ColumnTrace } from '../../src/model/trace.ts';

const at = (nanos: number) => ({ seconds: 1_795_359_116, nanos, guessed: false });
const instant = fc.option(fc.nat(40).map(at), { nil: null, freq: 9 });
const hex = (n: number): string => n.toString(16).padStart(16, '0');

const facts = fc.record({
  parent: fc.option(fc.nat(30), { nil: null, freq: 6 }),
  /** Parents with a higher number than their child may close a circle. */
  isAnyParent: fc.nat(9).map((drawn) => drawn === 0),
  start: instant,
  end: instant,
  lastEvent: instant,
  name: fc.constantFrom('a', 'b'),
  service: fc.constantFrom(null, 'x', 'y'),
  kind: fc.constantFrom('llm', 'tool', 'chain', 'own'),
  kindOfWrapper: fc.constantFrom(null, null, 'chain'),
  graphStep: fc.constantFrom(undefined, undefined, 3),
  firstToken: fc.option(fc.nat(9), { nil: null }),
});

type Facts = typeof facts extends fc.Arbitrary<infer Drawn> ? Drawn : never;

const entryOf = (id: number, { parent, isAnyParent, firstToken, lastEvent, graphStep, ...rest }: Facts): SpanEntry => ({
  spanId: hex(id),
  parentSpanId: parent === null ? null : hex(isAnyParent ? parent : parent % Math.max(id, 1)),
  rawKind: null,
  otelKind: null,
  status: rest.end ? 'ok' : 'running',
  statusMessage: rest.name === 'a' ? 'said' : null,
  model: null,
  provider: null,
  amounts: firstToken === null ? null : { usage: null, cost: null, firstToken },
  flags: 0,
  content: { hash: () => id, decode: () => ({}) as never },
  lastEvent: rest.end ? null : lastEvent,
  ...(graphStep === undefined ? {} : { graphStep }),
  ...rest,
});

/** Spans of few ids and few instants in batches; what comes again is the same span, known otherwise. */
const batches = (count: number) =>
  fc.array(fc.uniqueArray(fc.tuple(fc.nat(count), facts), { selector: ([id]) => id, minLength: 1, maxLength: 12 }), {
    minLength: 1,
    maxLength: 8,
  });

/** Shows each column by what it says: numbers of texts and amounts are those of one trace. */
function seen(trace: ColumnTrace) {
  const { parent, subtreeEnd, depth, flags, graphStep } = trace.columns;
  return {
    origin: trace.originUnixNano,
    end: trace.end,
    name: trace.name,
    found: Array.from({ length: 26 }, (_, id) => [trace.find(hex(id))?.index, trace.find(`t/${id}`)?.index]),
    parent: [...parent],
    subtreeEnd: [...subtreeEnd],
    depth: [...depth],
    flags: [...flags],
    graphStep: graphStep && [...graphStep],
    spans: Array.from(trace.spans(), (span) => ({
      key: span.key,
      parentSpanId: span.parentSpanId,
      times: [span.start, span.end, span.startUnixNano, span.endUnixNano, span.firstToken],
      words: [span.name, span.kind, span.status, span.statusMessage, span.service],
    })),
  };
}

describe('a trace that grows', () => {
  it('is at every step what is built of the same spans at once; a circle alone it leaves alone', () => {
    let [alike, circles, refused] = [0, 0, 0];
    fc.assert(
      fc.property(fc.oneof(batches(24), batches(6)), (steps) => {
        const growth = new TraceGrowth();
        const known = new Map<number, SpanEntry>();
        const states: { trace: ColumnTrace; wanted: ReturnType<typeof seen>; atOnce: ReturnType<typeof seen> }[] = [];
        for (const [number, step] of steps.entries()) {
          const changed = step.map(([id, drawn]) => entryOf(id, drawn));
          for (const [place, entry] of changed.entries()) known.set(step[place]![0], entry);
          const { trace, diagnostics } = buildTrace('t', [...known.values()]);
          const parts = growth.grow(changed);
          if (!parts) {
            if (diagnostics.some(({ code }) => code === 'parent-cycle')) circles += 1;
            else refused += 1;
            break;
          }
          alike += 1;
          // Of some states columns are shown at once, of others when there are newer ones.
          const state = grownTrace('t', {}, parts);
          const wanted = seen(trace as ColumnTrace);
          states.push({ trace: state, wanted, atOnce: number % 3 === 0 ? wanted : seen(state) });
        }
        for (const { trace, atOnce, wanted } of states) {
          expect(atOnce).toEqual(wanted);
          expect(seen(trace)).toEqual(wanted);
        }
      }),
      { numRuns: 2000 },
    );
    expect(refused).toBe(0);
    expect(alike).toBeGreaterThan(4000);
    expect(circles).toBeGreaterThan(100);
  });

  it('looks at the spans that are new, however many there are already', () => {
    const looks = [1000, 8000].map((count) => {
      const growth = new TraceGrowth();
      let reads = 0;
      const span = (id: number): SpanEntry =>
        new Proxy(
          {
            ...entryOf(id, {
              parent: Math.floor(id / 4),
              isAnyParent: true,
              start: at(id),
              end: at(id + 5),
              lastEvent: null,
              name: 'a',
              service: 'x',
              kind: 'llm',
              kindOfWrapper: null,
              graphStep: undefined,
              firstToken: null,
            }),
            ...(id === 0 ? { parentSpanId: null } : {}),
          },
          {
            get(entry, field) {
              reads += 1;
              return Reflect.get(entry, field) as unknown;
            },
          },
        );
      growth.grow(Array.from({ length: count }, (_, id) => span(id)));
      reads = 0;
      const parts = growth.grow(Array.from({ length: 64 }, (_, id) => span(count + id)));
      expect(parts?.columns().start).toHaveLength(count + 64);
      return reads;
    });
    expect(looks[1]).toBeLessThan(looks[0]! * 1.2);
  });

  it('gives columns whose cells are read without a detour, and finds spans of an earlier state near where they are now', () => {
    const plain = { isAnyParent: false, end: at(100), lastEvent: null, name: 'a', service: 'x', kind: 'llm' };
    const rest = { kindOfWrapper: null, graphStep: undefined, firstToken: null };
    const span = (id: number) => entryOf(id, { ...plain, ...rest, parent: 0, start: at(id) } as Facts);
    const growth = new TraceGrowth();
    const before = grownTrace('t', {}, growth.grow(Array.from({ length: 30 }, (_, id) => span(2 * id)))!);
    const now = grownTrace('t', {}, growth.grow([span(1), span(31)])!);
    const ways = Object.values(Object.getOwnPropertyDescriptors(now.columns));
    expect(ways.filter(({ get }) => get)).toEqual([]);
    expect(now.columns).toBe(now.columns);
    const wholeLooks = vi.spyOn(Int32Array.prototype, 'indexOf');
    expect([0, 2, 58].map((id) => [before.find(hex(id))?.index, now.find(hex(id))?.index])).toEqual([
      [0, 0],
      [1, 2],
      [29, 31],
    ]);
    expect(wholeLooks).not.toHaveBeenCalled();
    wholeLooks.mockRestore();
  });

  it('shares columns with the state before, but for what has changed in them', () => {
    const plain: Facts = {
      parent: 0,
      isAnyParent: false,
      start: at(0),
      end: at(100),
      lastEvent: null,
      name: 'a',
      service: 'x',
      kind: 'llm',
      kindOfWrapper: null,
      graphStep: undefined,
      firstToken: null,
    };
    const span = (id: number, told: Partial<Facts> = {}) => entryOf(id, { ...plain, start: at(id), ...told });
    const growth = new TraceGrowth();
    const states = [
      Array.from({ length: 20 }, (_, id) => span(id)),
      [span(20)],
      [span(21), span(22)],
      [span(3, { name: 'b' })],
    ].map((changed) => {
      const { start, end, name, parent, strings } = growth.grow(changed)!.columns();
      return { buffers: [start, end, name, parent].map((column) => column.buffer), name, strings };
    });
    const isShared = ([one, other]: readonly [number, number]) =>
      states[other]!.buffers.map((buffer, place) => buffer === states[one]!.buffers[place]);
    // The second found no room; the third has it.
    expect(isShared([1, 2])).toEqual([true, true, true, true]);
    expect(isShared([2, 3])).toEqual([true, true, false, true]);
    expect(states.map(({ name, strings }) => [name.length, strings[name[3]!]])).toEqual([
      [20, 'a'],
      [21, 'a'],
      [23, 'a'],
      [23, 'b'],
    ]);
  });
});
