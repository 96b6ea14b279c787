import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clockSkews, correctClocks, readTraces, type SpanContent, type Trace } from '../../src/core.ts';
import { drawTrace } from './drawTrace.ts';
import { redraw } from './redraw.ts';

const MS = 1e6;
const written = (drawing: string) =>
  clockSkews(drawTrace(drawing)).map(({ from, to, shift, calls, keys }) => [
    from,
    to,
    shift === null ? null : shift / MS,
    `${keys.length} of ${calls}`,
  ]);

describe('clocks that differ', () => {
  it('are reported for each pair of services, with the shift that brings every call inside its caller', () => {
    expect(
      written(`
      ask           0---------------100   service=web
        plan         10---40              service=agent
        answer               60----90     service=agent
    `),
    ).toEqual([]);
    expect(
      written(`
      ask             1000----1100        service=web
        plan       510---540              service=agent
        answer           560----590       service=agent
          think           565--570        service=agent
          search    2000--2010            service=index
    `),
    ).toEqual([
      ['web', 'agent', 500, '2 of 2'],
      ['agent', 'index', -1430, '1 of 1'],
    ]);
  });

  it('lie in the middle of what all calls allow', () => {
    expect(
      written(`
      ask          1000-----------1100    service=web
        long       905---------995        service=agent
        short        950--960             service=agent
    `),
    ).toEqual([['web', 'agent', 100, '2 of 2']]);
  });

  it('are not believed where no single shift explains all calls', () => {
    expect(
      written(`
      ask          1000----1100          service=web
        early   500--520                 service=agent
        late                  2000-2020  service=agent
    `),
    ).toEqual([['web', 'agent', null, '2 of 2']]);
  });

  it('are not seen in work that only ends late, in one service, or a moment too early', () => {
    expect(
      written(`
      ask        100--200             service=web
        after       150----300        service=agent
        moment   99.5-150             service=agent
        own     0--50                 service=web
        nobody  0--50
    `),
    ).toEqual([]);
  });

  it('are not seen in messages that were taken up late, nor in one call of several that began when its caller was over', () => {
    expect(
      written(`
      send        0--100              service=web  otel=producer
        take              5000--5100  service=jobs otel=consumer
    `),
    ).toEqual([]);
    expect(
      written(`
      ask        0------100           service=web
        inside     20-30              service=jobs
        later             5000--5010  service=jobs
    `),
    ).toEqual([]);
    expect(
      written(`
      ask        0------100           service=web
        always            5020--5030  service=jobs
    `),
    ).toEqual([['web', 'jobs', -4975, '1 of 1']]);
  });

  it('count both directions of a pair together', () => {
    expect(
      written(`
      ask          1000------------1100   service=web
        call    520---------580           service=agent
          back         1045--1055         service=web
    `),
    ).toEqual([['web', 'agent', 500, '2 of 2']]);
  });
});

