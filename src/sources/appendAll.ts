import type { TraceInput } from '../adapters/types.ts';

/** What takes batches: a stream of `createTraceStream`. */
export interface BatchSink {
  append(batch: TraceInput): Promise<void>;
}

/**
 * Appends each batch to a stream, the next one when the last is read. Resolves at the end of the source, or when `signal`
 * is aborted; rejects as the source does. The stream stays open: further sources may follow, and it is the host that
 * closes it.
 */
export async function appendAll(
  stream: BatchSink,
  batches: AsyncIterable<TraceInput>,
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<void> {
  const source = batches[Symbol.asyncIterator]();
  const ended = endOf(signal);
  try {
    for (;;) {
      // The source is asked for the next batch in turn: what it gives depends on when it is asked.
      // oxlint-disable-next-line no-await-in-loop
      const next = await Promise.race([source.next(), ended.promise]);
      if (!next || next.done) return;
      // oxlint-disable-next-line no-await-in-loop
      await stream.append(next.value);
    }
  } finally {
    ended.forget();
    // Not awaited: a source that waits for something would be waited for.
    void source.return?.()?.catch(() => {});
  }
}

/** Resolves with nothing when the signal is aborted. */
function endOf(signal: AbortSignal | undefined): { readonly promise: Promise<undefined>; forget(): void } {
  let end = (): void => {};
  const promise = new Promise<undefined>((resolve) => {
    end = () => resolve(undefined);
  });
  if (signal?.aborted) end();
  signal?.addEventListener('abort', end);
  return { promise, forget: () => signal?.removeEventListener('abort', end) };
}
