import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { TraceInput } from '../../src/adapters/types.ts';
import { appendAll } from '../../src/sources/appendAll.ts';
import { linesOf } from '../../src/sources/linesOf.ts';
import { messagesOf } from '../../src/sources/messagesOf.ts';
import { polled } from '../../src/sources/polled.ts';
import { serverSentEvents } from '../../src/sources/serverSentEvents.ts';

async function* given<T>(...pieces: readonly T[]): AsyncGenerator<T, void> {
  yield* pieces;
}

async function all<T>(source: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const piece of source) found.push(piece);
  return found;
}

type Answer = (headers: Record<string, unknown>, turn: number) => readonly [number, Record<string, string>, string];

/** A server on loopback that answers each question in turn, and what it was asked. */
async function serve(answer: Answer) {
  const asked: Record<string, unknown>[] = [];
  const server = createServer((request, response) => {
    asked.push(request.headers);
    const [status, headers, body] = answer(request.headers, asked.length);
    response.writeHead(status, headers).end(body);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, asked };
}

describe('lines of a text that is still being written', () => {
  it('are given as soon as they are whole', async () => {
    expect(await all(linesOf(given('{"a":1}\n{"b"', ':2}\n{"c":3}\n{"d', '":4}')))).toEqual([
      '{"a":1}\n',
      '{"b":2}\n{"c":3}\n',
      '{"d":4}',
    ]);
  });

  it('are the text, wherever its bytes are cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: 'binary' })), fc.integer({ min: 1, max: 9 }), async (lines, size) => {
        const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
        const bytes = new TextEncoder().encode(text);
        const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
          bytes.subarray(at * size, (at + 1) * size),
        );
        const batches = await all(linesOf(new Blob(pieces).stream()));
        expect(batches.join('')).toBe(text);
        expect((await all(linesOf(given(...pieces)))).every((batch) => batch.endsWith('\n'))).toBe(true);
      }),
    );
  });

  it('let go of the stream when nobody wants more', async () => {
    let isCancelled = false;
    const stream = new ReadableStream<string>({
      pull: (controller) => controller.enqueue('{}\n'),
      cancel() {
        isCancelled = true;
      },
    });
    for await (const line of linesOf(stream)) if (line) break;
    expect(isCancelled).toBe(true);
  });
});

describe('messages of an EventSource or a WebSocket', () => {
  class Socket extends EventTarget {
    readyState = 1;
    say(data: unknown): void {
      this.dispatchEvent(new MessageEvent('message', { data }));
    }
    close(): void {
      this.readyState = 3;
      this.dispatchEvent(new Event('close'));
    }
  }

  it('wait for whoever asks, texts as one batch', async () => {
    const socket = new Socket();
    const messages = messagesOf(socket);
    const bytes = new Uint8Array([1]).buffer;
    for (const data of ['{"a":1}', '{"b":2}', bytes, '{"c":3}', 7]) socket.say(data);
    socket.close();
    expect(await all(messages)).toEqual(['{"a":1}\n{"b":2}', bytes, '{"c":3}']);
  });

  it('come while somebody waits', async () => {
    const socket = new Socket();
    const messages = messagesOf(socket);
    const first = messages.next();
    socket.say('{}');
    expect(await first).toEqual({ done: false, value: '{}' });
    const second = messages.next();
    socket.close();
    expect(await second).toEqual({ done: true, value: undefined });
  });

  it('go on while an EventSource connects anew, and end when it gives up', async () => {
    const source = new Socket();
    const messages = messagesOf(source, { type: 'span' });
    source.readyState = 0;
    source.dispatchEvent(new Event('error'));
    source.readyState = 1;
    source.dispatchEvent(new MessageEvent('span', { data: '{"after":1}' }));
    source.say('not of this type');
    source.readyState = 2;
    source.dispatchEvent(new Event('error'));
    expect(await all(messages)).toEqual(['{"after":1}']);
  });
});

describe('Server-Sent Events of a response', () => {
  it('are the data of the events of one type, lines of one event joined', async () => {
    const body =
      ': hello\n\ndata: {"a":\ndata: 1}\n\nevent: other\ndata: {"b":2}\n\nid: 3\ndata: {"c":"ü"}\r\n\r\ndata: cut';
    expect(await all(serverSentEvents(new Response(body), { type: 'message' }))).toEqual(['{"a":\n1}', '{"c":"ü"}']);
    expect(await all(serverSentEvents(new Response(body)))).toHaveLength(3);
  });

  it('say so where the answer is none', async () => {
    await expect(
      all(serverSentEvents(new Response('no', { status: 401, statusText: 'Unauthorized' }))),
    ).rejects.toThrow('no events: the answer is 401 Unauthorized');
  });
});

