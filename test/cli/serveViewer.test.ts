import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { serveViewer } from '../../src/cli/serveViewer.ts';

const folder = mkdtempSync(join(tmpdir(), 'spanwise-'));
let url = '';
beforeAll(async () => {
  writeFileSync(join(folder, 'a.json'), '{"resourceSpans":[]}');
  const server = await serveViewer([join(folder, 'a.json'), join(folder, 'gone.json')], 0);
  url = server.url;
  return () => server.close();
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What comes back for these bytes, to the end of the connection. */
const answerTo = (bytes: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    let answer = '';
    socket.setEncoding('latin1').on('data', (text: string) => {
      answer += text;
    });
    socket
      .on('error', reject)
      .on('close', () => resolve(answer))
      .end(bytes, 'latin1');
  });

const status = (
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
  agent?: Agent,
): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    request(new URL(path, url), { headers, method, agent }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });

describe('the server behind the viewer', () => {
  it('listens on loopback only and says where', () => expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/));

  it('gives the files it was started with, by number', async () => {
    expect(await (await fetch(`${url}inputs`)).json()).toEqual({ diff: false, live: false, sizes: [20, null] });
    expect(await (await fetch(`${url}inputs/0`)).text()).toBe('{"resourceSpans":[]}');
  });

  it('gives the prices that it was told, for the page to know limits', async () => {
    const prices = { 'gpt-5': { input_cost_per_token: 1e-6, max_input_tokens: 400_000 } };
    const server = await serveViewer([], 0, { prices });
    onTestFinished(() => server.close());
    expect(await (await fetch(`${server.url}inputs`)).json()).toMatchObject({ prices });
  });

  it('gives nothing else of the disk', async () => {
    expect(
      await Promise.all(
        ['/inputs/1', '/inputs/2', '/inputs/-1', '/..%2f..%2fetc%2fpasswd', '/a.json', '/__proto__'].map((path) =>
          status(path),
        ),
      ),
    ).toEqual([404, 404, 404, 404, 404, 404]);
  });

  it('keeps the connection on which it said that a file is gone', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    for (let turn = 0; turn < 20; turn += 1)
      expect([await status('/inputs/1', {}, 'GET', agent), await status('/inputs', {}, 'GET', agent)]).toEqual([
        404, 200,
      ]);
    agent.destroy();
  });

  it('answers no other name than that of this machine', async () => {
    expect(await status('/inputs', { host: 'evil.example' })).toBe(403);
    expect(await status('/inputs', { host: 'localhost:1' })).toBe(200);
    expect(await status('/inputs', {}, 'POST')).toBe(405);
  });

  it.each([
    '//',
    '//x',
    '///',
    '//[',
    '//a:b',
    '/\\\\',
    '/\\[',
    '*',
    'http://',
    'http://[',
    'http://localhost/inputs',
    'http://x:y@z:0/',
    'localhost:80',
    ':',
    '?',
    '//inputs/0',
    '//evil.example/inputs/0',
  ])('answers 400 to %s, which is no path', async (target) => {
    expect(await answerTo(`GET ${target} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 400 /,
    );
    expect(await status('/inputs')).toBe(200);
  });

  it.each([
    '/%',
    '/%00',
    '/%zz',
    '/..',
    '/./inputs',
    '/inputs//0',
    '/inputs/0/',
    '/inputs/00000000000',
    '/INPUTS',
    '/;',
    '/__proto__',
    '/constructor',
    '/inputs/__proto__',
  ])('answers 404 to %s, which is not there', async (target) => {
    expect(await answerTo(`GET ${target} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 404 /,
    );
    expect(await status('/inputs')).toBe(200);
  });

  it.each([
    '',
    '\r\n\r\n',
    'GET\r\n\r\n',
    'GET / HTTP/9.9\r\n\r\n',
    'GET / HTTP/1.1\r\n\r\n',
    'GET / HTTP/1.0\r\n\r\n',
    '\x16\x03\x01\x02\x00\x01',
    'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
    'GET / HTTP/1.1\r\nhost: localhost\r\nhost: evil.example\r\nconnection: close\r\n\r\n',
    'GET / HTTP/1.1\r\nhost: [\r\nconnection: close\r\n\r\n',
    'GET / HTTP/1.1\r\nhost: localhost\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n',
    'CONNECT // HTTP/1.1\r\nhost: localhost\r\n\r\n',
    'OPTIONS * HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n',
    'GET /inputs HTTP/1.1\r\nhost: localhost\r\nexpect: 100-continue\r\nconnection: close\r\n\r\n',
    'GET /inputs HTTP/1.1\r\nhost: localhost\r\nexpect: x\r\nconnection: close\r\n\r\n',
    'GET /inputs HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\nzz\r\n',
    'GET /inputs HTTP/1.1\r\nhost: localhost\r\ncontent-length: -1\r\n\r\n',
    'POST // HTTP/1.1\r\nhost: localhost\r\ncontent-length: 9\r\n\r\nx',
  ])('goes on after a request like %j', async (bytes) => {
    await answerTo(bytes).catch(() => '');
    expect(await status('/inputs')).toBe(200);
  });

  it('goes on after a header without end, and many requests at once', async () => {
    await answerTo(`GET / HTTP/1.1\r\nhost: localhost\r\nx: ${'y'.repeat(70_000)}\r\n\r\n`).catch(() => '');
    await answerTo('GET /inputs/0 HTTP/1.1\r\nhost: localhost\r\n\r\n'.repeat(50)).catch(() => '');
    expect(await status('/inputs')).toBe(200);
  });

  it('says that a file is gone where a directory took its place', async () => {
    mkdirSync(join(folder, 'gone.json'));
    expect(await status('/inputs/1')).toBe(404);
    rmSync(join(folder, 'gone.json'), { recursive: true });
  });

  it('lets no other page embed anything, be it there or not', async () => {
    const answers = await Promise.all(['inputs', 'inputs/0', 'inputs/1', 'nothing'].map((path) => fetch(url + path)));
    expect(answers.map(({ headers }) => headers.get('cross-origin-resource-policy'))).toEqual([
      'same-origin',
      'same-origin',
      'same-origin',
      'same-origin',
    ]);
    for (const target of ['//', '/']) {
      const answer = await answerTo(`GET ${target} HTTP/1.1\r\nhost: evil.example\r\nconnection: close\r\n\r\n`);
      expect(answer).toMatch(/cross-origin-resource-policy: same-origin/i);
    }
  });

  it('lets the page run its own script and talk to nobody else', async () => {
    const { headers } = await fetch(`${url}inputs`);
    expect(headers.get('content-security-policy')).toContain(
      "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; connect-src 'self'",
    );
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });
});
