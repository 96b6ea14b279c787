import { describe, expect, it } from 'vitest';
import { createRedaction } from '../../src/redact/createRedaction.ts';
import { MASK, splitMasked } from '../../src/redact/mark.ts';
import { redactors } from '../../src/redact/redactors/redactors.ts';
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
    expect(
      both([password], {
        password: { a: ['one', 2, 3n, true, null, ''], b: '{"c": [1.50, "two"], "d": false}' },
        other: 2,
      }),
    ).toEqual({
      password: {
        a: ['⟦secret·1⟧', '⟦secret·2⟧', '⟦secret·3⟧', true, null, ''],
        b: '{"c": ["⟦secret·4⟧", "⟦secret·5⟧"], "d": false}',
      },
      other: 2,
    });
  });

  it('as OTLP and Jaeger write keys', () => {
    const any = {
      key: 'db.password',
      value: { kvlistValue: { values: [{ key: 'inner', value: { stringValue: 'x' } }] } },
    };
    expect(
      both(
        [password],
        [
          any,
          { key: 'password', value: { string_value: 'y' } },
          { key: 'password', type: 'string', value: 'z' },
          { key: 'passwords', value: 'stay' },
        ],
      ),
    ).toEqual([
      {
        key: 'db.password',
        value: { kvlistValue: { values: [{ key: 'inner', value: { stringValue: '⟦secret·1⟧' } }] } },
      },
      { key: 'password', value: { string_value: '⟦secret·2⟧' } },
      { key: 'password', type: 'string', value: '⟦secret·3⟧' },
      { key: 'passwords', value: 'stay' },
    ]);
    expect(both([password], '[{"value":{"stringValue":"y"},"key":"password"}]')).toBe(
      '[{"value":{"stringValue":"⟦secret·1⟧"},"key":"password"}]',
    );
    expect(
      both(
        [password],
        new Map<string, unknown>([
          ['user.password', 'x'],
          ['b', 'y'],
        ]),
      ),
    ).toEqual(
      new Map([
        ['user.password', '⟦secret·1⟧'],
        ['b', 'y'],
      ]),
    );
  });

  it.each([
    [`{'password': 'it\\'s', 'ok': True}`, `{'password': '⟦secret·1⟧', 'ok': True}`],
    [`{"a": "don't", 'password': "x"}`, `{"a": "don't", 'password': "⟦secret·1⟧"}`],
    [`don't log {"password": 12345, "b": 1}`, `don't log {"password": "⟦secret·1⟧", "b": 1}`],
    [
      `5" wide {"password": ["a", {"b": "c"}], "d": "e"} it's`,
      `5" wide {"password": ["⟦secret·1⟧", {"b": "⟦secret·2⟧"}], "d": "e"} it's`,
    ],
    ['{"a": 1, "password": "cut o', '{"a": 1, "password": "⟦secret·1⟧'],
    ['{"a": "{\\"password\\": \\"cut o', '{"a": "{\\"password\\": \\"⟦secret·1⟧'],
    [`Login(password='x', n=1)`, `Login(password='⟦secret·1⟧', n=1)`],
    [
      `{'password': SecretStr('a b'), 'n': None, 'password': None}`,
      `{'password': SecretStr('⟦secret·1⟧'), 'n': None, 'password': None}`,
    ],
    ['event: x\ndata: {"password": "a\\u0062c\\n"}\n', 'event: x\ndata: {"password": "⟦secret·1⟧"}\n'],
    [`"password" : b'x'`, `"password" : b'⟦secret·1⟧'`],
    ['the password: none of your business', 'the password: none of your business'],
    ['https://x.test/?password=a%40b1&x=1', 'https://x.test/?password=⟦secret·1⟧&x=1'],
    ['password=a+b1&user=x', 'password=⟦secret·1⟧&user=x'],
    ['x=1&password=ab1&password=ab2.', 'x=1&password=⟦secret·1⟧&password=⟦secret·2⟧.'],
    ['A=1\nexport DB_password=x#1&2\nB=2', 'A=1\nexport DB_password=⟦secret·1⟧\nB=2'],
    ['run --db-password=x1 now', 'run --db-password=⟦secret·1⟧ now'],
    ['password = a b 1', 'password = ⟦secret·1⟧'],
    ['GET /\r\nX-password: Basic dXNlcjpo\r\nHost: x', 'GET /\r\nX-password: ⟦secret·1⟧\r\nHost: x'],
    ['user: x\n  - password: a b1\nn: 1', 'user: x\n  - password: ⟦secret·1⟧\nn: 1'],
    ['**password:** a1', '**password:** ⟦secret·1⟧'],
    ['curl -H "X-password: Bearer abc-123" x', 'curl -H "X-password: ⟦secret·1⟧" x'],
    [
      '<a><password>x &amp; y</password><ns:password n="1"><![CDATA[z]]></ns:password></a>',
      '<a><password>⟦secret·1⟧</password><ns:password n="1"><![CDATA[⟦secret·2⟧]]></ns:password></a>',
    ],
    ['<password>cut of', '<password>⟦secret·1⟧'],
    ['Login(password=12345678, n=1)', 'Login(password=⟦secret·1⟧, n=1)'],
    ['Login{password=a b1, n=1}', 'Login{password=⟦secret·1⟧, n=1}'],
    ['Login(password=Secret(value="x"), n=1)', 'Login(password=Secret(value="⟦secret·1⟧"), n=1)'],
    ['map[password:a1 user:jo]', 'map[password:⟦secret·1⟧ user:jo]'],
    ['map[user:jo password:a1]', 'map[user:jo password:⟦secret·1⟧]'],
    ['{ password: 12345678 }', '{ password: ⟦secret·1⟧ }'],
    ['{ user: x, password: `a b` }', '{ user: x, password: `⟦secret·1⟧` }'],
    [`:password => 'a', 'password' => 'b'`, `:password => '⟦secret·1⟧', 'password' => '⟦secret·2⟧'`],
    [`[('password', 'a'), ('b', 'c')]`, `[('password', '⟦secret·1⟧'), ('b', 'c')]`],
    [`[['password', 'a'], ['b', 'c'], `, `[['password', '⟦secret·1⟧'], ['b', 'c'], `],
    [`['password', 'username'] are missing`, `['password', 'username'] are missing`],
    [`print('password', 'is', x)`, `print('password', 'is', x)`],
    [
      `[{'key': 'password', 'value': {'stringValue': 'a'}}]`,
      `[{'key': 'password', 'value': {'stringValue': '⟦secret·1⟧'}}]`,
    ],
    [
      '[{"key":"password","type":"string","value":"a"},{"key":"b',
      '[{"key":"password","type":"string","value":"⟦secret·1⟧"},{"key":"b',
    ],
    [`{ name: 'password', value: 'a' }`, `{ name: 'password', value: '⟦secret·1⟧' }`],
    ['{"password": /* x */ "a", }', '{"password": /* x */ "⟦secret·1⟧", }'],
    ['user[password]=a1', 'user[password]=⟦secret·1⟧'],
    ['if password == expected: std::password::x', 'if password == expected: std::password::x'],
    ['then password = getpass()', 'then password = getpass()'],
    ['the password, or key', 'the password, or key'],
  ])('in the text %j', (text, masked) => {
    expect(both([password], text)).toBe(masked);
    expect(JSON.parse(both([password], JSON.stringify({ text })) as string)).toEqual({ text: masked });
  });

  it('in pairs, as headers are written', () => {
    const headers = {
      har: [
        { name: 'password', value: 'a' },
        { name: 'b', value: 'c' },
      ],
      lists: [
        ['password', 'd'],
        ['b', 'c'],
      ],
      forms: [{ k: 'password', v: ['e'] }],
      required: ['password', 'username'],
    };
    const masked = {
      har: [
        { name: 'password', value: '⟦secret·1⟧' },
        { name: 'b', value: 'c' },
      ],
      lists: [
        ['password', '⟦secret·2⟧'],
        ['b', 'c'],
      ],
      forms: [{ k: 'password', v: ['⟦secret·3⟧'] }],
      required: ['password', 'username'],
    };
    expect(both([password], headers)).toEqual(masked);
    expect(JSON.parse(both([password], JSON.stringify(headers)) as string)).toEqual(masked);
  });

  it('words that no quotes stand around, and words of formats, are masked there only', () => {
    expect(both([password], ['call(password=settings)', 'the settings'])).toEqual([
      'call(password=⟦secret·1⟧)',
      'the settings',
    ]);
    expect(
      both([password], [{ password: 'assistant' }, { role: 'assistant' }, { password: 'settings' }, 'the settings']),
    ).toEqual([{ password: '⟦secret·1⟧' }, { role: 'assistant' }, { password: '⟦secret·2⟧' }, 'the ⟦secret·2⟧']);
  });

  it('what a credential says it is, is no part of it', () => {
    expect(both([password], ['password: Bearer abc-123', 'curl abc-123'])).toEqual([
      'password: ⟦secret·1⟧',
      'curl ⟦secret·2⟧',
    ]);
  });

  it('the same object, and keys behind a prefix, where adapters put them', () => {
    const inner = { a: 'x', n: 1 };
    expect(
      both(
        [{ name: 'r', key: /^(?:pin|auth|promptName)$/ }],
        [
          { pin: 4711, promptName: 'ab', auth: inner },
          new Map<string, unknown>([
            ['x.metadata.pin', 4711],
            ['x.prompt.name', 'ab'],
            ['y', inner],
            ['x.pins', 4711],
            ['x.pin.z', 1],
          ]),
        ],
      ),
    ).toEqual([
      { pin: '⟦r·1⟧', promptName: '⟦r·2⟧', auth: { a: '⟦r·3⟧', n: '⟦r·4⟧' } },
      new Map<string, unknown>([
        ['x.metadata.pin', '⟦r·1⟧'],
        ['x.prompt.name', '⟦r·2⟧'],
        ['y', { a: '⟦r·3⟧', n: '⟦r·4⟧' }],
        ['x.pins', 4711],
        ['x.pin.z', 1],
      ]),
    ]);
  });

  it('a rule with both searches there only, and the first rule names what several find', () => {
    expect(
      both([{ name: 'zip', key: /address/, value: /\d{5}/ }], {
        address: ['D 10115 B'],
        other: 'D 10116 B',
        json: '{"address":{"zip":10117}}',
      }),
    ).toEqual({ address: ['D ⟦zip·1⟧ B'], other: 'D 10116 B', json: '{"address":{"zip":"⟦zip·2⟧"}}' });
    expect(
      both(
        [
          { name: 'one', value: /b/ },
          { name: 'two', value: /abc/ },
          { name: 'three', key: /k/ },
          { name: 'four', key: /k/ },
        ],
        { a: 'xabcx', k: 'abc d' },
      ),
    ).toEqual({ a: 'x⟦two·1⟧x', k: '⟦three·1⟧' });
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
    [
      'p@ss w/x',
      'http://u:p%40ss+w%2Fx@h p%40ss%20w%2fx p%2540ss%2520w%252Fx',
      'http://u:⟦secret·1⟧@h ⟦secret·1⟧ ⟦secret·1⟧',
    ],
    [
      'p@sswd',
      'p\\u0040sswd p\\x40sswd "p\\\\u0040sswd" {"p@sswd":"p\\u0040sswd"}',
      '⟦secret·1⟧ ⟦secret·1⟧ "⟦secret·1⟧" {"⟦secret·1⟧":"⟦secret·1⟧"}',
    ],
    [
      'x"y"zz',
      JSON.stringify(JSON.stringify(JSON.stringify(['x"y"zz']))),
      JSON.stringify(JSON.stringify(JSON.stringify(['⟦secret·1⟧']))),
    ],
    [
      `long ${'x'.repeat(5_000)}`,
      `a long ${'x'.repeat(5_000)} b long ${'x'.repeat(4_999)}`,
      `a ⟦secret·1⟧ b long ${'x'.repeat(4_999)}`,
    ],
  ])('%j in %j', (secret, text, masked) => {
    expect(known(secret, text)).toBe(masked);
  });

  it('numbers are masked as a whole, with quotes in JSON', () => {
    expect(known('123456', [123456, 123456n, 1234567, 12345, '[123456, 1234567]', 'n: [123456]'])).toEqual([
      '⟦secret·1⟧',
      '⟦secret·1⟧',
      1234567,
      12345,
      '["⟦secret·1⟧", 1234567]',
      'n: [⟦secret·1⟧]',
    ]);
    expect(known(1234, [1234, '[1234]'])).toEqual([1234, '[1234]']);
    expect(
      JSON.parse(JSON.parse(known('123456', JSON.stringify(JSON.stringify({ a: 123456 }))) as string) as string),
    ).toEqual({ a: '⟦secret·1⟧' });
  });

  it('bytes, as base64 and as they are', () => {
    const bytes = new TextEncoder().encode('so hunter2x');
    const image = Uint8Array.from({ length: 64 }, (_, at) => (at * 37) % 256);
    expect(
      known('hunter2x', [{ bytesValue: btoa('so hunter2x') }, { bytes_value: btoa('no') }, bytes, bytes.buffer, image]),
    ).toEqual([{ bytesValue: '⟦secret·1⟧' }, { bytes_value: btoa('no') }, '⟦secret·1⟧', '⟦secret·1⟧', image]);
    expect(known('hunter2x', `data:image/png;base64,${'AAAA'.repeat(10_000)}hunter2x`)).toBe(
      `data:image/png;base64,${'AAAA'.repeat(10_000)}⟦secret·1⟧`,
    );
  });

  it.each([
    ['hunter2-xyz', 'she said hunter2-x', 'she said ⟦secret·1⟧'],
    [
      'hunter2-xyz',
      'hunter2-… and hunter2 [truncated] hunter2-xyz',
      '⟦secret·2⟧… and ⟦secret·3⟧ [truncated] ⟦secret·1⟧',
    ],
    ['hunter2-xyz', '{"a": ["b", "hunter2-xy', '{"a": ["b", "⟦secret·1⟧'],
    ['hunter2-xyz', '{"a":"hunter2-xy...","b":"hunter2-xyzz"}', '{"a":"⟦secret·1⟧...","b":"⟦secret·2⟧z"}'],
    ['customer-12', 'a customer', 'a customer'],
    ['hunter2-xyz', 'hunte', 'hunte'],
    ['4111111111111111', '411111111 1411111', '411111111 1411111'],
    ['4111111111111111', 'n 411111111', 'n ⟦secret·1⟧'],
  ])('%j cut off in %j', (secret, text, masked) => {
    // Marks are numbered as they are met, so only their places are compared.
    const places = (value: unknown): string => String(value).replaceAll(/·\d+/g, '');
    expect(places(known(secret, text))).toBe(places(masked));
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
    expect(redaction.counts()).toEqual([
      { rule: 'secret', values: 1, places: 1 },
      { rule: 'email', values: 2, places: 5 },
    ]);
    expect(redaction.secrets()).toEqual([
      { id: 'secret·1', rule: 'secret', text: 'secret' },
      { id: 'email·1', rule: 'email', text: 'me@x.org' },
      { id: 'email·2', rule: 'email', text: 'you@x.org' },
    ]);
  });

  it('are cut out for views', () => {
    expect(splitMasked('a ⟦email·12⟧⟦my_key·1⟧')).toEqual([
      'a ',
      { rule: 'email', id: 'email·12' },
      { rule: 'my_key', id: 'my_key·1' },
    ]);
    expect([splitMasked(''), splitMasked('⟦no⟧')]).toEqual([[''], ['⟦no⟧']]);
    expect(
      both(
        [
          { name: 'my key⟧', value: /x/ },
          { name: '', value: /y/ },
        ],
        'xy',
      ),
    ).toBe('⟦my_key_·1⟧⟦secret·1⟧');
  });

  it('that were there before stand for something else, and so get marks of their own behind them', () => {
    expect(known('hunter2x', '⟦hunter2x·1⟧ ⟦secret·7⟧ ⟦other·1⟧')).toBe('⟦⟦secret·8⟧·1⟧ ⟦secret·9⟧ ⟦other·1⟧');
    const redaction = createRedaction([redactors.email]);
    const data = ['me@x.org', '⟦email·1⟧ and ⟦email·4⟧', '{"a":"⟦email·1⟧"}', { '⟦email·1⟧': 1 }, '⟦email·9999999⟧'];
    redaction.scan(data);
    const masked = redaction.mask(data);
    expect(masked).toEqual([
      '⟦email·5⟧',
      '⟦email·6⟧ and ⟦email·7⟧',
      '{"a":"⟦email·6⟧"}',
      { '⟦email·6⟧': 1 },
      '⟦email·8⟧',
    ]);
    expect(redaction.mask(masked)).toBe(masked);
    expect(redaction.secrets()[1]).toEqual({ id: 'email·6', rule: 'email', text: '⟦email·1⟧' });
  });
});