describe('a URL that is asked again and again', () => {
  const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

  it('gives its body when it is another one, by ETag', async () => {
    const { url, asked } = await serve(({ 'if-none-match': tag }, turn) => {
      const now = turn < 3 ? '"a"' : '"b"';
      return tag === now ? [304, { etag: now }, ''] : [200, { etag: now }, now];
    });
    const stop = new AbortController();
    const found: string[] = [];
    for await (const body of polled(url, { every: 1, signal: stop.signal, headers: { authorization: 'x' } })) {
      found.push(text(body));
      if (found.length === 2) stop.abort();
    }
    expect(found).toEqual(['"a"', '"b"']);
    expect(asked.map((headers) => headers['if-none-match'])).toEqual([undefined, '"a"', '"a"']);
    expect(asked.every(({ authorization }) => authorization === 'x')).toBe(true);
  });

  it('compares bytes where the server names none, and bears failures between', async () => {
    const bodies = ['one', 'one', null, 'two'];
    const { url } = await serve((_, turn) => {
      const body = bodies[turn - 1];
      return typeof body === 'string' ? [200, {}, body] : [503, { 'retry-after': '0' }, ''];
    });
    const found: string[] = [];
    for await (const body of polled(url, { every: 1 })) {
      found.push(text(body));
      if (found.length === 2) break;
    }
    expect(found).toEqual(['one', 'two']);
  });

  it('ends at once when it is told so while its body is looked at', async () => {
    const { url, asked } = await serve(() => [200, {}, 'one']);
    const stop = new AbortController();
    for await (const body of polled(url, { every: 600_000, signal: stop.signal })) if (body.length > 0) stop.abort();
    expect(asked).toHaveLength(1);
  });

  it('rejects where asking again changes nothing, and after ten failures', async () => {
    const { url, asked } = await serve(() => [404, {}, '']);
    await expect(all(polled(url, { every: 1 }))).rejects.toThrow('answers 404');
    expect(asked).toHaveLength(1);
    let turns = 0;
    const fetch = (): Promise<Response> => {
      turns += 1;
      return Promise.resolve(new Response(null, { status: 500, headers: { 'retry-after': '0' } }));
    };
    await expect(all(polled('http://gone.example/', { every: 1, fetch }))).rejects.toThrow('answers 500');
    expect(turns).toBe(10);
  });
});

describe('what is appended to a stream', () => {
  const sink = () => {
    const batches: TraceInput[] = [];
    return { batches, append: (batch: TraceInput) => Promise.resolve(void batches.push(batch)) };
  };

  it('is each batch in turn, to the end of the source', async () => {
    const stream = sink();
    await appendAll(stream, given('a', 'b'));
    expect(stream.batches).toEqual(['a', 'b']);
  });

  it('ends with the signal, also while the source waits', async () => {
    const stream = sink();
    const stop = new AbortController();
    const source = async function* (): AsyncGenerator<string, void> {
      yield 'first';
      await new Promise<void>(() => {});
    };
    const done = appendAll(stream, source(), { signal: stop.signal });
    await Promise.resolve();
    stop.abort();
    await done;
    expect(stream.batches.length).toBeLessThanOrEqual(1);
  });

  it('lets go of a connection when it is told to end, and not when the next piece comes', async () => {
    const bodyThatWaits = () => {
      const state = { isCancelled: false };
      const body = new ReadableStream<Uint8Array>({
        start: (controller) => controller.enqueue(new TextEncoder().encode('data: {}\n\n')),
        cancel() {
          state.isCancelled = true;
        },
      });
      return { body, state };
    };
    for (const open of [
      (body: ReadableStream<Uint8Array>) => linesOf(body),
      (body: ReadableStream<Uint8Array>) => serverSentEvents(new Response(body)),
    ]) {
      const { body, state } = bodyThatWaits();
      const stop = new AbortController();
      const stream = sink();
      const done = appendAll(stream, open(body), { signal: stop.signal });
      await vi.waitFor(() => expect(stream.batches).toHaveLength(1));
      stop.abort();
      await done;
      await vi.waitFor(() => expect(state.isCancelled).toBe(true));
    }
  });

  it('rejects as the source does', async () => {
    const source = async function* (): AsyncGenerator<string, void> {
      yield 'first';
      throw new Error('the line is cut');
    };
    const stream = sink();
    await expect(appendAll(stream, source())).rejects.toThrow('the line is cut');
    expect(stream.batches).toEqual(['first']);
  });
});
