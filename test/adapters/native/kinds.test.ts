import { expect, it } from 'vitest';
import { readTraces } from '../../../src/core.ts';

const read = (kind: string, rawKind?: string) =>
  readTraces({
    format: 'spanwise/1',
    traces: [
      {
        traceId: 't',
        spans: [
          {
            spanId: 'a',
            name: 'n',
            kind,
            ...(rawKind === undefined ? {} : { rawKind }),
            startUnixNano: '1795359116000000000',
          },
        ],
      },
    ],
  }).traces[0]!.span(0);

it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('the kind %s is none', (kind) => {
  expect(read(kind)).toMatchObject({ kind: 'span', rawKind: kind });
  expect(read(kind, 'mine')).toMatchObject({ kind: 'span', rawKind: 'mine' });
});

it('a kind of the host is one', () => {
  expect(read('billing')).toMatchObject({ kind: 'billing', rawKind: null });
});