describe('a trace with its clocks put right', () => {
  const drawing = `
    ask             1000----1100        service=web
      plan       510---540              service=agent
        hidden     520-530
        own       1015--1035            service=web
      answer           560----590       service=agent
  `;

  it('has whole services moved and marked, keeps keys and recorded times', () => {
    const trace = drawTrace(drawing);
    const { trace: right, skews } = correctClocks(trace);
    expect(skews).toHaveLength(1);
    expect(redraw(right)).toEqual([
      'ask 0-100',
      '  plan 10-40 clock-corrected',
      '    own 15-35',
      '    hidden 20-30 clock-corrected',
      '  answer 60-90 clock-corrected',
    ]);
    for (const { key, startUnixNano, endUnixNano } of right.spans())
      expect(trace.find(key)).toMatchObject({ startUnixNano, endUnixNano });
  });

  it('moves all of a service alike, whichever service called it', () => {
    const { trace: right } = correctClocks(
      drawTrace(`
      a        0-------------------1000      service=a
        b         5010--5050                 service=b
        c      100---200                     service=c
          b2      5110--5150                 service=b
    `),
    );
    const [, b, c, b2] = ['a', 'b', 'c', 'b2'].map((name) =>
      Array.from(right.spans()).find((span) => span.name === name)!,
    );
    expect(b2!.start - b!.start).toBe(100 * MS);
    expect(c!.start).toBe(100 * MS);
    expect(Array.from(right.spans()).flatMap(({ diagnostics }) => diagnostics.map(({ code }) => code))).not.toContain(
      'clock-skew',
    );
  });

  it('is the trace itself where all is well', () => {
    const trace = drawTrace('a 0--10 service=x\n  b 2--5 service=y');
    expect(correctClocks(trace)).toEqual({ trace, skews: [] });
  });

  it('moves events with their span', () => {
    const span = (spanId: string, parentSpanId: string | undefined, start: number, events: object[]) => ({
      traceId: '1',
      spanId,
      parentSpanId,
      name: spanId,
      startTimeUnixNano: `${1_795_359_116_000 + start}000000`,
      endTimeUnixNano: `${1_795_359_116_000 + start + 100 - (parentSpanId ? 20 : 0)}000000`,
      events,
    });
    const of = (service: string, spans: object[]) => ({
      resource: { attributes: [{ key: 'service.name', value: { stringValue: service } }] },
      scopeSpans: [{ spans }],
    });
    const [trace] = readTraces({
      resourceSpans: [
        of('web', [span('a1', undefined, 5000, [])]),
        of('agent', [span('b2', 'a1', 0, [{ name: 'e', timeUnixNano: '1795359116040000000' }])]),
      ],
    }).traces;
    const { trace: right } = correctClocks(trace!);
    const child = right.find('b2')!;
    expect((child.content() as SpanContent).events[0]!.time - child.start).toBe(40 * MS);
    expect(child.start - right.span(0).start).toBe(10 * MS);
  });

  it.each([1, 2])(
    'of %i wrong services leaves no more out of place than there was, and of one nothing that the clocks explain',
    (services) => {
      const tree = fc.array(
        fc.record({
          parent: fc.nat(),
          from: fc.double({ min: 0, max: 1, noNaN: true }),
          to: fc.double({ min: 0, max: 1, noNaN: true }),
          service: fc.nat(services),
        }),
        { maxLength: 25 },
      );
      const misplaced = (trace: Trace): readonly string[] =>
        Array.from(trace.spans())
          .filter(({ diagnostics }) => diagnostics.some(({ code }) => code === 'clock-skew'))
          .map(({ key }) => key);
      fc.assert(
        fc.property(tree, fc.integer({ min: -10_000, max: 10_000 }), (spans, error) => {
          const trace = planted(spans, error * MS);
          const { trace: right, skews } = correctClocks(trace);
          expect(new Set(Array.from(right.spans(), ({ key }) => key))).toEqual(
            new Set(Array.from(trace.spans(), ({ key }) => key)),
          );
          const before = misplaced(trace);
          const explained = new Set(skews.flatMap(({ keys }) => keys));
          expect(misplaced(right).length).toBeLessThanOrEqual(before.length);
          const mustFit = services === 1 && before.every((key) => explained.has(key));
          expect(mustFit ? misplaced(right) : []).toEqual([]);
        }),
        { numRuns: 500 },
      );
    },
  );
});

/** A tree in which children lie inside their parents, but that one service's clock is wrong by `error` nanoseconds. */
function planted(
  spans: readonly { readonly parent: number; readonly from: number; readonly to: number; readonly service: number }[],
  error: number,
): Trace {
  const origin = 1_795_359_116_000_000_000n;
  const lines = [{ start: 0, end: 60_000 * MS, service: 0, parent: -1 }];
  for (const { parent, from, to, service } of spans) {
    const above = lines[parent % lines.length]!;
    const [low, high] = [Math.min(from, to), Math.max(from, to)];
    lines.push({
      start: Math.round(above.start + low * (above.end - above.start)),
      end: Math.round(above.start + high * (above.end - above.start)),
      service,
      parent: parent % lines.length,
    });
  }
  const nanos = (time: number, service: number): string => String(origin + BigInt(time + (service === 1 ? error : 0)));
  return readTraces({
    resourceSpans: lines.map(({ start, end, service, parent }, at) => ({
      resource: { attributes: [{ key: 'service.name', value: { stringValue: `s${service}` } }] },
      scopeSpans: [
        {
          spans: [
            {
              traceId: 'ab',
              spanId: `${at + 1}`,
              ...(parent === -1 ? {} : { parentSpanId: `${parent + 1}` }),
              name: `n${at}`,
              startTimeUnixNano: nanos(start, service),
              endTimeUnixNano: nanos(end, service),
            },
          ],
        },
      ],
    })),
  }).traces[0]!;
}
