import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { chromium, type Browser, type Page } from 'playwright';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserLaunch } from '../chromium.mjs';
import { drawDocument } from '../model/drawTrace.ts';
import { buildPage, servePage } from '../page.mjs';
import { lookAtAll, made, watched, withPayloads } from './lookAtPage.ts';

const folder = mkdtempSync(join(tmpdir(), 'spanwise-'));
const fixture = (file: string): string => fileURLToPath(new URL(`../fixtures/${file}`, import.meta.url));
const SUPPORT = fixture('otlp/support-agent.otlp.jsonl');
let command = '';
let viewer = '';
let browser: Browser;

/** The command beside its page, as they are installed, made of the sources as they are now. */
beforeAll(async () => {
  viewer = await buildPage('report/viewer');
  const cli = join(viewer, '..', 'cli');
  await build({
    configFile: false,
    logLevel: 'silent',
    // It runs where no packages are.
    ssr: { noExternal: true },
    build: {
      ssr: fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url)),
      outDir: cli,
      emptyOutDir: true,
      rolldownOptions: { output: { entryFileNames: 'main.mjs', codeSplitting: false } },
    },
  });
  command = join(cli, 'main.mjs');
  browser = await chromium.launch(await browserLaunch());
});
afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

interface Ran {
  readonly out: string;
  readonly err: string;
  readonly code: number | null;
}
const runWith = (input: string, ...args: readonly string[]): Ran => {
  const ran = spawnSync(process.execPath, [command, ...args], {
    input,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    cwd: folder,
  });
  return { out: ran.stdout, err: ran.stderr, code: ran.status };
};
const run = (...args: readonly string[]): Ran => runWith('', ...args);
const write = (name: string, text: string | Uint8Array): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
/** What `report` makes of a file; the call is well. */
const reportOf = (input: string, ...options: readonly string[]): string => {
  const { out, err, code } = run('report', input, '-o', '-', ...options);
  expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining('report: ') as string });
  return out;
};
/** The documents in a report, unpacked, in the order of its inputs. */
const documentsIn = (page: string): readonly string[] => {
  const blocks = [...page.matchAll(/<script type="application\/gzip" data-input="(\d+)">([^<]*)<\/script>/g)];
  const { sizes } = JSON.parse(/<script type="application\/json" id="inputs">(.*)<\/script>/.exec(page)![1]!) as {
    readonly sizes: readonly number[];
  };
  return sizes.map((size, place) => {
    const packed = blocks
      .filter(([, input]) => Number(input) === place)
      .map(([, , text]) => Buffer.from(text!, 'base64'));
    const unpacked = gunzipSync(Buffer.concat(packed));
    expect(unpacked.length).toBe(size);
    return unpacked.toString();
  });
};
const titleIn = (page: string): string => /<title>(.*)<\/title>/.exec(page)![1]!;
const rowsOf = (page: Page): Promise<readonly string[]> => page.locator('[role=row][aria-level]').allInnerTexts();

/** What the rows of two pages say, once they say the same: some of it comes a moment later. */
async function commonRows(one: Page, other: Page): Promise<string> {
  const [rows, others] = [(await rowsOf(one)).join('\n\n'), (await rowsOf(other)).join('\n\n')];
  return rows === others ? rows : '';
}

/** One secret of each kind that rules know, and one that only its key gives away. */
const SECRETS = {
  email: 'jo.martens@secret.example',
  apiKey: 'sk-proj-Zq9Wx8Vy7Ut6Sr5Qp4On3Ml2Kj1',
  phone: '+49 30 98765432',
  card: '4242 4242 4242 4242',
  jwt: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJqby1tYXJ0ZW5zIn0.c2VjcmV0LXNpZ25hdHVyZS1vZi1qbw',
  ip: '203.0.113.77',
  password: 'hunter2-xyz"q\\w',
};
const RULES = ['--redact', 'all', '--redact-key', '^(password|authorization)$'];

