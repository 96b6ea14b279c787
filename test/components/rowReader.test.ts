import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createRowReader, type RowContent } from '../../src/components/TraceGrid/rowReader.ts';
import type { SpanContent, Trace } from '../../src/core.ts';
import { drawTrace } from '../model/drawTrace.ts';

const DRAWING = `
  agent          0-------100
    retriever a   10-20
    llm b           20-40
    tool c ✗          40-60
    reranker d          60-80
`;
const DOCUMENTS = { input: [], output: [{ id: 'faq' }, { id: 'terms' }] };

/** A trace whose contents are asked for through here. */
function watched(remote: boolean): { readonly trace: Trace; readonly asked: number[] } {
  const trace = drawTrace(DRAWING);
  const asked: number[] = [];
  const content = (index: number): SpanContent | Promise<SpanContent> => {
    asked.push(index);
    const found = { ...(trace.content(index) as SpanContent), documents: DOCUMENTS };
    return remote ? Promise.resolve(found) : found;
  };
  return {
    trace: new Proxy(trace, { get: (of, key) => (key === 'content' ? content : Reflect.get(of, key, of)) }),
    asked,
  };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('reads nothing while rows fly by, and then what is still on screen, once', async () => {
  const { trace, asked } = watched(false);
  const reader = createRowReader();
  const received: RowContent[] = [];
  reader.watch(trace, 1, (content) => received.push(content));
  reader.watch(trace, 1, (content) => received.push(content));
  reader.watch(trace, 2, (content) => received.push(content))();
  await vi.advanceTimersByTimeAsync(200);
  reader.watch(trace, 4, (content) => received.push(content));
  await vi.advanceTimersByTimeAsync(200);
  expect(asked).toEqual([]);
  await vi.advanceTimersByTimeAsync(200);
  expect(asked).toEqual([1, 4]);
  expect(received.map(({ documents }) => documents?.after)).toEqual([2, 2, 2]);
  expect(reader.known(trace, 1)?.documents).toEqual({ before: null, after: 2 });
});

it('asks from afar only for spans that failed or are about documents, and once for all who wait', async () => {
  const { trace, asked } = watched(true);
  const reader = createRowReader();
  let received = 0;
  for (const index of [1, 1, 0, 2, 3, 4])
    reader.watch(trace, index, () => {
      received += 1;
    });
  await vi.advanceTimersByTimeAsync(1000);
  expect(asked).toEqual([1, 3, 4]);
  expect(received).toBe(4);
});

it('a content that cannot be read has nothing to show, and is not asked for again', async () => {
  const { trace } = watched(false);
  const content = vi.fn<() => Promise<never>>(() => Promise.reject(new Error('gone')));
  const broken = new Proxy(trace, { get: (of, key) => (key === 'content' ? content : Reflect.get(of, key, of)) });
  const reader = createRowReader();
  reader.watch(broken, 1, () => undefined);
  await vi.advanceTimersByTimeAsync(1000);
  reader.watch(broken, 1, () => undefined);
  await vi.advanceTimersByTimeAsync(1000);
  expect(content).toHaveBeenCalledTimes(1);
  expect(reader.known(broken, 1)?.documents).toBeNull();
});
