import { BinaryWriter } from '@bufbuild/protobuf/wire';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { parseTraces } from '../../src/core.ts';
import { dump } from '../model/dump.ts';

type Write = (writer: BinaryWriter) => BinaryWriter;
const message = (...fields: readonly Write[]): Uint8Array => {
  let writer = new BinaryWriter();
  for (const field of fields) writer = field(writer);
  return writer.finish();
};
const bytes =
  (number: number, value: Uint8Array): Write =>
  (writer) =>
    writer.tag(number, 2).bytes(value);
const text =
  (number: number, value: string): Write =>
  (writer) =>
    writer.tag(number, 2).string(value);
const fixed =
  (number: number, value: bigint): Write =>
  (writer) =>
    writer.tag(number, 1).fixed64(value);
const varint =
  (number: number, value: number): Write =>
  (writer) =>
    writer.tag(number, 0).uint32(value);
const hex = (id: string): Uint8Array => Uint8Array.from(Buffer.from(id, 'hex'));
const attribute = (key: string, value: Uint8Array): Write => bytes(9, message(text(1, key), bytes(2, value)));

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const span = (id: string, parent: string | null): Uint8Array =>
  message(
    bytes(1, hex(TRACE)),
    bytes(2, hex(id)),
    ...(parent === null ? [] : [bytes(4, hex(parent))]),
    text(5, 'step'),
    varint(6, 3),
    fixed(7, 1_795_359_116_000_000_001n),
    fixed(8, 1_795_359_117_000_000_002n),
    attribute('text', message(text(1, 'words'))),
    attribute(
      'large',
      message((writer) => writer.tag(3, 0).int64(9_007_199_254_740_993n)),
    ),
    attribute(
      'list',
      message(
        bytes(
          5,
          message(
            bytes(
              1,
              message((writer) => writer.tag(4, 1).double(0.5)),
            ),
          ),
        ),
      ),
    ),
    attribute('map', message(bytes(6, message(bytes(1, message(text(1, 'k'), bytes(2, message(text(1, 'v'))))))))),
    bytes(11, message(fixed(1, 1_795_359_116_500_000_000n), text(2, 'said'))),
    bytes(15, message(text(2, 'boom'), varint(3, 2))),
    // A field of a later version.
    text(99, 'unknown'),
  );
const resource = message(bytes(1, message(text(1, 'service.name'), bytes(2, message(text(1, 'web'))))));
const body = message(
  bytes(
    1,
    message(
      bytes(1, resource),
      bytes(
        2,
        message(
          bytes(1, message(text(1, 'scope'))),
          bytes(2, span('00f067aa0ba902b7', null)),
          bytes(2, span('00f067aa0ba902b8', '00f067aa0ba902b7')),
        ),
      ),
    ),
  ),
);
const framed = (head: number, ...messages: readonly Uint8Array[]): Uint8Array =>
  Buffer.concat(
    messages.flatMap((each) => {
      const length = Buffer.alloc(head);
      length.writeUInt32BE(each.length, head - 4);
      return [length, Buffer.from(each)];
    }),
  );

const anyValue = (value: object) => ({ value });
const json = {
  resourceSpans: [
    {
      resource: { attributes: [{ key: 'service.name', ...anyValue({ stringValue: 'web' }) }] },
      scopeSpans: [
        {
          scope: { name: 'scope' },
          spans: ['00f067aa0ba902b7', '00f067aa0ba902b8'].map((spanId, place) => ({
            traceId: TRACE,
            spanId,
            ...(place === 0 ? {} : { parentSpanId: '00f067aa0ba902b7' }),
            name: 'step',
            kind: 3,
            startTimeUnixNano: '1795359116000000001',
            endTimeUnixNano: '1795359117000000002',
            attributes: [
              { key: 'text', ...anyValue({ stringValue: 'words' }) },
              { key: 'large', ...anyValue({ intValue: '9007199254740993' }) },
              { key: 'list', ...anyValue({ arrayValue: { values: [{ doubleValue: 0.5 }] } }) },
              { key: 'map', ...anyValue({ kvlistValue: { values: [{ key: 'k', value: { stringValue: 'v' } }] } }) },
            ],
            events: [{ timeUnixNano: '1795359116500000000', name: 'said' }],
            status: { message: 'boom', code: 2 },
          })),
        },
      ],
    },
  ],
};

describe('OTLP as protobuf', () => {
  it.each([
    ['the body of an exporter', body],
    ['gzipped', gzipSync(body)],
    ['a file of the collector', framed(4, body)],
    ['frames of gRPC', framed(5, body)],
    ['several messages', framed(4, body, body)],
  ])('%s is read like the same in JSON', async (_, input) => {
    const set = await parseTraces(input);
    const same = await parseTraces(JSON.stringify(json));
    expect(dump(set).traces).toEqual(dump(same).traces);
    const [own, other] = await Promise.all([set, same].map(({ traces }) => traces[0]!.content(1)));
    expect([...own!.attributes]).toEqual([...other!.attributes]);
    expect(own!.attributes.get('large')).toBe(9_007_199_254_740_993n);
  });

  it.each([
    ['cut off', body.subarray(0, body.length - 9)],
    ['of logs', message(bytes(1, message(bytes(2, message(bytes(2, message(fixed(1, 5n), varint(2, 9))))))))],
    ['that is none', Uint8Array.from([0x0a, 0x9b, 0x01, 0x0a, 0x12, 0x0a, 0x10])],
    ['nested without end', Uint8Array.from([0x0a, 0, ...Array.from({ length: 300 }, () => 0x0a), 1])],
  ])('%s is refused', async (_, input) => {
    await expect(parseTraces(input)).rejects.toMatchObject({
      code: expect.stringMatching(/^(?:bad-encoding|not-json)$/) as string,
    });
  });
});
