import { describe, expect, it } from 'vitest';
import { createRedaction } from '../../src/redact/createRedaction.ts';
import { MASK, splitMasked } from '../../src/redact/mark.ts';
import { redactors } from '../../src/redact/redactors.ts';
import type { RedactRule } from '../../src/redact/types.ts';

const password: RedactRule = { name: 'secret', key: /password$/ };
const both = (rules: readonly RedactRule[], value: unknown): unknown => {
  const redaction = createRedaction(rules);
  redaction.scan(value);
  return redaction.mask(value);
};
/** The same where a word or number was seen under a key before. */
const known = (secret: unknown, value: unknown): unknown => {
  const redaction = createRedaction([password]);
  redaction.scan({ password: secret });
  return redaction.mask(value);
};

describe('under a key', () => {
  it('every text and number is masked; structure, booleans and null stay', () => {
    expect(both([password], { password: { a: ['one', 2, 3n, true, null, ''], b: '{"c": [1.50, "two"], "d": false}' }, other: 2 })).toEqual({
      password: { a: ['⟦secret·1⟧', '⟦secret·2⟧', '⟦secret·3⟧', true, null, ''], b: '{"c": ["⟦secret·4⟧", "⟦secret·5⟧"], "d": false}' }, other: 2,
    });
  });

  it('as OTLP and Jaeger write keys', () => {
    const any = { key: 'db.password', value: { kvlistValue: { values: [{ key: 'inner', value: { stringValue: 'x' } }] } } };
    expect(both([password], [any, { key: 'password', value: { string_value: 'y' } }, { key: 'password', type: 'string', value: 'z' }, { key: 'passwords', value: 'stay' }])).toEqual([
      { key: 'db.password', value: { kvlistValue: { values: [{ key: 'inner', value: { stringValue: '⟦secret·1⟧' } }] } } },
      { key: 'password', value: { string_value: '⟦secret·2⟧' } }, { key: 'password', type: 'string', value: '⟦secret·3⟧' }, { key: 'passwords', value: 'stay' },
    ]);
    expect(both([password], '[{"value":{"stringValue":"y"},"key":"password"}]')).toBe('[{"value":{"stringValue":"⟦secret·1⟧"},"key":"password"}]');
    expect(both([password], new Map<string, unknown>([['user.password', 'x'], ['b', 'y']]))).toEqual(new Map([['user.password', '⟦secret·1⟧'], ['b', 'y']]));
  });

  it.each([
    [`{'password': 'it\\'s', 'ok': True}`, `{'password': '⟦secret·1⟧', 'ok': True}`],
    [`{"a": "don't", 'password': "x"}`, `{"a": "don't", 'password': "⟦secret·1⟧"}`],
    [`don't log {"password": 12345, "b": 1}`, `don't log {"password": "⟦secret·1⟧", "b": 1}`],
    [`5" wide {"password": ["a", {"b": "c"}], "d": "e"} it's`, `5" wide {"password": ["⟦secret·1⟧", {"b": "⟦secret·2⟧"}], "d": "e"} it's`],
    ['{"a": 1, "password": "cut o', '{"a": 1, "password": "⟦secret·1⟧'],
    ['{"a": "{\\"password\\": \\"cut o', '{"a": "{\\"password\\": \\"⟦secret·1⟧'],
    [`Login(password='x', n=1)`, `Login(password='⟦secret·1⟧', n=1)`],
    [`{'password': SecretStr('a b'), 'n': None, 'password': None}`, `{'password': SecretStr('⟦secret·1⟧'), 'n': None, 'password': None}`],
    ['event: x\ndata: {"password": "a\\u0062c\\n"}\n', 'event: x\ndata: {"password": "⟦secret·1⟧"}\n'],
    [`"password" : b'x'`, `"password" : b'⟦secret·1⟧'`],
    ['the password: none of your business', 'the password: none of your business'],
  ])('in the text %j', (text, masked) => {
    expect(both([password], text)).toBe(masked);
    expect(JSON.parse(both([password], JSON.stringify({ text })) as string)).toEqual({ text: masked });
  });

  it('a rule with both searches there only, and the first rule names what several find', () => {
    expect(both([{ name: 'zip', key: /address/, value: /\d{5}/ }], { address: ['D 10115 B'], other: 'D 10116 B', json: '{"address":{"zip":10117}}' })).toEqual({ address: ['D ⟦zip·1⟧ B'], other: 'D 10116 B', json: '{"address":{"zip":"⟦zip·2⟧"}}' });
    expect(both([{ name: 'one', value: /b/ }, { name: 'two', value: /abc/ }, { name: 'three', key: /k/ }, { name: 'four', key: /k/ }], { a: 'xabcx', k: 'abc d' })).toEqual({ a: 'x⟦two·1⟧x', k: '⟦three·1⟧' });
  });
});

