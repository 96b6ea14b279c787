import { describe, expect, it } from 'vitest';
import { createRedaction } from '../../src/redact/createRedaction.ts';
import { redactors } from '../../src/redact/redactors/redactors.ts';

const rules = Object.values(redactors);
/** What of a text is masked, and by which rule. */
const found = (text: string) => {
  const redaction = createRedaction(rules);
  redaction.mask(text);
  return redaction.secrets().map(({ rule, text: secret }) => `${rule} ${secret}`);
};
const key = `AbCd3${'fGh1'.repeat(9)}`;
const base64url = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const jwt = `${base64url({ alg: 'HS256', typ: 'JWT' })}.${base64url({ sub: '1234567890' })}.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJVadQssw5c`;
const pem = '-----BEGIN RSA PRIVATE KEY-----\nMIIEow\nIBAAKC\n-----END RSA PRIVATE KEY-----';

describe('ready rules find', () => {
  it.each([
    ['write to ada@example.com.', 'email ada@example.com'],
    ['<ada.lovelace+x@mail.example.co.uk>', 'email ada.lovelace+x@mail.example.co.uk'],
    ['mailto:ada%40example.com?x', 'email ada@example.com'],
    ["o'brien@example.ie, 'x@y.de'", "email o'brien@example.ie", 'email x@y.de'],
    ['jürgen@bücher.example', 'email jürgen@bücher.example'],
    ['ada@example.com_backup', 'email ada@example.com'],
    ['https://x.test/?mail=ada@example.com&y', 'email ada@example.com'],
    ['+49 30 123456', 'phone +49 30 123456'],
    ['tel:+14155552671', 'phone +14155552671'],
    ['+1 (415) 555-2671 or 415-555-2671', 'phone +1 (415) 555-2671', 'phone 415-555-2671'],
    ['(415) 555-2671', 'phone (415) 555-2671'],
    ['415.555.2671', 'phone 415.555.2671'],
    ['020 7946 0958', 'phone 020 7946 0958'],
    ['0171/1234567', 'phone 0171/1234567'],
    ['06 12 34 56 78.', 'phone 06 12 34 56 78'],
    ['0049 30 1234567', 'phone 0049 30 1234567'],
    ['4111111111111111', 'card 4111111111111111'],
    ['card 4111 1111 1111 1111 12/26', 'card 4111 1111 1111 1111'],
    ['no. 123 5555-5555-5555-4444', 'card 5555-5555-5555-4444'],
    ['3782 822463 10005', 'card 3782 822463 10005'],
    ['6011111111111117, 3530111333300000', 'card 6011111111111117', 'card 3530111333300000'],
    ['{"number":4111111111111111}', 'card 4111111111111111'],
    [`sk-${key}`, `apiKey sk-${key}`],
    [`key=sk-proj-${key}_x-y!`, `apiKey sk-proj-${key}_x-y`],
    [`sk-ant-api03-${key}`, `apiKey sk-ant-api03-${key}`],
    [`ghp_${key}`, `apiKey ghp_${key}`],
    [`github_pat_11ABC_${key}`, `apiKey github_pat_11ABC_${key}`],
    ['xoxb-123456789012-abcdefABCDEF', 'apiKey xoxb-123456789012-abcdefABCDEF'],
    ['AKIAIOSFODNN7EXAMPLE', 'apiKey AKIAIOSFODNN7EXAMPLE'],
    [`AIza${key.slice(0, 35)}`, `apiKey AIza${key.slice(0, 35)}`],
    [`hf_${key}`, `apiKey hf_${key}`],
    [`glpat-${key}`, `apiKey glpat-${key}`],
    [`lsv2_pt_${key}_0123456789`, `apiKey lsv2_pt_${key}_0123456789`],
    ['pk-lf-1234abcd-12ab-34cd-56ef-1234567890ab', 'apiKey pk-lf-1234abcd-12ab-34cd-56ef-1234567890ab'],
    [`sk_live_${key}`, `apiKey sk_live_${key}`],
    ['Authorization: Bearer abc123DEF456', 'apiKey abc123DEF456'],
    [`see ${pem} there`, `apiKey ${pem}`],
    [`cut -----BEGIN PRIVATE KEY-----\nMIIE`, 'apiKey -----BEGIN PRIVATE KEY-----\nMIIE'],
    [`token=${jwt};`, `jwt ${jwt}`],
    ['from 192.168.10.200:8080', 'ip 192.168.10.200'],
    ['http://10.0.0.1/x', 'ip 10.0.0.1'],
    ['[2001:db8::8a2e:370:7334]', 'ip 2001:db8::8a2e:370:7334'],
    ['at 2001:0db8:85a3:0000:0000:8a2e:0370:7334: ok', 'ip 2001:0db8:85a3:0000:0000:8a2e:0370:7334'],
    ['::ffff:192.0.2.128 and ::1', 'ip ::ffff:192.0.2.128', 'ip ::1'],
  ])('in %j', (text, ...secrets) => {
    expect(found(text)).toEqual(secrets);
  });
});

