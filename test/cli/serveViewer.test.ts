import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
    expect(await (await fetch(`${url}inputs`)).json()).toEqual([20, null]);
    expect(await (await fetch(`${url}inputs/0`)).text()).toBe('{"resourceSpans":[]}');
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

  it('lets the page run its own script and talk to nobody else', async () => {
    const { headers } = await fetch(`${url}inputs`);
    expect(headers.get('content-security-policy')).toContain(
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'",
    );
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });
});
