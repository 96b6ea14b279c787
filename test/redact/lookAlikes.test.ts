import { describe, expect, it } from 'vitest';
import { createRedaction } from '../../src/redact/createRedaction.ts';
import { redactors } from '../../src/redact/redactors/redactors.ts';

/** What is masked in what text, and what looks alike and stays. */
interface Kind {
  readonly masked: readonly (readonly [text: string, ...secrets: string[]])[];
  readonly left: readonly string[];
}
/** Each kind of what was missed once, or masked without need. */
const KINDS: Readonly<Record<string, Kind>> = {
  'a telephone number with another number behind it': {
    masked: [
      ['+49 30 1234567 1.5 km', '+49 30 1234567'],
      ['0049 30 1234567 2.5 km', '0049 30 1234567'],
      ['030 1234567 1.5 km', '030 1234567'],
      ['Ada,+49 30 1234567,42,Berlin', '+49 30 1234567'],
      ['Ada,+491701234567,42', '+491701234567'],
      ['Ada,030 1234567,42', '030 1234567'],
      ['(415) 555-2671,42', '(415) 555-2671'],
      ['+1-415-555-2671 x42', '+1-415-555-2671'],
      ['+1 415.555.2671', '+1 415.555.2671'],
      ['+33 1.23.45.67.89', '+33 1.23.45.67.89'],
      ['+49 (30) 1234.5678', '+49 (30) 1234.5678'],
    ],
    left: [
      '+1 234 567,89 €',
      '+1234567,8',
      '@@ -1234567,8 +1234567,12 @@',
      '+1.25 1.50 2.75 3.10',
      '+1.25 1234567',
      '-1.5 +2.5 1234567',
      '+1.234.567 9',
      '01 02 03 04 05 06 07 08 09',
      '010 020 030 040 050',
    ],
  },
  'a telephone number with another number before it': {
    masked: [
      ['ext 42 (415) 555-2671', '(415) 555-2671'],
      ['ext 42 415-555-2671', '415-555-2671'],
      ['ext 42 (030) 1234567', '(030) 1234567'],
      ['42 +49 30 1234567', '+49 30 1234567'],
      ['+49 (030) 1234567', '+49 (030) 1234567'],
    ],
    left: ['1 2 03 04 05 06 07 08', '42 030 040 050', '(42) 555-267', '12 (415) 555'],
  },
  'a range with a unit': {
    masked: [
      ['415-555-2671 makes it ring', '415-555-2671'],
      ['415-555-2671 (m)', '415-555-2671'],
    ],
    left: [
      '250-300-4000 ms',
      '250-300-4000ms',
      '250.300.4000 tokens',
      '250-300-4000 %',
      '250-300-4000 €',
      'from 200-300-4000 kB',
    ],
  },
  'an address glued to a colon': {
    masked: [
      ['addr:2001:db8::8a2e:370:7334', '2001:db8::8a2e:370:7334'],
      ['client_ip:fe80::1', 'fe80::1'],
      ['host:::1', '::1'],
      ['a:2001:db8::1', '2001:db8::1'],
      [':2001:db8::1', '2001:db8::1'],
      ['face:2001:0db8:85a3:0:0:8a2e:370:7334', '2001:0db8:85a3:0:0:8a2e:370:7334'],
      ['remote:2001:db8:1:2:3:4:5:6', '2001:db8:1:2:3:4:5:6'],
      ['ip:10.0.0.1', '10.0.0.1'],
      ['2001:db8::1:', '2001:db8::1'],
      ['from:ada@example.com', 'ada@example.com'],
      ['peer=fe80::1%eth0', 'fe80::1'],
      ['ff02::1, fd12:3456:789a:1::1', 'ff02::1', 'fd12:3456:789a:1::1'],
      ['64:ff9b::192.0.2.1', '64:ff9b::192.0.2.1'],
    ],
    left: [
      'face::b00c',
      'fade::1',
      'feed::b00c',
      'dead::beef1',
      'cafe::1234',
      'a1::b2',
      'std::a1',
      'a:b::c1',
      '10:20::30',
      'std::vector<int>::f00d',
      '00:1a:2b:ff:fe:3c:4d:5e',
      'file:line:12',
      'time:12:34:56',
    ],
  },
  'a key without a digit': {
    masked: [
      ['sk-abcdefghijklmnopqrstuvwxyz', 'sk-abcdefghijklmnopqrstuvwxyz'],
      ['sk-proj-AbCdEfGhIjKlMnOpQrSt', 'sk-proj-AbCdEfGhIjKlMnOpQrSt'],
      ['sk-ant-abcdefghijklmnopqrstuvw', 'sk-ant-abcdefghijklmnopqrstuvw'],
      ['glpat-AbCdEfGhIjKlMnOpQrSt', 'glpat-AbCdEfGhIjKlMnOpQrSt'],
      ['hf_AbCdEfGhIjKlMnOpQrStUvWxYzAbCdEfGh', 'hf_AbCdEfGhIjKlMnOpQrStUvWxYzAbCdEfGh'],
      ['sk_live_abcdefghijklmnopqrstuvwxyz', 'sk_live_abcdefghijklmnopqrstuvwxyz'],
    ],
    left: [
      'sk-learn-pipelines-and-more',
      'sk-internationalization-of-something',
      'pk-lookup-by-primary-and-foreign',
      'tvly-search-engine-tool',
      'xai-explanations-for-models',
      'sk_test_helperfunctions',
    ],
  },
  'a name in code that begins like a key': {
    masked: [['npm_abcdefghijklmnopqrstuvwxyz0123456789', 'npm_abcdefghijklmnopqrstuvwxyz0123456789']],
    left: [
      'npm_config_registry_url',
      'npm_package_dependencies_lodash',
      'hf_hub_download_from_cache_dir',
      'hf_hub_download_from_v2_cache',
      'hf_transformersinference',
      'gsk_render_node_draw_something',
      'r8_optimization_configuration',
    ],
  },
  'what a header sends': {
    masked: [
      ['Bearer abcdefghijklmnopqrstuvwxyz', 'abcdefghijklmnopqrstuvwxyz'],
      ['Authorization: Bearer supersecrettoken', 'supersecrettoken'],
      ["{'authorization': 'Bearer hunter'}", 'hunter'],
      ['{"Authorization": "Bearer supersecrettoken"}', 'supersecrettoken'],
      ['Proxy-Authorization: Token abcdefghijkl', 'abcdefghijkl'],
      ['Authorization: Basic dXNlcjpwYXNzd29yZA==', 'dXNlcjpwYXNzd29yZA=='],
      ['{"headers":{"authorization":"Basic YTpi"}}', 'YTpi'],
      ['curl -H "Authorization: Basic dXNlcjpwYXNz" https://x.test', 'dXNlcjpwYXNz'],
      ['basic asO8cmc6Z2Vow6RpbQ==', 'asO8cmc6Z2Vow6RpbQ=='],
      ['Authorization: Basic zzzzzzzz', 'zzzzzzzz'],
    ],
    left: [
      'Basic authentication',
      'basic training program',
      'Basic understanding: none',
      'Bearer authentication',
      'bearer of responsibilities',
      'Bearer JavaScript',
      'Authorization: Bearer token',
      'Authorization: Bearer <token>',
      'Authorization: Bearer ${TOKEN}',
      'Authorization: Bearer authentication is required',
      'Authorization: Basic YOUR_TOKEN',
      'token abcdefghijklmnopqrstuvwxyz',
    ],
  },
  'a password in an address': {
    masked: [
      ['postgres://user:password@host', 'password'],
      ['postgres://user:p%40ss@db.example.com:5432/x', 'p%40ss'],
      ['redis://:hunter2@cache', 'hunter2'],
      ['mongodb+srv://u:p@ss@cluster.example.net', 'p@ss'],
      ['https://x-access-token:abcdef@github.com', 'abcdef'],
      ['https://abcdefghij0123456789@github.com/x', 'abcdefghij0123456789'],
      ['smtp://ada@example.com:pw@smtp.example.com', 'ada@example.com', 'pw'],
      ['DATABASE_URL="postgresql+asyncpg://postgres:postgres@localhost/db"', 'postgres'],
      ['"postgres:\\/\\/user:pass\\/word@host"', 'pass/word'],
      ['see http://host:80,ada@example.com', 'ada@example.com'],
    ],
    left: [
      'http://host:8080/path@2',
      'http://host:8080,x@y',
      'http://[::]:80/x@y',
      'https://example.com:@scope/pkg',
      'https://host:{port}/x@y',
      'https://unpkg.com/react@18:x@y',
      'ssh://deploy@host',
      'https://user@host/x',
      'postgres://user:${PASSWORD}@host',
      'postgres://user:<password>@host',
      'postgres://user:***@host',
      'postgres://{user}:{password}@host',
      'postgres://user:%PASSWORD%@host',
      'npm://a/b:c@d',
    ],
  },
  'the number of a section or version': {
    masked: [
      ['section about 10.1.2.3', '10.1.2.3'],
      ['version 1.2.3.4 runs on 10.0.0.1', '10.0.0.1'],
      ['the table at 10.1.2.3', '10.1.2.3'],
    ],
    left: [
      'Section 4.3.2.1',
      'sections 4.3.2.1 and 4.3.2.2',
      'see § 4.3.2.1',
      'Clause 1.2.3.4',
      'Table 10.1.2.3',
      'Kapitel 4.3.2.1',
      'Chrome 120.0.0.0',
      'steps 1.2.3.4, 1.2.3.5',
    ],
  },
};

