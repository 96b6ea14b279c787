import { describe, expect, it } from 'vitest';
import {
  auditContent,
  ledger,
  parseTraces,
  readTraces,
  selfTime,
  TraceInputError,
  type SpanContent,
  type TraceSet,
} from '../../src/core.ts';
import { deepFreeze } from '../model/deepFreeze.ts';

/** Objects that a host passes in directly, and that bite. */
const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const START = 1_795_359_116_000_000_000n;
const span = (more: object = {}): object => ({
  traceId: TRACE,
  spanId: '0a',
  name: 'step',
  startTimeUnixNano: String(START),
  endTimeUnixNano: String(START + 5n),
  ...more,
});
const document = (...spans: unknown[]) => ({ resourceSpans: [{ scopeSpans: [{ spans }] }] });
const throwing = (field: string, more: object = {}): object =>
  Object.defineProperty(Array.isArray(more) ? [...(more as unknown[])] : { ...more }, field, {
    enumerable: true,
    get() {
      throw new Error('no entry');
    },
  });
const revoked = (): object => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
};
const codes = ({ diagnostics }: TraceSet) => Object.fromEntries(diagnostics.map(({ code, count }) => [code, count]));
const names = ({ traces }: TraceSet) => traces.flatMap((trace) => Array.from(trace.spans(), ({ name }) => name));

/** Asks for all that a viewer would. */
async function openAll(set: TraceSet): Promise<void> {
  await auditContent(set);
  for (const trace of set.traces) {
    expect(ledger(trace).conflicts).toEqual([]);
    expect(selfTime(trace)).toHaveLength(trace.spanCount);
  }
}

describe('what throws when looked at', () => {
  it.each([
    ['a revoked proxy', revoked()],
    [
      'a proxy',
      new Proxy(span(), {
        get() {
          throw new Error('no entry');
        },
      }),
    ],
    [
      'an error that bites as well',
      new Proxy(
        {},
        {
          get() {
            throw revoked();
          },
        },
      ),
    ],
  ])('%s is skipped, and its neighbours are shown', async (_, hostile) => {
    const set = readTraces(document(hostile, span({ name: 'good' })));
    expect(names(set)).toEqual(['good']);
    expect(set.accounting).toEqual({ entries: 2, shown: 1, merged: 0, skipped: 1 });
    expect(codes(set)).toEqual({ 'span-not-object': 1 });
    await openAll(set);
  });

  it.each([
    ['a name', throwing('name', span()), { name: '' }],
    ['an id', throwing('spanId', span()), { name: 'step' }],
    ['a time', throwing('endTimeUnixNano', span()), { status: 'running' }],
    ['a status', throwing('status', span()), { status: 'unset' }],
    ['a code', span({ status: throwing('code', { message: 'bad' }) }), { statusMessage: 'bad' }],
    ['a kind', throwing('kind', span()), { otelKind: null }],
    ['a list of events', throwing('events', span()), { name: 'step' }],
    ['a list of links', throwing('links', span()), { name: 'step' }],
    ['attributes as a whole', throwing('attributes', span()), { kind: 'span' }],
    [
      'half a time',
      span({
        startTimeUnixNano: Object.defineProperty([1, 2], 0, {
          get() {
            throw new Error('no entry');
          },
        }),
      }),
      { name: 'step' },
    ],
  ])('%s leaves the span in place with what can be read', async (_, hostile, shown) => {
    const set = readTraces(document(hostile, span({ spanId: '0b', name: 'good' })));
    expect(names(set)).toContain('good');
    expect(Array.from(set.traces[0]!.spans())).toContainEqual(expect.objectContaining(shown));
    expect(set.accounting).toEqual({ entries: 2, shown: 2, merged: 0, skipped: 0 });
    expect(codes(set)).toMatchObject({ 'bad-attribute': 1 });
    await openAll(set);
  });

  it('an event leaves its span and the other events in place', () => {
    const set = readTraces(
      document(
        span({
          events: [throwing('name'), revoked(), { name: 'e', timeUnixNano: String(START + 9n) }],
          endTimeUnixNano: undefined,
        }),
      ),
    );
    expect(set.accounting).toMatchObject({ entries: 1, shown: 1 });
    expect(set.traces[0]!.end).toBe(9);
  });

  it.each(['scope', 'schemaUrl'])('a %s leaves its spans and the next scope in place', (field) => {
    const set = readTraces({
      resourceSpans: [
        {
          scopeSpans: [
            throwing(field, { spans: [span({ name: 'one' })] }),
            { spans: [span({ spanId: '0b', name: 'two' })] },
          ],
        },
      ],
    });
    expect(names(set)).toEqual(['one', 'two']);
    expect(set.accounting).toEqual({ entries: 2, shown: 2, merged: 0, skipped: 0 });
    expect(codes(set)).toMatchObject({ 'mixed-format': 1 });
  });

  it.each(['resource', 'schemaUrl'])('a %s of several scopes leaves their spans in place', (field) => {
    const set = readTraces({
      resourceSpans: [
        throwing(field, {
          scopeSpans: [{ spans: [span({ name: 'one' })] }, { spans: [span({ spanId: '0b', name: 'two' })] }],
        }),
      ],
    });
    expect(names(set)).toEqual(['one', 'two']);
    expect(codes(set)['mixed-format']).toBeGreaterThan(0);
  });

  it.each([
    ['of documents', document(span())],
    ['of spans', span()],
  ])('an entry of a list %s leaves the others in place', (_, good) => {
    const set = readTraces(throwing('1', [{}, {}, good]) as object[]);
    expect(names(set)).toContain('step');
    expect(codes(set)['mixed-format']).toBeGreaterThan(0);
  });

  it('spans of one scope leave the next scope in place', () => {
    expect(
      names(
        readTraces({
          resourceSpans: [
            { scopeSpans: [throwing('spans'), revoked(), { spans: [span()] }] },
            revoked(),
            { scopeSpans: [{ spans: [span({ spanId: '0b', name: 'two' })] }] },
          ],
        }),
      ),
    ).toEqual(['step', 'two']);
  });

  it.each([
    ['attributes', { attributes: throwing('x') }],
    ['an entry of attributes', { attributes: [throwing('key'), { key: 'a', value: { stringValue: 'x' } }] }],
    ['a value', { attributes: [{ key: 'openinference.span.kind', value: throwing('stringValue') }] }],
  ])('%s leaves the span in place', async (_, more) => {
    const set = readTraces(document(span(more)));
    expect(names(set)).toEqual(['step']);
    expect(codes(set)).toMatchObject({ 'bad-attribute': 1 });
    await openAll(set);
    expect((set.traces[0]!.span(0).content() as SpanContent).diagnostics).toMatchObject([{ code: 'bad-attribute' }]);
  });

  it.each([
    ['an event', { events: [throwing('attributes', { name: 'e' })] }],
    ['a link', { links: [throwing('traceId')] }],
    ['a nested value', { attributes: [{ key: 'a', value: { kvlistValue: throwing('values') } }] }],
    ['a count', throwing('droppedLinksCount', span())],
  ])('%s leaves the rest of the content in place', async (_, more) => {
    const set = readTraces(document('spanId' in more ? more : span(more)));
    expect(names(set)).toEqual(['step']);
    expect((set.traces[0]!.span(0).content() as SpanContent).diagnostics).toMatchObject([{ code: 'bad-attribute' }]);
    await openAll(set);
  });

  it('in a resource, a scope or an envelope is left out alone', async () => {
    const set = readTraces([
      {
        resourceSpans: [
          throwing('scopeSpans'),
          {
            resource: throwing('attributes'),
            scopeSpans: [throwing('spans'), { scope: throwing('name'), spans: [span()] }],
          },
        ],
      },
      revoked(),
      document(span({ spanId: '0b', name: 'other' })),
    ]);
    expect(names(set)).toContain('other');
    expect(codes(set)['mixed-format']).toBeGreaterThan(0);
    await openAll(set);
  });

  it.each([
    ['a revoked proxy', revoked()],
    ['a throwing field', throwing('resourceSpans')],
    ['a list of such', [revoked()]],
  ])('as a whole, %s is refused', async (_, input) => {
    expect(() => readTraces(input)).toThrow(TraceInputError);
    await expect(parseTraces(input)).rejects.toBeInstanceOf(TraceInputError);
  });
});