/** All secrets in every place where a span can hold a text. */
function planted(): object {
  const values = Object.values(SECRETS);
  const all = values.join(' and ');
  const attribute = (key: string, stringValue: string): object => ({ key, value: { stringValue } });
  const everywhere = [
    attribute('password', SECRETS.password),
    attribute(
      'input.value',
      JSON.stringify({ prompt: all, deep: [JSON.stringify({ authorization: SECRETS.password })] }),
    ),
    attribute('url.full', `https://api.test/?q=${values.map(encodeURIComponent).join('&r=')}`),
    ...values.map((secret) => attribute(`seen ${secret}`, `as ${secret}, once`)),
  ];
  const time = (ms: number): string => `${1_795_359_116_000 + ms}000000`;
  const span = (spanId: string, parentSpanId: string): object => ({
    traceId: '4f'.repeat(16),
    spanId: spanId.repeat(16),
    ...(parentSpanId === '' ? {} : { parentSpanId: parentSpanId.repeat(16) }),
    name: `ask ${all}`,
    traceState: `vendor=${SECRETS.apiKey}`,
    startTimeUnixNano: time(0),
    endTimeUnixNano: time(100),
    status: { code: 2, message: `failed for ${all}` },
    attributes: everywhere,
    events: [{ name: `exception of ${all}`, timeUnixNano: time(50), attributes: everywhere }],
    links: [{ traceId: '5e'.repeat(16), spanId: '7'.repeat(16), attributes: everywhere }],
  });
  return {
    resourceSpans: [
      {
        resource: { attributes: [attribute('service.name', `service of ${SECRETS.email}`), ...everywhere] },
        scopeSpans: [
          {
            scope: { name: `scope of ${all}`, version: SECRETS.ip, attributes: everywhere },
            spans: [span('1', ''), span('2', '1')],
          },
        ],
      },
    ],
  };
}

/** What tells a secret, in any spelling of it. */
const PARTS = ['secret.example', 'Zq9Wx8Vy7', '98765432', '4242', 'c2VjcmV0LXNpZ25h', '113.77', 'hunter2'];

describe('a report of a file with secrets', () => {
  const secretsIn = (text: string): readonly string[] => PARTS.filter((part) => text.includes(part));

  it('holds none of them, packed or unpacked, nor does what the command says', () => {
    const input = write('planted.json', JSON.stringify(planted()));
    const { out, err, code } = run('report', input, '-o', '-', ...RULES);
    expect(code).toBe(0);
    expect(err).toMatch(/1 different value was masked by the rule “email”\. .*by the rule “masked”\./);
    const [document] = documentsIn(out);
    expect(document).toContain('⟦email·1⟧');
    expect(document).toContain('⟦masked·1⟧');
    for (const text of [out, document!, err]) expect(secretsIn(text)).toEqual([]);
    // The same where the original records are left out.
    expect(secretsIn(documentsIn(reportOf(input, '--no-raw', ...RULES))[0]!)).toEqual([]);
  });

  it('holds all of them where nothing is to be masked, which is said', () => {
    const input = write('planted.json', JSON.stringify(planted()));
    const { out, err } = run('report', input, '-o', '-');
    expect(secretsIn(documentsIn(out)[0]!)).toEqual(PARTS);
    expect(err).toContain('Nothing is masked in it');
  });

  it('shows marks in their place', async () => {
    const file = join(folder, 'planted.html');
    expect(run('report', write('planted.json', JSON.stringify(planted())), '-o', file, ...RULES).code).toBe(0);
    const { page, faults } = await watched(browser, pathToFileURL(file).href, true);
    await lookAtAll(page, 2);
    const shown = (await page.title()) + (await page.content());
    expect(shown).toMatch(/email·1/);
    expect(secretsIn(shown)).toEqual([]);
    expect([...faults, ...(await made(page))]).toEqual([]);
    await page.close();
  });
});