describe('ready rules leave alone', () => {
  it.each([
    '5b8efff798038103d269b633813fc60c',
    '4111111111111111a2b3c4d5e6f70819',
    'eee19b7ec3c1b174',
    '00f067aa0ba902b7',
    '12345678901234567890123456789012',
    '1544712660000000000',
    '1712345678901234567',
    '1712345678901234',
    '1712345678901',
    '1712345678',
    '1712345678.123456',
    '0.4111111111111111',
    '12345678',
    '4111111111111112',
    '550e8400-e29b-41d4-a716-446655440000',
    '01234567-89ab-cdef-0123-456789abcdef',
    '12345678-1234-1234-1234-123456789012',
    '0190c5d8-7c1e-7000-8000-0242ac120002',
    'v1.2.3',
    '1.2.3',
    '1.2.3.4.5',
    'v1.2.3.4',
    'version 1.2.3.4',
    'version: "1.2.3.4"',
    'Chrome/120.0.0.0 Safari/537.36',
    '10.15.7',
    '300.1.1.1',
    'langchain-core==0.3.15',
    '2024-08-06',
    '2024-08-06T12:34:56.789Z',
    '2024-08-06 12:34:56.123456',
    '2024-08-06T10:00:00+02:00',
    '06.08.2024',
    '08/06/2024',
    '06-08-2024 12:30',
    '08/2024',
    '10:20:30',
    '20240806T101010',
    '$1,234.56',
    '0.000015',
    '1,234,567.89',
    '[0.0123, -0.4567, 1e-05]',
    '[101, 7592, 1010, 2088]',
    '100-200-300',
    '1 2 3 4 5 6 7 8 9 10',
    '01 02 03 04 05 06 07 08 09',
    'gpt-4o-2024-08-06',
    'claude-3-5-sonnet-20241022',
    'text-embedding-3-large',
    'gemini-1.5-pro-002',
    'meta-llama/Llama-3.1-8B-Instruct',
    'gpt-4-0125-preview',
    'o1-2024-12-17',
    'me@localhost',
    '@scope/package',
    'lodash@4.17.21',
    '@decorator',
    'a@b',
    'sk-learn-based-classification',
    'task-1234567890123456789',
    'risk-assessment-for-2024-quarter',
    'the bearer of this letter',
    'Bearer authentication',
    'eyJ is how they begin',
    'std::vector',
    'a[::2], b[1::3]',
    '00:1a:2b:3c:4d:5e',
    'call_abc123DEF456ghi789',
    'chatcmpl-9xYz1234567890abcdef',
    'run-2024-08-06-12-34-56',
    'msg_01XFDUDYJgAACzvnptvVoYEL',
    'e+1234567',
    'lines +12345, -678',
    'p95=1234.5ms',
    'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  ])('%s', (text) => {
    expect([found(text), found(`at ${text}, ok`), found(JSON.stringify({ a: [text] }))]).toEqual([[], [], []]);
  });

  it('numbers that are times, ids or amounts', () => {
    expect(
      createRedaction(rules).mask([1712345678901, 1712345678901234567n, 0.4111111111111111, 1234567890, -1.5]),
    ).toEqual([1712345678901, 1712345678901234567n, 0.4111111111111111, 1234567890, -1.5]);
  });
});

describe('ready rules on hostile text', () => {
  const pieces = [
    'a',
    '@',
    '.',
    '1',
    '-',
    ':',
    '+',
    '0',
    ' ',
    '(',
    'A',
    '_',
    '\\',
    '%',
    '"',
    "'",
    '{',
    '[',
    'a@',
    '@a.',
    'a.',
    '1.',
    '1 ',
    '1-',
    '11-',
    '0 1',
    '+1 ',
    '1.1.1.',
    'a:',
    '::',
    'sk-',
    'sk-a',
    'eyJ',
    'eyJa.',
    'eyJaaaaaa.',
    'Bearer ',
    'bearer a',
    '-----BEGIN ',
    '-----BEGIN PRIVATE KEY-----',
    '\\u005c',
    '\\u0022',
    'u005c',
    '\\"',
    '"a":',
    "'a':'",
    '"a":{',
    '⟦',
    '⟦email·1⟧',
    '%25',
    '(0',
    '4111 ',
    '://',
    '://a:',
    '://a:b@',
    'Basic ',
    'Basic a',
    'Authorization: Bearer ',
    'x:::',
    'gz:',
  ];
  it.each(pieces)(
    'of a million characters like %j',
    (piece) => {
      const text = piece.repeat(Math.ceil(1_000_000 / piece.length));
      const redaction = createRedaction([...rules, { name: 'k', key: /^a$/ }]);
      redaction.scan(text);
      expect(typeof redaction.mask(text)).toBe('string');
    },
    20_000,
  );
});
