import { appendFileSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { followFile } from '../../../src/cli/live/followFile.ts';
import { watch } from '../../../src/cli/live/watch.ts';
import { createTraceStream } from '../../../src/adapters/stream/createTraceStream.ts';
import { createLiveLines } from '../../../src/cli/live/liveLines.ts';
import { serveViewer } from '../../../src/cli/serveViewer.ts';
import { linesOf } from '../../../src/sources/linesOf.ts';

describe('a file that grows', () => {
  const follow = (): { readonly path: string; readonly read: string[]; readonly notes: string[] } => {
    const folder = mkdtempSync(join(tmpdir(), 'spanwise-'));
    const path = join(folder, 'session.jsonl');
    const read: string[] = [];
    const notes: string[] = [];
    const stop = new AbortController();
    const done = followFile(path, (lines) => void read.push(...lines.split('\n').filter(Boolean)), {
      every: 5,
      signal: stop.signal,
      onNote: (note) => void notes.push(note.replaceAll(folder, '')),
    });
    onTestFinished(async () => {
      stop.abort();
      await done;
      rmSync(folder, { recursive: true });
    });
    return { path, read, notes };
  };

  it('is read line by line, from before it is there', async () => {
    const { path, read, notes } = follow();
    await vi.waitFor(() => expect(notes).toEqual(['waiting for /session.jsonl']));
    writeFileSync(path, '{"a":1}\n{"b":');
    await vi.waitFor(() => expect(read).toEqual(['{"a":1}']));
    const letter = Buffer.from('"ü"}\n{"c":3}');
    appendFileSync(path, letter.subarray(0, 2));
    await vi.waitFor(() => expect(read).toEqual(['{"a":1}']));
    appendFileSync(path, letter.subarray(2));
    // The last one has no line break, and is whole.
    await vi.waitFor(() => expect(read).toEqual(['{"a":1}', '{"b":"ü"}', '{"c":3}']));
  });

  it('is refused where it is one document on several lines', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'spanwise-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const path = join(folder, 'pretty.json');
    writeFileSync(path, JSON.stringify({ resourceSpans: [] }, null, 2));
    const read: string[] = [];
    const following = followFile(path, (lines) => void read.push(lines), {
      every: 5,
      signal: new AbortController().signal,
    });
    await expect(following).rejects.toThrow('is no file of JSON lines');
    expect(read).toEqual([]);
  });

  it('is read from its beginning when it is written anew', async () => {
    const { path, read, notes } = follow();
    writeFileSync(path, '{"a":1}\n{"b":2}\n');
    await vi.waitFor(() => expect(read).toHaveLength(2));
    writeFileSync(path, '{"c":3}\n');
    await vi.waitFor(() => expect(read).toEqual(['{"a":1}', '{"b":2}', '{"c":3}']));
    writeFileSync(`${path}.new`, '{"d":4}\n{"e":5}\n');
    renameSync(`${path}.new`, path);
    await vi.waitFor(() => expect(read.slice(3)).toEqual(['{"d":4}', '{"e":5}']));
    expect(notes.filter((note) => note.includes('begins anew'))).toHaveLength(2);
  });
});

describe('lines for a page that watches', () => {
  const open = async (live = createLiveLines()) => {
    const server = await serveViewer([], 0, { live });
    onTestFinished(() => server.close());
    const listen = async (query = '') => {
      const answer = await fetch(`${server.url}live${query}`);
      const lines: string[] = [];
      const done = (async () => {
        for await (const batch of linesOf(answer.body!)) lines.push(...batch.split('\n').filter(Boolean));
      })().catch(() => {});
      return { headers: answer.headers, lines, done };
    };
    return { server, live, listen };
  };

  it('come as they are added, those from before first', async () => {
    const { live, listen, server } = await open();
    live.add('{"a":1}\n\n{"b":2}');
    const page = await listen();
    await vi.waitFor(() => expect(page.lines).toEqual(['{"a":1}', '{"b":2}']));
    live.add('{"c":3}');
    await vi.waitFor(() => expect(page.lines).toHaveLength(3));
    expect(await (await fetch(`${server.url}inputs`)).json()).toEqual({ diff: false, live: true, sizes: [] });
    server.close();
    await page.done;
  });

  it('go on where the page was, and from the first after another start', async () => {
    const { live, listen } = await open();
    live.add('{"a":1}\n{"b":2}');
    const again = await listen(`?of=${live.epoch}&from=1`);
    await vi.waitFor(() => expect(again.lines).toEqual(['{"b":2}']));
    expect(again.headers.get('x-live-from')).toBe('1');
    const anew = await listen('?of=another&from=1');
    await vi.waitFor(() => expect(anew.lines).toEqual(['{"a":1}', '{"b":2}']));
  });

  it('are let go, the oldest first, where too many are held', async () => {
    const kept: string[] = [];
    const { live, listen, server } = await open(createLiveLines((line) => void kept.push(line), 20));
    live.add('{"a":1}\n{"b":2}\n{"c":3}');
    const late = await listen();
    await vi.waitFor(() => expect(late.lines).toEqual(['{"b":2}', '{"c":3}']));
    expect(late.headers.get('x-live-from')).toBe('1');
    expect(kept).toHaveLength(3);
    expect(await (await fetch(`${server.url}received.jsonl`)).text()).toBe('{"b":2}\n{"c":3}\n');
    expect(live.count).toBe(3);
  });

  it('are masked before the page has them, and a trace is called by its root', async () => {
    const { options } = watch({ listen: true, follow: [] }, { redact: ['email'] });
    const { url, close } = await serveViewer([], 0, options);
    onTestFinished(close);
    const span = (spanId: string, more: object) => ({
      ...{ traceId: '1'.repeat(32), spanId, startTimeUnixNano: '1795855538000000000' },
      ...{ endTimeUnixNano: '1795855539000000000', ...more },
    });
    const child = span('2'.repeat(16), { name: 'chat a@b.example', parentSpanId: '3'.repeat(16) });
    const root = span('3'.repeat(16), { name: 'support agent' });
    for (const body of [
      { resourceSpans: [{ scopeSpans: [{ spans: [child] }] }] },
      { resourceSpans: [{ scopeSpans: [{ spans: [root] }] }] },
    ])
      await fetch(`${url}v1/traces`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    await vi.waitFor(() => expect(options.live!.count).toBe(2));
    const received = await (await fetch(`${url}received.jsonl`)).text();
    expect(received).not.toContain('a@b.example');
    const stream = createTraceStream();
    await stream.append(received);
    expect(stream.snapshot().traces.map(({ name, spanCount }) => [name, spanCount])).toEqual([['support agent', 2]]);
  });

  it('are not there where nothing is watched', async () => {
    const server = await serveViewer([], 0);
    onTestFinished(() => server.close());
    expect((await fetch(`${server.url}live`)).status).toBe(404);
    expect((await fetch(`${server.url}v1/traces`, { method: 'POST' })).status).toBe(405);
  });
});