describe('a report opened from a disk, offline', () => {
  it('shows the rows that the live page shows, and asks for nothing but itself', async () => {
    const file = join(folder, 'support.html');
    expect(run('report', SUPPORT, '-o', file).code).toBe(0);
    const requests: string[] = [];
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, offline: true });
    context.on('request', (request) => requests.push(request.url()));
    const page = await context.newPage();
    await page.goto(pathToFileURL(file).href);
    await page.waitForSelector('[role=row][aria-level]');
    const served = await servePage(viewer, readFileSync(SUPPORT));
    const live = await watched(browser, served.url);
    await expect.poll(() => commonRows(page, live.page)).toMatch(/on the critical path.*customer_id=c_20418/s);
    await page.reload();
    await page.waitForSelector('[role=row][aria-level]');
    expect(await page.title()).toBe('support.reply · spanwise');
    expect(requests).toEqual([pathToFileURL(file).href, pathToFileURL(file).href]);
    served.close();
    await Promise.all([live.page.close(), context.close()]);
  });

  it('takes the first key that is pressed for the trace, whatever it is', async () => {
    const served = await servePage(viewer, readFileSync(SUPPORT));
    const { page } = await watched(browser, served.url);
    await page.waitForSelector('[role=row][aria-level]');
    await page.keyboard.type('/kind:llm');
    expect(await page.getByRole('combobox', { name: 'Find spans' }).inputValue()).toBe('kind:llm');
    await page.close();
    served.close();
  });

  it('runs nothing and makes nothing, whatever the texts are', async () => {
    const hostile = [
      '</script><script>window.xssRan=1</script>',
      '<!--<script>',
      '\u2028window.xssRan=1\u2029',
      '</title><script>window.xssRan=1</script>',
      '$& $` $1 \u0000',
    ];
    const lines = Buffer.from(withPayloads(readFileSync(SUPPORT, 'utf8')))
      .toString()
      .replaceAll(
        /"name":"([\w. ]+)"/g,
        (_, name: string) => `"name":${JSON.stringify(`${name} ${hostile.join(' ')}`)}`,
      );
    const file = join(folder, 'hostile.html');
    expect(run('report', write('hostile.jsonl', lines), '-o', file).code).toBe(0);
    const { page, faults } = await watched(browser, pathToFileURL(file).href, true);
    expect(await page.title()).toContain(`</title><script>`);
    expect(await rowsOf(page)).toEqual(expect.arrayContaining([expect.stringContaining('<!--<script>') as string]));
    expect(await lookAtAll(page, 8)).toBeGreaterThan(20);
    expect([...faults, ...(await made(page))]).toEqual([]);
    await page.close();
    expect(run('diff', SUPPORT, join(folder, 'hostile.jsonl'), '-o', file).code).toBe(0);
    const compared = await watched(browser, pathToFileURL(file).href, true);
    await lookAtAll(compared.page, 8);
    expect([...compared.faults, ...(await made(compared.page))]).toEqual([]);
    await compared.page.close();
  });

  it('runs no script but its own, as it was written', async () => {
    const whole = reportOf(SUPPORT);
    const file = write('other.html', whole.replace('</body>', '<script>window.xssRan=1</script></body>'));
    const { page } = await watched(browser, pathToFileURL(file).href, true);
    expect(await made(page)).toEqual([expect.stringContaining('script-src')]);
    await page.close();
    const changed = write('changed.html', whole.replace('<script type="module">', '<script type="module">0;'));
    const broken = await browser.newPage();
    await broken.goto(pathToFileURL(changed).href);
    expect(await broken.locator('#root').innerHTML()).toBe('');
    await broken.close();
  });

  it('says why it is empty where no script may run', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(pathToFileURL(write('still.html', reportOf(SUPPORT))).href);
    expect(await page.locator('noscript').innerText()).toContain('may not run here');
    await context.close();
  });

  it('opens with a hundred thousand spans', async () => {
    const file = join(folder, 'large.html');
    const start = 1_795_359_116_000_000_000n;
    const spans = Array.from({ length: 100_000 }, (_, at) => ({
      spanId: createHash('sha256').update(String(at)).digest('hex').slice(0, 16),
      name: `step ${at}`,
      startUnixNano: String(start + BigInt(at)),
      endUnixNano: String(start + BigInt(at + 9)),
    }));
    const input = write('large.json', JSON.stringify({ format: 'spanwise/1', traces: [{ traceId: 'a1', spans }] }));
    expect(run('report', input, '-o', file)).toMatchObject({
      code: 0,
      err: expect.stringContaining('100000 written') as string,
    });
    expect(readFileSync(file, 'utf8').match(/data-input="0"/g)!.length).toBeGreaterThan(3);
    const { page, faults } = await watched(browser, pathToFileURL(file).href, true);
    expect(await page.locator('[role=treegrid]').first().getAttribute('aria-rowcount')).toBe('100001');
    expect([...faults, ...(await made(page))]).toEqual([]);
    await page.close();
  });
});

