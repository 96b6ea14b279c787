import { describe, expect, it } from 'vitest';
import { parseTraces, type TraceSet } from '../../../src/core.ts';

const TRACE = '7c1d0f8e5b6a49d2a3c4e5f60718293a';
const row = {
  trace_id: TRACE,
  span_id: '00000000000000a1',
  parent_span_id: null,
  name: 'plan',
  kind: 'SPAN_KIND_CLIENT',
  start_time: '2026-11-22T13:20:48.250000',
  end_time: '2026-11-22T13:20:49.500000',
  status: { code: 'STATUS_CODE_OK' },
  attributes: { 'gen_ai.operation.name': 'chat' },
};
const seen = ({ traces }: TraceSet) =>
  [...traces[0]!.spans()].map(({ name, startUnixNano, duration, status, service, kind, otelKind }) => ({
    name,
    start: String(startUnixNano),
    millis: duration / 1e6,
    status,
    service,
    kind,
    otelKind,
  }));
const RIGHT = {
  name: 'plan',
  start: '1795353648250000000',
  millis: 1250,
  status: 'ok',
  service: null,
  kind: 'llm',
  otelKind: 'client',
};

describe('rows of spans without an envelope', () => {
  it.each([
    ['a row', row],
    ['a list', [row]],
    ['a list under a name', { trace_id: TRACE, span_count: 1, spans: [row] }],
    [
      'camel case',
      { ...row, start_time: undefined, end_time: undefined, startTime: row.start_time, endTime: row.end_time },
    ],
    ['nanoseconds as numbers', { ...row, start_time: 1_795_353_648_250_000_000, end_time: 1_795_353_649_500_000_000 }],
    ['status in a field', { ...row, status: undefined, status_code: 'OK' }],
    ['the words of Python', { ...row, kind: 'SpanKind.CLIENT', status: { status_code: 'StatusCode.OK' } }],
    ['attributes as text', { ...row, attributes: JSON.stringify(row.attributes) }],
  ])('are read: %s', async (_, document) => {
    const set = await parseTraces(JSON.stringify(document));
    expect(set.format).toBe('otlp');
    expect(seen(set)).toEqual([RIGHT]);
  });

  it.each([
    ['a resource', { resource: { attributes: { 'service.name': 'kiosk' } } }],
    ['its attributes alone', { resource: { 'service.name': 'kiosk' } }],
    ['a list of these', { resource: { attributes: [{ key: 'service.name', value: { stringValue: 'kiosk' } }] } }],
    ['JSON text', { resource_attributes: '{"service.name":"kiosk"}' }],
    ['a field', { service_name: 'kiosk' }],
  ])('tell the service by %s', async (_, around) => {
    expect(seen(await parseTraces(JSON.stringify([{ ...row, ...around }])))).toEqual([{ ...RIGHT, service: 'kiosk' }]);
  });

  it('tell the scope', async () => {
    const set = await parseTraces([{ ...row, scope: { name: 'desk', version: '2' } }]);
    expect(await set.traces[0]!.span(0).content()).toMatchObject({ scope: { name: 'desk', version: '2' } });
  });
});

describe('integers beyond 2^53', () => {
  const text = (fields: string): string =>
    `[{"trace_id":${fields},"span_id":9007199254740993,"name":"a","start_time":1795353648250000001,"end_time":1795353648250000004},` +
    `{"trace_id":${fields},"span_id": 9007199254740994,"parent_span_id":9007199254740993,"name":"b",` +
    `"start_time":1795353648250000002,"end_time":1795353648250000003,"attributes":{"order":12345678901234567890}}]`;

  it.each([
    ['in a document', (whole: string) => whole],
    ['one a line', (whole: string) => whole.slice(1, -1).replace('},{', '}\n{')],
  ])('keep all their digits: %s', async (_, form) => {
    const { traces, diagnostics } = await parseTraces(form(text('340282366920938463463374607431768211455')));
    expect(traces).toHaveLength(1);
    const spans = [...traces[0]!.spans()];
    expect(spans.map(({ spanId, name, parent }) => [spanId, name, parent?.name])).toEqual([
      ['9007199254740993', 'a', undefined],
      ['9007199254740994', 'b', 'a'],
    ]);
    expect(spans.map(({ start, duration }) => [start, duration])).toEqual([
      [0, 3],
      [1, 1],
    ]);
    expect((await spans[1]!.content()).attributes.get('order')).toBe('12345678901234567890');
    expect(diagnostics.map(({ code }) => code)).not.toContain('duplicate-span-id');
  });

  it('within texts stay as they are', async () => {
    const said = '{"order": 12345678901234567890, "t":12345678901234567890}';
    const [span] = (
      await parseTraces(
        `{"traceId":"${TRACE}","spanId":"00000000000000a1","startTimeUnixNano":1795353648250000001,"name":${JSON.stringify(said)}}`,
      )
    ).traces[0]!.spans();
    expect([span!.name, String(span!.startUnixNano)]).toEqual([said, '1795353648250000001']);
  });
});

describe('a span that comes again', () => {
  const twice = (first: object, second: object) =>
    parseTraces([
      { ...row, ...first },
      { ...row, ...second },
    ]);

  it.each([
    ['in another scope', { scope: { name: 'a' } }, { scope: { name: 'b' } }],
    ['of another resource', { resource: { 'service.name': 'a' } }, { resource: { 'service.name': 'b' } }],
  ])('%s is shown and reported', async (_, first, second) => {
    const set = await twice(first, second);
    expect(set.accounting).toMatchObject({ entries: 2, shown: 2 });
    expect(set.diagnostics).toMatchObject([{ code: 'duplicate-span-id', count: 2 }]);
  });

  it('as it was is shown once', async () => {
    const set = await twice({ scope: { name: 'a' } }, { scope: { name: 'a' } });
    expect(set.accounting).toMatchObject({ entries: 2, shown: 1, merged: 1 });
  });
});