describe('what holds itself', () => {
  it('is read once, at any level', async () => {
    const circle: Record<string, unknown> = { ...span() };
    circle['attributes'] = { self: circle };
    circle['events'] = [circle];
    circle['links'] = [circle];
    const envelope: Record<string, unknown> = { resourceSpans: [{ scopeSpans: [{ spans: [circle] }] }] };
    (envelope['resourceSpans'] as unknown[]).push(envelope);
    envelope['trace'] = envelope;
    const set = readTraces(envelope);
    expect(names(set)).toEqual(['step']);
    await openAll(set);
  });
});

describe('what is frozen', () => {
  it('is read and left as it was', async () => {
    const input = deepFreeze(
      document(
        span({
          attributes: [{ key: 'a', value: { arrayValue: { values: [{ stringValue: 'x' }] } } }],
          events: [{ name: 'e' }],
          links: [{ traceId: TRACE }],
        }),
        null,
      ),
    );
    const before = JSON.stringify(input);
    await openAll(await parseTraces(input));
    expect(JSON.stringify(input)).toBe(before);
  });
});

describe('text that bites', () => {
  it.each([
    ['lone surrogates', '\uD800x\uDC00'],
    ['NUL', 'a\0b'],
    ['an unwritable key', '__proto__'],
    ['a name of Object', 'toString'],
  ])('%s in names, ids, keys and values stays as it is', async (_, word) => {
    const set = await parseTraces(
      JSON.stringify(
        document(
          span({
            name: word,
            spanId: word,
            parentSpanId: word,
            attributes: [
              { key: word, value: { stringValue: word } },
              { key: 'm', value: { kvlistValue: { values: [{ key: word, value: { stringValue: word } }] } } },
            ],
            events: [{ name: word }],
          }),
        ),
      ),
    );
    const [only] = [...set.traces[0]!.spans()];
    const { attributes, events } = only!.content() as SpanContent;
    expect([only!.name, only!.spanId, attributes.get(word), events[0]!.name]).toEqual([word, word, word, word]);
    expect(Object.keys(attributes.get('m') as object)).toEqual([word]);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    await openAll(set);
  });

  it('of 50 MB is one value', async () => {
    const large = 'x'.repeat(50_000_000);
    const set = await parseTraces(
      JSON.stringify(document(span({ attributes: [{ key: 'input.value', value: { stringValue: large } }] }))),
    );
    expect((set.traces[0]!.span(0).content() as SpanContent).input!.text.length).toBe(50_000_000);
  });
});
