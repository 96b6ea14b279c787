import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { build } from 'vite';
import { readTraces, type NativeDocument } from '../../src/core.ts';
import { drawDocument } from '../model/drawTrace.ts';
import { dump } from '../model/dump.ts';

const folder = mkdtempSync(join(tmpdir(), 'spanwise-'));
const command = join(folder, 'main.mjs');
const fixture = (file: string): string => fileURLToPath(new URL(`../fixtures/${file}`, import.meta.url));
const SUPPORT = fixture('otlp/support-agent.otlp.jsonl');
const drawing = join(folder, 'drawing.json');

/** The command as it is installed: one file for Node, made of the sources as they are now. */
beforeAll(async () => {
  await build({
    configFile: false,
    logLevel: 'silent',
    // Packages are not found beside the one file.
    ssr: { noExternal: true },
    build: {
      ssr: fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url)),
      outDir: folder,
      rolldownOptions: { output: { entryFileNames: 'main.mjs', codeSplitting: false } },
    },
  });
  writeFileSync(
    drawing,
    JSON.stringify(
      drawDocument(`
    answer    0------------100    service=web kind=agent
      draft     0--40             in=10 out=5 model=m-1 cost=0.25 kind=llm
      send ✗         50--90       kind=tool
  `),
    ),
  );
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

interface Ran {
  readonly out: string;
  readonly err: string;
  readonly code: number | null;
}
const run = (args: readonly string[], input?: string): Promise<Ran> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [command, ...args], { stdio: ['pipe', 'pipe', 'pipe'], cwd: folder });
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
    });
    child.on('error', reject).on('close', (code) => resolve({ out, err, code }));
    child.stdin.on('error', () => {}).end(input);
  });