describe('spanwise report', () => {
  const drawing = (): string => write('drawing.json', JSON.stringify(drawDocument('answer 0--100\n  draft 0--40')));

  it('writes the same page of the same traces, and says how large it is', () => {
    const [one, two] = [join(folder, 'one.html'), join(folder, 'two.html')];
    const { out, err, code } = run('report', drawing(), '-o', one);
    expect({ out, code }).toEqual({ out: '', code: 0 });
    expect(err).toMatch(
      /^otlp: 2 entries, 2 written, 0 merged, 0 left out\n.*one\.html: \d\.\d MB\. Nothing is masked/,
    );
    run('report', drawing(), '-o', two);
    expect(readFileSync(one).equals(readFileSync(two))).toBe(true);
    expect(reportOf(drawing()) === readFileSync(one, 'utf8')).toBe(true);
  });

  it('joins several files, and names itself after the first trace', () => {
    const other = write('other.json', JSON.stringify(drawDocument('other 0--10', 'e'.repeat(32))));
    const page = reportOf(drawing(), other);
    expect(titleIn(page)).toBe('answer and 1 more · spanwise');
    expect(documentsIn(page)).toHaveLength(1);
  });

  it('leaves the original records out when asked', () => {
    expect(documentsIn(reportOf(SUPPORT))[0]).toContain('"raw"');
    expect(documentsIn(reportOf(SUPPORT, '--no-raw'))[0]).not.toContain('"raw"');
  });

  it('does not write over what it reads, by whatever name', () => {
    const input = drawing();
    const before = readFileSync(input);
    const link = join(folder, 'link.json');
    symlinkSync(input, link);
    for (const output of [input, 'drawing.json', link]) {
      const { out, err, code } = run('report', SUPPORT, input, '-o', output);
      expect({ out, code }).toEqual({ out: '', code: 2 });
      expect(err).toContain('is one of the files to read');
    }
    expect(readFileSync(input).equals(before)).toBe(true);
  });

  it.each([
    [['report'], /report needs -o FILE/],
    [['report', '-o', 'out.html'], /no file given/],
    [['report', 'gone.json', '-o', 'out.html'], /no such file: gone\.json/],
    [['report', SUPPORT, '-o', '.'], /-o takes a file/],
    [['report', SUPPORT, '-o', '-', '--redact', 'mail'], /--redact knows/],
    [['report', fixture('record/package.json'), '-o', '-'], /This is JSON, but not a trace/],
  ])('%j is wrong', (args, words) => {
    const { out, err, code } = run(...args);
    expect({ out, code }).toEqual({ out: '', code: 2 });
    expect(err).toMatch(words);
    expect(err).not.toMatch(/\n +at /);
  });

  it('has nothing to show of a file without spans', () => {
    const { out, err, code } = run('report', write('empty.json', '{"resourceSpans":[]}'), '-o', '-');
    expect({ out, code }).toEqual({ out: '', code: 2 });
    expect(err).toContain('no spans to show');
  });
});