describe('elsewhere', () => {
  it.each([
    ['hunter2x', 'ahunter2xb hunter2x', 'a⟦secret·1⟧b ⟦secret·1⟧'],
    ['abc', 'abc', 'abc'],
    ['abcde', 'abcde abcdef (abcde) éabcde', '⟦secret·1⟧ abcdef (⟦secret·1⟧) éabcde'],
    ['12345', '12345 123456 a12345 -12345', '⟦secret·1⟧ 123456 a12345 -⟦secret·1⟧'],
    [123456, '123456 1234567 a123456', '⟦secret·1⟧ 1234567 a⟦secret·1⟧'],
    ['None', 'None is none', 'None is none'],
    ['------', '------', '------'],
    [' padd3d\n', 'xpadd3dx', 'x⟦secret·1⟧x'],
    ['plainly', 'a plainly said unplainly', 'a ⟦secret·1⟧ said unplainly'],
    ['C:\\dir\\n', '{"a":"C:\\\\dir\\\\n"}', '{"a":"⟦secret·1⟧"}'],
    ['C:\\new\\b', '"at C:\\new\\b"', '"at ⟦secret·1⟧"'],
    ['say "x+y" 7', ' "say \\"x+y\\" 7" say+"x%2By"+7', ' "⟦secret·1⟧" ⟦secret·1⟧'],
    ['"quoted"', '{"a":"\\"quoted\\" quoted"}', '{"a":"⟦secret·1⟧ ⟦secret·2⟧"}'],
    ['p@ss w/x', 'http://u:p%40ss+w%2Fx@h p%40ss%20w%2fx p%2540ss%2520w%252Fx', 'http://u:⟦secret·1⟧@h ⟦secret·1⟧ ⟦secret·1⟧'],
    ['p@sswd', 'p\\u0040sswd p\\x40sswd "p\\\\u0040sswd" {"p@sswd":"p\\u0040sswd"}', '⟦secret·1⟧ ⟦secret·1⟧ "⟦secret·1⟧" {"⟦secret·1⟧":"⟦secret·1⟧"}'],
    ['x"y"zz', JSON.stringify(JSON.stringify(JSON.stringify(['x"y"zz']))), JSON.stringify(JSON.stringify(JSON.stringify(['⟦secret·1⟧'])))],
    [`long ${'x'.repeat(5_000)}`, `a long ${'x'.repeat(5_000)} b long ${'x'.repeat(4_999)}`, `a ⟦secret·1⟧ b long ${'x'.repeat(4_999)}`],
  ])('%j in %j', (secret, text, masked) => {
    expect(known(secret, text)).toBe(masked);
  });

  it('numbers are masked as a whole, with quotes in JSON', () => {
    expect(known('123456', [123456, 123456n, 1234567, 12345, '[123456, 1234567]', 'n: [123456]'])).toEqual(['⟦secret·1⟧', '⟦secret·1⟧', 1234567, 12345, '["⟦secret·1⟧", 1234567]', 'n: [⟦secret·1⟧]']);
    expect(known(1234, [1234, '[1234]'])).toEqual([1234, '[1234]']);
    expect(JSON.parse(JSON.parse(known('123456', JSON.stringify(JSON.stringify({ a: 123456 }))) as string) as string)).toEqual({ a: '⟦secret·1⟧' });
  });

  it('bytes, as base64 and as they are', () => {
    const bytes = new TextEncoder().encode('so hunter2x');
    const image = Uint8Array.from({ length: 64 }, (_, at) => (at * 37) % 256);
    expect(known('hunter2x', [{ bytesValue: btoa('so hunter2x') }, { bytes_value: btoa('no') }, bytes, bytes.buffer, image])).toEqual([{ bytesValue: '⟦secret·1⟧' }, { bytes_value: btoa('no') }, '⟦secret·1⟧', '⟦secret·1⟧', image]);
    expect(known('hunter2x', `data:image/png;base64,${'AAAA'.repeat(10_000)}hunter2x`)).toBe(`data:image/png;base64,${'AAAA'.repeat(10_000)}⟦secret·1⟧`);
  });

  it('secrets that overlap leave no half', () => {
    const redaction = createRedaction([password]);
    redaction.scan([{ password: 'abcd3fgh' }, { password: '3fghijklm' }]);
    expect(redaction.text('xabcd3fghijklmx')).toBe('x⟦secret·1⟧x');
  });

  it('many secrets', () => {
    const secrets = Array.from({ length: 10_000 }, (_, at) => `st${at * 7919}xy`);
    const redaction = createRedaction([password]);
    redaction.scan(secrets.map((each) => ({ password: each })));
    const marks = redaction.mask(secrets.join(' ')).split(' ');
    expect([marks.every((each) => MASK.test(each)), new Set(marks).size]).toEqual([true, 10_000]);
  });
});