describe('spanwise inspect', () => {
  it('goes on where a file says what nobody knows: currencies, and kinds that every object has', async () => {
    const file = join(folder, 'words.json');
    const spans = Object.getOwnPropertyNames(Object.prototype).map((kind, at) => ({
      spanId: String(at),
      name: `step ${at}`,
      kind,
      startUnixNano: '1790000000000000000',
      endUnixNano: '1790000001000000000',
      cost: { total: 1, currency: '$' },
    }));
    writeFileSync(file, JSON.stringify({ format: 'spanwise/1', traces: [{ traceId: 't', spans }] }));
    const { out, err, code } = await run(['inspect', file]);
    expect({ err, code }).toEqual({ err: '', code: 0 });
    // Such a word is no kind, so the row stands without one.
    for (const { name } of spans) expect(out).toContain(`1.00 $  ${name}`);
  });

  it('draws the tree with times, tokens, cost and failures, and says what was read', async () => {
    const { out, err, code } = await run(['inspect', drawing]);
    expect({ err, code }).toEqual({ err: '', code: 0 });
    const lines = out.split('\n');
    expect(lines[0]).toBe('answer  100 ms · 3 spans · 1 error · 1 service · 15 tokens · $0.2500');
    expect(lines.slice(3, 6)).toEqual([
      '   100 ms     15  $0.2500  agent answer @web',
      '    40 ms     15  $0.2500  ├─ llm draft m-1',
      '    40 ms                  └─ tool ✗ send “failed”',
    ]);
    expect(lines.at(-2)).toBe('otlp: 1 trace · 3 entries in the input: 3 shown, 0 merged, 0 left out');
  });

  it('reads every format, and standard input', async () => {
    for (const file of [
      'langsmith/release-scribe.runs.jsonl',
      'langfuse/parcel-claim.trace.json',
      'jaeger/support-agent.trace.json',
      'phoenix/support-agent.spans.json',
      'console/museum-desk.console.jsonl',
    ]) {
      const { out, code } = await run(['inspect', fixture(file)]);
      expect(code).toBe(0);
      expect(out).toMatch(new RegExp(`^${file.split('/')[0]}: \\d`, 'm'));
    }
    expect((await run(['inspect', '-'], readFileSync(drawing, 'utf8'))).out).toContain('└─ tool ✗ send');
  });

  it('folds below a depth, and says how much that is', async () => {
    const { out } = await run(['inspect', SUPPORT, '--depth', '0']);
    expect(out).toMatch(/chain support\.reply @support-api\n +… 65 more below/);
  });

  it('gives the same as data', async () => {
    const {
      traces: [trace],
      accounting,
    } = JSON.parse((await run(['inspect', drawing, '--json'])).out) as {
      traces: { name: string; spans: { name: string; status: string; duration: number }[] }[];
      accounting: object;
    };
    expect(accounting).toEqual({ entries: 3, shown: 3, merged: 0, skipped: 0 });
    expect(trace!.spans.map(({ name, status, duration }) => `${name} ${status} ${duration}`)).toEqual([
      'answer unset 100000000',
      'draft unset 40000000',
      'send error 40000000',
    ]);
  });

  it('works out costs by a table of prices, and says what is no such table', async () => {
    const prices = join(folder, 'prices.json');
    const unpriced = join(folder, 'unpriced.json');
    writeFileSync(
      prices,
      JSON.stringify({ 'm-1': { input_cost_per_token: 2 ** -20, output_cost_per_token: 2 ** -19 } }),
    );
    writeFileSync(unpriced, JSON.stringify(drawDocument('llm draft 0--40 in=10 out=5 model=m-1')));
    expect((await run(['inspect', unpriced, '--prices', prices])).out).toContain('$0.000019');
    const { traces } = JSON.parse((await run(['convert', unpriced, '--prices', prices])).out) as NativeDocument;
    expect(traces[0]!.spans[0]!.cost).toMatchObject({ total: 20 * 2 ** -20, origin: 'computed' });
    writeFileSync(prices, '[]');
    expect(await run(['inspect', unpriced, '--prices', prices])).toMatchObject({
      code: 2,
      err: expect.stringContaining('--prices takes a table in LiteLLM') as string,
    });
    expect(await run(['inspect', unpriced, '--prices', join(folder, 'none.json')])).toMatchObject({
      code: 2,
      err: expect.stringContaining('no such file') as string,
    });
  });

  it('says of a trace without any time that nobody recorded one, and takes it for neither 0 nor a success', async () => {
    const file = join(folder, 'untimed.json');
    writeFileSync(file, JSON.stringify(drawDocument('answer ?--\n  plan ?--')));
    const { out } = await run(['inspect', file]);
    expect(out.split('\n').slice(0, 2)).toEqual([
      'answer  2 spans · no errors recorded',
      expect.stringMatching(/^no times recorded · trace /),
    ]);
    const { traces } = JSON.parse((await run(['inspect', file, '--json'])).out) as {
      readonly traces: readonly { readonly spans: readonly object[] }[];
    };
    expect(traces[0]).toMatchObject({ startUnixNano: null, duration: null });
    expect(traces[0]!.spans[0]).toMatchObject({ start: null, duration: null, selfTime: null });
  });

  it('does not let recorded text speak to the terminal', async () => {
    const document = {
      resourceSpans: [
        {
          scopeSpans: [
            {
              spans: [
                {
                  traceId: 'a1',
                  spanId: 'b1',
                  name: 'x\u001B]0;owned\u0007\nsecond line',
                  startTimeUnixNano: '1795359116000000000',
                  endTimeUnixNano: '1795359116000000001',
                },
              ],
            },
          ],
        },
      ],
    };
    const { out } = await run(['inspect', '-'], JSON.stringify(document));
    for (const sign of ['\u0007', '\u001B']) expect(out).not.toContain(sign);
    expect(out).toContain('x⟨U+001B⟩]0;owned⟨U+0007⟩ second line');
  });

  it('ends quietly when its reader has seen enough', async () => {
    const child = spawn(process.execPath, [command, 'inspect', SUPPORT, '--json'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.once('data', () => child.stdout.destroy());
    let err = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
    });
    const code = await new Promise((resolve) => {
      child.on('close', resolve);
    });
    expect({ code, err }).toEqual({ code: 0, err: '' });
  });
});

