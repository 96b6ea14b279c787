import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clockSkews, correctClocks, readTraces, type SpanContent, type Trace } from '../../src/core.ts';
import { drawTrace } from './drawTrace.ts';
import { redraw } from './redraw.ts';

const MS = 1e6;
const told = (drawing: string) => clockSkews(drawTrace(drawing)).map(({ from, to, shift, calls, keys }) => [from, to, shift === null ? null : shift / MS, `${keys.length} of ${calls}`]);

describe('clocks that differ', () => {
  it('are told for each pair of services, with the shift that brings every call inside its caller', () => {
    expect(told(`
      ask           0---------------100   service=web
        plan         10---40              service=agent
        answer               60----90     service=agent
    `)).toEqual([]);
    expect(told(`
      ask             1000----1100        service=web
        plan       510---540              service=agent
        answer           560----590       service=agent
          think           565--570        service=agent
          search    2000--2010            service=index
    `)).toEqual([['web', 'agent', 500, '2 of 2'], ['agent', 'index', -1430, '1 of 1']]);
  });

  it('lie in the middle of what all calls allow', () => {
    expect(told(`
      ask          1000-----------1100    service=web
        long       905---------995        service=agent
        short        950--960             service=agent
    `)).toEqual([['web', 'agent', 100, '2 of 2']]);
  });

  it('are not believed where no single shift explains all calls', () => {
    expect(told(`
      ask          1000----1100          service=web
        early   500--520                 service=agent
        late                  2000-2020  service=agent
    `)).toEqual([['web', 'agent', null, '2 of 2']]);
  });

  it('are not seen in work that only ends late, in one service, or a moment too early', () => {
    expect(told(`
      ask        100--200             service=web
        after       150----300        service=agent
        moment   99.5-150             service=agent
        own     0--50                 service=web
        nobody  0--50
    `)).toEqual([]);
  });

  it('count both directions of a pair together', () => {
    expect(told(`
      ask          1000------------1100   service=web
        call    520---------580           service=agent
          back         1045--1055         service=web
    `)).toEqual([['web', 'agent', 500, '2 of 2']]);
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
      'ask 0-100', '  plan 10-40 clock-corrected', '    own 15-35', '    hidden 20-30 clock-corrected', '  answer 60-90 clock-corrected',
    ]);
    for (const { key, startUnixNano, endUnixNano } of right.spans()) expect(trace.find(key)).toMatchObject({ startUnixNano, endUnixNano });
  });

  it('is the trace itself where all is well', () => {
    const trace = drawTrace('a 0--10 service=x\n  b 2--5 service=y');
    expect(correctClocks(trace)).toEqual({ trace, skews: [] });
  });

  it('moves events with their span', () => {
    const span = (spanId: string, parentSpanId: string | undefined, start: number, events: object[]) => ({ traceId: '1', spanId, parentSpanId, name: spanId, startTimeUnixNano: `${1_795_359_116_000 + start}000000`, endTimeUnixNano: `${1_795_359_116_000 + start + 100 - (parentSpanId ? 20 : 0)}000000`, events });
    const of = (service: string, spans: object[]) => ({ resource: { attributes: [{ key: 'service.name', value: { stringValue: service } }] }, scopeSpans: [{ spans }] });
    const [trace] = readTraces({ resourceSpans: [of('web', [span('a1', undefined, 5000, [])]), of('agent', [span('b2', 'a1', 0, [{ name: 'e', timeUnixNano: '1795359116040000000' }])])] }).traces;
    const { trace: right } = correctClocks(trace!);
    const child = right.find('b2')!;
    expect((child.content() as SpanContent).events[0]!.time - child.start).toBe(40 * MS);
    expect(child.start - right.span(0).start).toBe(10 * MS);
  });

  it('finds any error of a clock that was planted, and leaves nothing out of place', () => {
    const tree = fc.array(fc.record({ parent: fc.nat(), from: fc.double({ min: 0, max: 1, noNaN: true }), to: fc.double({ min: 0, max: 1, noNaN: true }), service: fc.nat(2) }), { maxLength: 25 });
    fc.assert(fc.property(tree, fc.integer({ min: -10_000, max: 10_000 }), (spans, error) => {
      const trace = planted(spans, error * MS);
      const { trace: right } = correctClocks(trace);
      expect(right.spanCount).toBe(trace.spanCount);
      expect(new Set(Array.from(right.spans(), ({ key }) => key))).toEqual(new Set(Array.from(trace.spans(), ({ key }) => key)));
      for (const { diagnostics } of right.spans()) expect(diagnostics.map(({ code }) => code)).not.toContain('clock-skew');
    }));
  });
});

/** A tree in which children lie inside their parents, but that one service's clock is wrong by `error` nanoseconds. */
function planted(spans: readonly { readonly parent: number; readonly from: number; readonly to: number; readonly service: number }[], error: number): Trace {
  const origin = 1_795_359_116_000_000_000n;
  const lines = [{ start: 0, end: 60_000 * MS, service: 0, parent: -1 }];
  for (const { parent, from, to, service } of spans) {
    const above = lines[parent % lines.length]!;
    const [low, high] = [Math.min(from, to), Math.max(from, to)];
    lines.push({ start: Math.round(above.start + low * (above.end - above.start)), end: Math.round(above.start + high * (above.end - above.start)), service, parent: parent % (lines.length) });
  }
  const nanos = (time: number, service: number): string => String(origin + BigInt(time + (service === 1 ? error : 0)));
  return readTraces({ resourceSpans: lines.map(({ start, end, service, parent }, at) => ({
    resource: { attributes: [{ key: 'service.name', value: { stringValue: `s${service}` } }] },
    scopeSpans: [{ spans: [{ traceId: 'ab', spanId: `${at + 1}`, ...(parent === -1 ? {} : { parentSpanId: `${parent + 1}` }), name: `n${at}`, startTimeUnixNano: nanos(start, service), endTimeUnixNano: nanos(end, service) }] }],
  })) }).traces[0]!;
}