describe('marks', () => {
  it('are the same for equal secrets, and are left alone', () => {
    const redaction = createRedaction([password, redactors.email]);
    redaction.scan([{ password: 'secret' }, 'me@x.org']);
    const masked = redaction.mask(['me@x.org, you@x.org, me@x.org', 'a secret', { 'me@x.org': 1, 'me%40x.org': 2 }]);
    expect(masked).toEqual(['⟦email·1⟧, ⟦email·2⟧, ⟦email·1⟧', 'a ⟦secret·1⟧', { '⟦email·1⟧': 1, '⟦email·1⟧#2': 2 }]);
    expect(redaction.mask(masked)).toBe(masked);
    expect(redaction.counts()).toEqual([{ rule: 'secret', values: 1, places: 1 }, { rule: 'email', values: 2, places: 5 }]);
    expect(redaction.secrets()).toEqual([{ id: 'secret·1', rule: 'secret', text: 'secret' }, { id: 'email·1', rule: 'email', text: 'me@x.org' }, { id: 'email·2', rule: 'email', text: 'you@x.org' }]);
  });

  it('are cut out for views', () => {
    expect(splitMasked('a ⟦email·12⟧⟦my_key·1⟧')).toEqual(['a ', { rule: 'email', id: 'email·12' }, { rule: 'my_key', id: 'my_key·1' }]);
    expect([splitMasked(''), splitMasked('⟦no⟧')]).toEqual([[''], ['⟦no⟧']]);
    expect(both([{ name: 'my key⟧', value: /x/ }, { name: '', value: /y/ }], 'xy')).toBe('⟦my_key_·1⟧⟦secret·1⟧');
  });

  it('that were there before hide nothing', () => {
    expect(known('hunter2x', '⟦hunter2x·1⟧ ⟦secret·7⟧')).toBe('⟦⟦secret·1⟧·1⟧ ⟦secret·7⟧');
  });
});

describe('rules of the host', () => {
  it('a function that throws masks the whole text', () => {
    expect(both([{ name: 'r', value: (text) => { if (text.includes('!')) throw new Error('no'); return []; } }], ['fine', 'not fine!', '{"a":"b!","c":"d"}'])).toEqual(['fine', '⟦r·1⟧', '{"a":"⟦r·2⟧","c":"d"}']);
  });

  it('flags do not flicker, edges are those of each text in quotes', () => {
    expect(both([{ name: 'r', key: /^k$/gy, value: /^\w\d$/gy }], [{ k: 'a1' }, { k: 'a1' }, { k: 'a12' }, '{"k":"b2"}', "{'k': 'c3'}"])).toEqual([{ k: '⟦r·1⟧' }, { k: '⟦r·1⟧' }, { k: 'a12' }, '{"k":"⟦r·2⟧"}', "{'k': '⟦r·3⟧'}"]);
  });
});

describe('any data', () => {
  it('keeps its references, its order and what its objects are', () => {
    const plain = { a: [1, { b: 'c' }] };
    const shared = { mail: 'me@x.org' };
    const bare = Object.assign(Object.create(null) as object, { shared });
    const proto = JSON.parse('{"z":1,"__proto__":{"mail":"me@x.org"},"a":2}') as object;
    const date = new Date(0);
    const data = { plain, one: shared, two: shared, bare, proto, set: new Set(['me@x.org', date]), date };
    const masked = both([redactors.email], data) as typeof data;
    expect(masked.plain).toBe(plain);
    expect(masked.date).toBe(date);
    expect(masked.one).toBe(masked.two);
    expect(masked.set).toEqual(new Set(['⟦email·1⟧', date]));
    expect([Object.getPrototypeOf(masked.bare), Object.getPrototypeOf(masked.proto)]).toEqual([null, Object.prototype]);
    expect(JSON.stringify(masked.proto)).toBe('{"z":1,"__proto__":{"mail":"⟦email·1⟧"},"a":2}');
    expect(both([redactors.email], plain)).toBe(plain);
  });

  it('may hold itself', () => {
    const clean: Record<string, unknown> = { a: 1 };
    clean['self'] = [clean, { clean }];
    expect(both([redactors.email], clean)).toBe(clean);
    const loop: Record<string, unknown> = { mail: 'me@x.org' };
    loop['self'] = [loop];
    const masked = both([redactors.email], loop) as { mail: string; self: unknown[] };
    expect(masked.mail).toBe('⟦email·1⟧');
    expect(masked.self[0]).toBe(masked);
  });

  it('may throw, and is null where it does', () => {
    const hostile = { get bad(): string { throw new Error('no'); }, good: 'x' };
    const closed = new Proxy({}, { ownKeys() { throw new Error('no'); } });
    expect(both([redactors.email], [hostile, closed, 'me@x.org'])).toEqual([{ bad: null, good: 'x' }, null, '⟦email·1⟧']);
  });

  it('may be as deep as it likes, as data and as text', () => {
    let deep: unknown = 'me@x.org';
    for (let level = 0; level < 100_000; level += 1) deep = level % 2 === 0 ? [deep] : { deep };
    let masked = both([redactors.email, password], deep);
    while (typeof masked === 'object' && masked !== null) masked = Object.values(masked)[0];
    expect(masked).toBe('⟦email·1⟧');
    const open = '[{"password":'.repeat(50_000);
    expect(both([password], `${open}"x"${'}]'.repeat(50_000)}`)).toBe(`${open}"⟦secret·1⟧"${'}]'.repeat(50_000)}`);
    let text = 'me@x.org';
    for (let level = 0; level < 14; level += 1) text = JSON.stringify(text);
    expect(both([redactors.email], text)).toBe(text.replace('me@x.org', '⟦email·1⟧'));
  });
});
