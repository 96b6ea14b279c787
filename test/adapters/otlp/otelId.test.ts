import { describe, expect, it } from 'vitest';
import { otelId } from '../../../src/adapters/otel/otelId.ts';

const SPAN = '00f067aa0ba902b7';
const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const good = (id: string) => ({ id, bad: false });
const bad = (id: string | null) => ({ id, bad: true });
const none = { id: null, bad: false };

describe('otelId', () => {
  it.each([
    ['lower case', SPAN, 16, good(SPAN)],
    ['upper case', SPAN.toUpperCase(), 16, good(SPAN)],
    ['0x in front', `0x${SPAN}`, 16, good(SPAN)],
    ['white space around', ` ${SPAN}\n`, 16, good(SPAN)],
    ['short', '2b7', 16, good('2b7')],
    ['a trace id', TRACE, 32, good(TRACE)],
    ['a dashed UUID', '4bf92f35-77b3-4da6-a3ce-929d0e0e4736', 32, good(TRACE)],
    ['base64 of 8 bytes', 'APBnqgupArc=', 16, good(SPAN)],
    ['base64 without padding', 'APBnqgupArc', 16, good(SPAN)],
    ['base64 of 16 bytes', 'S/kvNXezTaajzpKdDg5HNg==', 32, good(TRACE)],
    ['base64 with the letters for URLs', 'S_kvNXezTaajzpKdDg5HNg', 32, good(TRACE)],
    ['zeros', '0000000000000000', 16, none],
    ['a single zero', '0', 16, none],
    ['zeros in base64', 'AAAAAAAAAAA=', 16, none],
    ['empty', '', 16, none],
    ['null', null, 16, none],
    ['nothing', undefined, 16, none],
    ['words', 'my span', 16, bad('my span')],
    ['too long', `${SPAN}00`, 16, bad(`${SPAN}00`)],
    [
      'a UUID where 16 digits belong',
      '4bf92f35-77b3-4da6-a3ce-929d0e0e4736',
      16,
      bad('4bf92f35-77b3-4da6-a3ce-929d0e0e4736'),
    ],
    ['a number', 42, 16, bad('42')],
    ['an object', { id: SPAN }, 16, bad(null)],
    ['only white space', '  ', 16, bad('  ')],
  ] as const)('reads %s', (_, value, digits, id) => {
    expect(otelId(value, digits)).toEqual(id);
  });
});