const rules = Object.values(redactors);
const found = (text: string): readonly string[] => {
  const redaction = createRedaction(rules);
  const masked = redaction.mask(text);
  return redaction
    .secrets()
    .map(({ text: secret, id }) => (masked.includes(id) ? secret : `${secret}, but not masked`));
};

describe.each(Object.entries(KINDS))('%s', (_, { masked, left }) => {
  it.each(masked)('%s is masked', (text, ...secrets) => {
    const [inText, inSentence, inJson] = [text, `at ${text}; ok`, JSON.stringify({ a: [text] })].map(found);
    expect([inText, inSentence, inJson]).toEqual([secrets, secrets, secrets]);
  });

  it.each(left)('%s stays', (text) => {
    expect([text, `at ${text}, ok`, JSON.stringify({ a: [text] })].flatMap(found)).toEqual([]);
  });
});

describe('a password of an address', () => {
  const maskedTogether = (...texts: readonly string[]): readonly string[] => {
    const redaction = createRedaction(rules);
    redaction.scan(texts);
    return redaction.mask(texts);
  };

  it('is masked wherever else it stands', () => {
    expect(maskedTogether('postgres://ada:hunter2-xyz@host', 'PGPASSWORD=hunter2-xyz')).toEqual([
      'postgres://ada:⟦apiKey·1⟧@host',
      'PGPASSWORD=⟦apiKey·1⟧',
    ]);
  });

  it('is left where it is a word', () => {
    expect(
      maskedTogether('amqp://guest:guest@host', 'the guest is here', 'postgres://x:password@host', 'a password'),
    ).toEqual(['amqp://guest:⟦apiKey·1⟧@host', 'the guest is here', 'postgres://x:⟦apiKey·2⟧@host', 'a password']);
  });
});
