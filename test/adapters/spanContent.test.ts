import { describe, expect, it } from 'vitest';
import { auditContent, readTraces, type SpanContent, type TraceSet } from '../../src/core.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const read = (span: object, around: object = {}): TraceSet =>
  readTraces({
    resourceSpans: [
      {
        scopeSpans: [
          {
            spans: [
              {
                traceId: TRACE,
                spanId: '0a',
                startTimeUnixNano: '1795359116000000000',
                endTimeUnixNano: '1795359116000000009',
                ...span,
              },
            ],
            ...around,
          },
        ],
      },
    ],
  });
const content = (span: object, around?: object): SpanContent =>
  read(span, around).traces[0]!.span(0).content() as SpanContent;
const text = (key: string, stringValue: unknown) => ({ key, value: { stringValue } });

describe('what OTLP says beside attributes', () => {
  it('is flags, trace state, schema and what was dropped', () => {
    const opened = content(
      { flags: 0x301, traceState: 'a=1', droppedAttributesCount: 3, droppedEventsCount: '2' },
      { schemaUrl: 'https://opentelemetry.io/schemas/1.37.0' },
    );
    expect(opened).toMatchObject({
      flags: 0x301,
      remoteParent: true,
      traceState: 'a=1',
      dropped: { attributes: 3, events: 2, links: 0 },
      schemaUrl: 'https://opentelemetry.io/schemas/1.37.0',
    });
  });

  it('is absent where it says nothing', () => {
    expect(content({ flags: 257, droppedAttributesCount: 0 })).toMatchObject({ flags: 257, remoteParent: false });
    const opened = content({ flags: 1 });
    for (const field of ['remoteParent', 'traceState', 'dropped', 'schemaUrl', 'diagnostics'])
      expect(opened).not.toHaveProperty(field);
  });

  it('is events and links with attributes of their own, ids in one form', () => {
    const opened = content({
      events: [
        { name: 'e', time_unix_nano: '1795359116000000004', attributes: [text('a', 'x')], droppedAttributesCount: 1 },
      ],
      links: [
        {
          traceId: TRACE.toUpperCase(),
          spanId: 'APBnqgupArc=',
          traceState: 'b=2',
          attributes: [text('why', 'retry')],
          dropped_attributes_count: 2,
        },
      ],
    });
    expect(opened.events).toEqual([{ name: 'e', time: 4, attributes: new Map([['a', 'x']]), droppedAttributes: 1 }]);
    expect(opened.links).toEqual([
      {
        traceId: TRACE,
        spanId: '00f067aa0ba902b7',
        direction: 'out',
        traceState: 'b=2',
        attributes: new Map([['why', 'retry']]),
        droppedAttributes: 2,
      },
    ]);
  });

  it('keeps 64-bit values exact', () => {
    const opened = content({
      attributes: [
        { key: 'n', value: { intValue: '9223372036854775807' } },
        { key: 'l', value: { arrayValue: { values: [{ intValue: '-9007199254740993' }] } } },
      ],
    });
    expect([...opened.attributes.values()]).toEqual([9_223_372_036_854_775_807n, [-9_007_199_254_740_993n]]);
  });
});

const START = '1795359116000000000';

describe('auditContent', () => {
  const found = async (...spans: readonly object[]) =>
    (
      await auditContent(
        readTraces(spans.map((span, i) => ({ traceId: TRACE, spanId: `a${i}`, startTimeUnixNano: START, ...span }))),
      )
    ).map(({ code, count, keys }) => [code, count, keys]);
  const first = `${TRACE}/a0`;

  it.each([
    [
      'entries that are no attributes',
      'bad-attribute',
      4,
      { attributes: [null, 7, { value: {} }, { key: 5 }, text('good', 'kept')] },
    ],
    ['attributes that are no list', 'bad-attribute', 1, { attributes: 'x' }],
    ['a key that comes twice', 'bad-attribute', 1, { attributes: [text('a', '1'), text('a', '2')] }],
    ['attributes of an event', 'bad-attribute', 1, { events: [{ name: 'e', attributes: [null] }] }],
    ['an integer in words', 'bad-number', 1, { attributes: [{ key: 'a', value: { intValue: 'many' } }] }],
    ['tokens in words', 'bad-number', 1, { attributes: [text('llm.token_count.prompt', 'many')] }],
    [
      'a place beyond any list',
      'index-out-of-range',
      1,
      {
        attributes: [
          text('llm.input_messages.4294967295.message.content', 'far'),
          text('llm.input_messages.0.message.content', 'near'),
        ],
      },
    ],
    [
      'a list that is a value as well',
      'list-conflict',
      1,
      { attributes: [text('llm.input_messages', 'x'), text('llm.input_messages.0.message.content', 'y')] },
    ],
    [
      'an item that is a value as well',
      'list-conflict',
      1,
      { attributes: [text('llm.input_messages.0', 'x'), text('llm.input_messages.0.message.content', 'y')] },
    ],
    [
      'a picture elsewhere',
      'image-blocked',
      1,
      {
        attributes: [
          text('llm.input_messages.0.message.contents.0.message_content.type', 'image'),
          text('llm.input_messages.0.message.contents.0.message_content.image.image.url', 'https://x.invalid/a.png'),
        ],
      },
    ],
  ])('finds %s', async (_, code, count, span) => {
    const keys = Array.from({ length: count }, () => first);
    expect(await found(span)).toEqual([[code, count, keys]]);
  });

  it('finds nothing in what is in order', async () => {
    const attributes = [
      text('a', ''),
      { key: 'b' },
      { key: 'c', value: {} },
      text('url.path.0', 'x'),
      text('llm.token_count.prompt', '12'),
      text('llm.input_messages.0.message.role', 'user'),
      text('http.status.404', 'x'),
    ];
    expect(await found({ attributes }, { attributes: { a: 'as map' } }, { attributes: null }, {})).toEqual([]);
  });

  it('groups what is equal over spans and leaves every value in place', async () => {
    const span = { attributes: [text('llm.token_count.prompt', 'many'), null] };
    const set = readTraces(
      Array.from({ length: 300 }, (_, i) => ({ traceId: TRACE, spanId: `a${i}`, startTimeUnixNano: START, ...span })),
    );
    const diagnostics = await auditContent(set);
    expect(diagnostics).toMatchObject([
      { code: 'bad-attribute', count: 300 },
      { code: 'bad-number', count: 300 },
    ]);
    expect((set.traces[0]!.span(0).content() as SpanContent).attributes.get('llm.token_count.prompt')).toBe('many');
  });

  it('stops when the signal says so', async () => {
    await expect(auditContent(read({}), { signal: AbortSignal.abort(new Error('left')) })).rejects.toThrow('left');
  });
});