describe('spanwise diff -o', () => {
  const [base, model] = [fixture('otlp/pair-claim-base.otlp.jsonl'), fixture('otlp/pair-claim-model.otlp.jsonl')];

  it('writes a page of both traces, and says what changed as without it', () => {
    const file = join(folder, 'diff.html');
    const { out, err, code } = run('diff', base, model, '-o', file);
    expect({ out, code }).toEqual({ out: run('diff', base, model).out, code: 0 });
    expect(err).toMatch(/diff\.html: \d\.\d MB\. Nothing is masked/);
    const page = readFileSync(file, 'utf8');
    expect(titleIn(page)).toBe('invoke_agent check_claim · spanwise');
    expect(page.includes('{"diff":true,"sizes":[')).toBe(true);
    const [a, b, ...more] = documentsIn(page);
    expect(more).toEqual([]);
    for (const [document, input] of [
      [a, base],
      [b, model],
    ] as const)
      expect(JSON.parse(document!)).toEqual(JSON.parse(run('convert', input).out));
    expect(run('diff', base, model, '-o', '-').out === page).toBe(true);
  });

  it('opens offline as the page that view --diff serves, and asks for nothing', async () => {
    const file = join(folder, 'pair.html');
    expect(run('diff', base, model, '-o', file).code).toBe(0);
    const report = await watched(browser, pathToFileURL(file).href, true);
    expect(await report.page.locator('[data-trace-part=diff]').getAttribute('data-state')).toBe('ready');
    const server = spawn(process.execPath, [command, 'view', base, model, '--diff', '--no-open']);
    try {
      const [url] = (await once(server.stdout, 'data')) as [Buffer];
      const live = await watched(browser, String(url).trim());
      await expect.poll(() => commonRows(report.page, live.page)).toContain('claude-sonnet-4-5 → claude-haiku-4-5');
      for (const { page, faults } of [live, report]) {
        await lookAtAll(page, 4);
        expect([...faults, ...(await made(page))]).toEqual([]);
        await page.close();
      }
    } finally {
      server.kill();
    }
  });

  it('ends as the limits say, with the page written', () => {
    const file = join(folder, 'limit.html');
    expect(run('diff', base, model, '-o', file, '--fail-on', 'tokens>0%,cost>0%,duration>0%,structure').code).toBe(
      run('diff', base, model, '--fail-on', 'tokens>0%,cost>0%,duration>0%,structure').code,
    );
    expect(documentsIn(readFileSync(file, 'utf8'))).toHaveLength(2);
  });

  it('takes the trace that is named, else the largest one of a file', () => {
    const [small, large] = ['d'.repeat(32), 'e'.repeat(32)];
    const both = write(
      'both#1.json',
      JSON.stringify([drawDocument('small 0--10', small), drawDocument('large 0--10\n  in 0--5', large)]),
    );
    const idIn = (document: string | undefined): unknown =>
      (JSON.parse(document!) as { traces: { traceId: string }[] }).traces.map(({ traceId }) => traceId);
    const chosen = run('diff', `${both}#${small}`, both, '-o', '-');
    expect(documentsIn(chosen.out).map(idIn)).toEqual([[small], [large]]);
    expect(chosen.err).toContain('both#1.json: the largest of 2 traces, large; ');
    const wrong = run('diff', `${both}#nothing`, both);
    expect(wrong).toMatchObject({ out: '', code: 2 });
    expect(wrong.err).toContain(`holds no trace “nothing” but ${small}, ${large}`);
  });

  it('masks both, and writes over neither', () => {
    const input = write('planted.json', JSON.stringify(planted()));
    const page = run('diff', input, base, '-o', '-', ...RULES).out;
    for (const text of [page, ...documentsIn(page)]) expect(PARTS.filter((part) => text.includes(part))).toEqual([]);
    for (const [a, b] of [
      [input, base],
      [base, `${input}#${'4f'.repeat(16)}`],
    ] as const)
      expect(run('diff', a, b, '-o', input)).toMatchObject({
        out: '',
        code: 2,
        err: expect.stringContaining('would be lost') as string,
      });
  });

  it.each([0, 1])(
    'masks in both what only one gives away, with the same marks, standard input at place %i',
    (place) => {
      const file = (name: string, id: string, note: object): string =>
        write(name, JSON.stringify({ format: 'spanwise/1', traces: [{ traceId: id, spans: [spanOf(note)] }] }));
      const spanOf = (attributes: object): object => ({
        spanId: '1',
        name: 'ask',
        startUnixNano: '1795359116000000000',
        endUnixNano: '1795359117000000000',
        attributes,
      });
      const one = file('one.json', 'a1', { password: 'Correct-Horse-7', note: 'and Battery-Staple-9, jo@one.example' });
      const two = file('two.json', 'b2', {
        prompt: 'it is Correct-Horse-7, ann@two.example',
        password: 'Battery-Staple-9',
      });
      const args = [one, two].map((each, at) => (at === place ? '-' : each));
      const { out, err, code } = runWith(
        readFileSync([one, two][place]!, 'utf8'),
        'diff',
        ...args,
        '-o',
        '-',
        ...RULES,
      );
      expect(code).toBe(0);
      const [before, after] = documentsIn(out);
      for (const text of [out, err, before!, after!])
        expect(text.includes('Correct-Horse') || text.includes('Battery-Staple')).toBe(false);
      const mark = /"password":"(⟦masked·\d⟧)"/;
      expect(after).toContain(`it is ${mark.exec(before!)![1]!}, `);
      expect(before).toContain(`and ${mark.exec(after!)![1]!}, `);
      const mails = [before!, after!].map((text) => /⟦email·\d⟧/.exec(text)![0]);
      expect(new Set(mails).size).toBe(2);
      expect(err).toContain('2 different values were masked by the rule “masked”.');
      expect(err.match(/“email”/g)).toHaveLength(1);
    },
  );

  it.each([
    [['diff', base, model, '--json', '-o', '-'], /only one of --json and -o/],
    [['diff', base, model, '-o', '.'], /-o takes a file/],
    [['view', base, '--diff', '--no-open'], /view --diff takes two files/],
    [['view', base, 'gone.json', '--diff'], /no such file: gone\.json/],
  ])('%j is wrong', (args, words) => {
    const { out, err, code } = run(...args);
    expect({ out, code }).toEqual({ out: '', code: 2 });
    expect(err).toMatch(words);
  });
});