describe('spanwise convert', () => {
  const read = (text: string) => dump(readTraces(JSON.parse(text) as object)).traces;
  const original = () =>
    dump(
      readTraces(
        readFileSync(SUPPORT, 'utf8')
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line) as object),
      ),
    ).traces;

  it('writes native JSON, and OTLP, that read the same', async () => {
    const native = await run(['convert', SUPPORT]);
    expect(native).toMatchObject({ code: 0, err: 'otlp: 66 entries, 66 written, 0 merged, 0 left out\n' });
    expect(read(native.out)).toEqual(original());
    const otlp = await run(['convert', '-', '--to', 'otlp'], native.out);
    expect(read(otlp.out)).toEqual(original());
    expect(otlp.out).toMatch(/^\{"resourceSpans":\[/);
  });

  it('writes a file when it is whole, be it the input itself', async () => {
    const file = join(folder, 'same.json');
    writeFileSync(file, readFileSync(drawing));
    expect(await run(['convert', file, '-o', file])).toMatchObject({ code: 0, out: '' });
    expect((JSON.parse(readFileSync(file, 'utf8')) as NativeDocument).format).toBe('spanwise/1');
    expect(existsSync(`${file}.part`)).toBe(false);
    expect(await run(['convert', file, '-o', join(folder, 'no', 'such', 'folder.json')])).toMatchObject({
      code: 2,
      out: '',
    });
  });

  it('follows a link, writes to what is no file as it is, and takes no folder for a file', async () => {
    const [target, link] = [join(folder, 'target.json'), join(folder, 'link.json')];
    writeFileSync(target, 'before');
    symlinkSync(target, link);
    expect(await run(['convert', drawing, '-o', link])).toMatchObject({ code: 0 });
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect((JSON.parse(readFileSync(target, 'utf8')) as NativeDocument).format).toBe('spanwise/1');
    expect(await run(['convert', drawing, '-o', '/dev/null'])).toMatchObject({ code: 0, out: '' });
    expect(lstatSync('/dev/null').isCharacterDevice()).toBe(true);
    for (const wrong of ['', '.'])
      expect(await run(['convert', drawing, '-o', wrong])).toMatchObject({
        code: 2,
        err: expect.stringContaining('-o takes a file') as string,
      });
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('says which of several files it could not read', async () => {
    const other = join(folder, 'package.json');
    writeFileSync(other, '{"name":"x","version":"1"}');
    expect((await run(['convert', drawing, other])).err).toContain('Input 2 is of no known format and was left out.');
    expect(
      (await run(['inspect', fixture('langsmith/release-scribe.runs.jsonl'), '--format', 'jaeger'])).out,
    ).toContain('Read as jaeger, as asked, the input holds no spans');
  });

  it('leaves the original records out when asked', async () => {
    expect((await run(['convert', SUPPORT, '--no-raw'])).out).not.toContain('"raw"');
  });

  it('masks by ready rules and by keys', async () => {
    const { out } = await run(['convert', SUPPORT, '--redact', 'email,phone', '--redact-key', '^user\\.id$']);
    for (const secret of ['jo.martens@example.com', '+1 555 0142', 'c_20418']) expect(out).not.toContain(secret);
    expect(out).toContain('⟦email·1⟧');
    expect((await run(['inspect', SUPPORT, '--redact', 'all'])).out).toMatch(
      /redacted +1 different value was masked by the rule “email”/,
    );
  });
});

describe('spanwise inspect --assert', () => {
  it('ends with 1 and says why where what is asked is broken, with 0 where it holds', async () => {
    const broken = await run(['inspect', drawing, '--assert', 'no errors', '--assert', 'no kind:tool duration>30ms']);
    expect(broken.code).toBe(1);
    expect(broken.err).toContain('--assert no errors: answer: send failed: failed');
    expect(broken.err).toContain('--assert no kind:tool duration>30ms: answer: 1 span, the first is send');
    const fine = await run(['inspect', drawing, '--assert', 'no stuck loops', '--assert', 'no duration>10s']);
    expect([fine.code, fine.err]).toEqual([0, '']);
    const wrong = await run(['inspect', drawing, '--assert', 'errors']);
    expect(wrong.code).toBe(2);
    expect(wrong.err).toContain('--assert takes “no errors”');
  });
});

describe('spanwise digest', () => {
  it('writes a short text within a budget', async () => {
    const { code, out } = await run(['digest', SUPPORT, '--tokens', '2000']);
    expect(code).toBe(0);
    expect(Math.ceil(Buffer.byteLength(out.trim()) / 3)).toBeLessThanOrEqual(2000);
    expect(out).toContain('## Steps');
    expect((await run(['digest', SUPPORT, '--tokens', ''])).code).toBe(2);
  });

  it('transcript prints a trace as one conversation', async () => {
    const { code, out } = await run(['transcript', SUPPORT]);
    expect(code).toBe(0);
    expect(out).toMatch(/^# support\.reply\n\nUser:\nHi, this is Jo Martens/);
    expect(out).toContain('Tool refund_eligibility, attempt 2 ');
    expect(out.match(/You sort customer messages/g)).toHaveLength(1);
  });
});

describe('spanwise diff', () => {
  const after = join(folder, 'after.json');
  beforeAll(() =>
    writeFileSync(
      after,
      JSON.stringify(
        drawDocument(
          `
    answer    0------------200    service=web kind=agent
      draft     0--40             in=10 out=5 model=m-2 cost=0.5 kind=llm
      check          40-45        kind=tool
      send           50---190     kind=tool
  `,
          'e'.repeat(32),
        ),
      ),
    ),
  );

  it('says totals, counts, what changed most', async () => {
    const { out, err, code } = await run(['diff', drawing, after]);
    expect({ err, code }).toEqual({ err: '', code: 0 });
    const lines = out.split('\n');
    expect(lines[0]).toMatch(/^A answer .* trace 4f7bec97/);
    expect(lines).toEqual(
      expect.arrayContaining([
        'duration     100 ms → 200 ms  +100 ms (+100%)',
        'cost         $0.2500 → $0.5000  +$0.2500 (+100%)',
        'errors       1 → 0  −1 (−100%)',
        '1 same, 2 changed, 1 added, 0 removed, 0 moved',
      ]),
    );
    expect(lines.slice(lines.indexOf('What changed most') + 1, lines.indexOf('What changed most') + 3)).toEqual([
      '  send fails no more: failed',
      '  model m-1 → m-2',
    ]);
  });

  it('gives all of it as data, with pairs as span ids', async () => {
    const { out } = await run(['diff', '-', after, '--json'], readFileSync(drawing, 'utf8'));
    const found = JSON.parse(out) as {
      pairs: { a: string; b: string }[];
      rows: { op: string; b: string | null }[];
      counts: object;
    };
    expect(found.pairs.map(({ a, b }) => [Number(a), Number(b)])).toEqual([
      [1, 1],
      [2, 2],
      [3, 4],
    ]);
    expect(found.rows.map(({ op }) => op)).toEqual(['same', 'changed', 'added', 'changed']);
    expect(found.counts).toEqual({ same: 1, changed: 2, added: 1, removed: 0, moved: 0 });
  });

  it.each<readonly [limits: string, from: string, to: string, code: number, words: RegExp]>([
    ['cost>100%,duration>100%', drawing, after, 0, /^$/],
    ['cost>50%', drawing, after, 1, /cost>50%: grew by 100%/],
    ['structure', drawing, after, 1, /structure: 1 added/],
    ['errors', drawing, after, 0, /^$/],
    ['errors', after, drawing, 1, /errors: send fails now/],
    ['errors,structure,cost>0%', drawing, drawing, 0, /^$/],
    ['output>5%, input>5%', drawing, drawing, 0, /^$/],
  ])('--fail-on %s, %s to %s: exit %i', async (limits, from, to, code, words) => {
    const ran = await run(['diff', from, to, '--fail-on', limits]);
    expect(ran.code).toBe(code);
    expect(ran.err).toMatch(words);
  });

  it.each([
    [['diff', 'one.json'], /takes two files/],
    [['diff', '-', '-'], /only one of the two/],
    [['diff', 'gone.json', '-'], /no such file/],
    [['diff', '-', '-', '--fail-on', 'luck'], /--fail-on takes errors, structure/],
  ])('%j is wrong', async (args, words) => {
    const { out, err, code } = await run(args, 'no trace');
    expect({ out, code }).toEqual({ out: '', code: 2 });
    expect(err).toMatch(words);
  });
});

describe('what is wrong with a call', () => {
  it.each([
    [['inspect'], /no file given/],
    [['inspect', 'gone.json'], /no such file: gone\.json/],
    [['convert', '-', '--to', 'zipkin'], /--to takes native or otlp, not “zipkin”/],
    [['inspect', '-', '--redact', 'mail'], /--redact knows email, phone.*not “mail”/],
    [['inspect', '-', '--redact-key', '('], /takes a regular expression/],
    [['inspect', '-', '--depth', 'x'], /--depth takes a number/],
    [['inspect', '-', '--nope'], /nope/],
    [['frobnicate'], /there is no command “frobnicate”/],
    [['inspect', '-'], /not JSON/],
    [['inspect', '-', '--format', 'pigeon'], /There is no format “pigeon”/],
  ])('%j', async (args, words) => {
    const { out, err, code } = await run(args, 'no trace');
    expect({ out, code }).toEqual({ out: '', code: 2 });
    expect(err).toMatch(words);
    expect(err).not.toMatch(/\n +at /);
  });

  it.runIf(process.platform !== 'win32').each(['inspect', 'view', 'convert'])(
    'is a directory, pipe, socket or device as a file: %s',
    async (name) => {
      const [pipe, socket] = [join(folder, `${name}.pipe`), join(folder, `${name}.socket`)];
      execFileSync('mkfifo', [pipe]);
      const server = createServer().listen(socket);
      await once(server, 'listening');
      for (const [file, kind] of [
        [folder, 'a directory'],
        [`${folder}/`, 'a directory'],
        [pipe, 'a pipe'],
        [socket, 'a socket'],
        ['/dev/null', 'a device'],
      ] as const) {
        expect(await run([name, drawing, file])).toEqual({
          out: '',
          code: 2,
          err: expect.stringMatching(new RegExp(`^spanwise: not a file but ${kind}.*: ${file}\n$`)) as string,
        });
      }
      server.close();
    },
  );

  it('is not asking for the version', async () => expect((await run(['--version'])).out).toMatch(/^\d+\.\d+\.\d+\n$/));

  it('is not asking for help', async () => {
    for (const args of [['--help'], ['inspect', '-h']])
      expect(await run(args)).toMatchObject({
        code: 0,
        err: '',
        out: expect.stringMatching(/^usage: spanwise view/) as string,
      });
  });

  it('is not a trace file without spans', async () => {
    expect(await run(['inspect', '-'], '{"resourceSpans":[]}')).toMatchObject({
      code: 0,
      out: expect.stringContaining('no-spans') as string,
    });
  });
});