describe('rules of the host', () => {
  it('a function that throws masks the whole text', () => {
    expect(
      both(
        [
          {
            name: 'r',
            value: (text) => {
              if (text.includes('!')) throw new Error('no');
              return [];
            },
          },
        ],
        ['fine', 'not fine!', '{"a":"b!","c":"d"}'],
      ),
    ).toEqual(['fine', '⟦r·1⟧', '{"a":"⟦r·2⟧","c":"d"}']);
  });

  it('ranges end where the text does; what is no ranges counts as thrown', () => {
    const by = (value: unknown): unknown => {
      const redaction = createRedaction([{ name: 'r', value: value as () => [] }]);
      return [redaction.mask('abc'), ...redaction.failures()];
    };
    expect([
      by(() => [[-1, 2]]),
      by(() => [[1, 5000]]),
      by(() => [[0, Infinity]]),
      by(() => [
        [1, 1],
        [9, 12],
      ]),
      by(() => []),
    ]).toEqual([['⟦r·1⟧c'], ['a⟦r·1⟧'], ['⟦r·1⟧'], ['abc'], ['abc']]);
    for (const wrong of [
      async () => {
        throw new Error('no');
      },
      () => null,
      () => [{ start: 0, end: 1 }],
      () => [[2, 1]],
      () => [[0, 0.5]],
      () => ({}),
      () => {
        throw new Error('no');
      },
    ])
      expect(by(wrong)).toEqual(['⟦r·1⟧', 'r']);
  });

  it.each([
    [redactors, 'redact has to be a list'],
    [redactors.email, 'redact has to be a list'],
    [[undefined], 'rule 1 of redact is undefined'],
    [[redactors.email, 'x'], 'rule 2 of redact is a string'],
    [[{ name: 'x' }], 'the rule “x” has neither key nor value'],
    [[{ key: 'password' }], 'key of rule 1 of redact has to be a regular expression'],
    [[{ name: 'x', value: 'me@x.org' }], 'value of the rule “x”'],
    [Object.assign([], { 1: redactors.email }), 'rule 1'],
  ])('that are wrong are refused: %o', (rules, message) => {
    expect(() => createRedaction(rules as never)).toThrow(message);
    expect(() => createRedaction(rules as never)).toThrow(expect.objectContaining({ code: 'bad-rule' }));
  });

  it('flags do not flicker, edges are those of each text in quotes', () => {
    expect(
      both(
        [{ name: 'r', key: /^k$/gy, value: /^\w\d$/gy }],
        [{ k: 'a1' }, { k: 'a1' }, { k: 'a12' }, '{"k":"b2"}', "{'k': 'c3'}"],
      ),
    ).toEqual([{ k: '⟦r·1⟧' }, { k: '⟦r·1⟧' }, { k: 'a12' }, '{"k":"⟦r·2⟧"}', "{'k': '⟦r·3⟧'}"]);
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

  it("of the host's own classes is what JSON would make of it, or its text", () => {
    class Hidden {
      readonly #mail = 'me@x.org';
      asked = 0;
      toJSON(): object {
        this.asked += 1;
        return { mail: this.#mail };
      }
    }
    class Getter {
      readonly plain = 'me@x.org';
      get mail(): string {
        return 'me@x.org';
      }
    }
    const hidden = new Hidden();
    const endless = { toJSON: () => ({ next: { ...endless } }) };
    const mail = '⟦email·1⟧';
    expect(
      both(
        [redactors.email],
        [
          new URL('https://x.org/?q=me@x.org'),
          hidden,
          new Getter(),
          Object('me@x.org'),
          Object(5n),
          new URLSearchParams('q=me@x.org'),
          new Headers({ a: 'me@x.org' }),
          /me@x.org/,
          new Map([[{ a: 'me@x.org' }, 1]]),
          Object.defineProperty({ z: 1 }, 'm', { value: 'me@x.org' }),
          Object.create({ m: 'me@x.org' }) as object,
          () => 'me@x.org',
        ],
      ),
    ).toEqual([
      `https://x.org/?q=${mail}`,
      { mail },
      { plain: mail },
      mail,
      5n,
      `q=${mail}`,
      {},
      `/${mail}/`,
      new Map([[{ a: mail }, 1]]),
      { z: 1 },
      {},
      undefined,
    ]);
    expect(hidden.asked).toBe(1);
    expect(both([redactors.email], new Error('no me@x.org'))).toMatchObject({ name: 'Error', message: `no ${mail}` });
    expect(JSON.stringify(both([redactors.email], endless)).length).toBeLessThan(10_000);
    expect(both([redactors.email], new Error('no'))).not.toBeInstanceOf(Error);
  });

  it('may throw, and is null where it does', () => {
    const hostile = {
      get bad(): string {
        throw new Error('no');
      },
      good: 'x',
    };
    const closed = new Proxy(
      {},
      {
        ownKeys() {
          throw new Error('no');
        },
      },
    );
    expect(both([redactors.email], [hostile, closed, 'me@x.org'])).toEqual([
      { bad: null, good: 'x' },
      null,
      '⟦email·1⟧',
    ]);
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
