import { expect, it } from 'vitest';
import { parseTraces } from '../../../src/core.ts';
import { generateDocument } from '../../bench/generate.mjs';

const SPANS = 400;
const bytes = new TextEncoder().encode(JSON.stringify(generateDocument(SPANS)));

/** In pieces, as a server sends them. */
const stream = (): ReadableStream<Uint8Array> => {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      controller.enqueue(bytes.slice(at, (at += 10_007)));
    },
  });
};
const saying = (size: number) => new Response(stream(), { headers: { 'content-length': String(size) } });

it.each([
  ['nothing', () => stream()],
  ['the size', () => saying(bytes.length)],
  ['too little', () => saying(25_000)],
  ['too much', () => saying(bytes.length + 1)],
  ['more than there can be', () => saying(2 ** 52)],
])('bytes that come in pieces are all there, and no more, where their source says %s', async (_, open) => {
  const made: number[] = [];
  const Before = globalThis.Uint8Array;
  globalThis.Uint8Array = new Proxy(Before, {
    construct(target, given: [number], newTarget: () => void) {
      const list = Reflect.construct(target, given, newTarget) as Uint8Array;
      if (typeof given[0] === 'number' && given[0] > 20_000) made.push(list.length);
      return list;
    },
  });
  const set = await parseTraces(open(), { holdAs: 'bytes' }).finally(() => {
    globalThis.Uint8Array = Before;
  });
  expect(set.traces[0]!.spanCount).toBe(SPANS);
  const last = await set.traces[0]!.content(SPANS - 1);
  expect(last.attributes.size).toBeGreaterThan(0);
  // Held once: no room that grows, and is held beside what it grew to.
  expect(made.filter((length) => length === bytes.length)).toHaveLength(1);
});
