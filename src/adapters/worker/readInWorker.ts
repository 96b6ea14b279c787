import { TraceInputError } from '../../model/diagnostics.ts';
import { createTimeSlices } from '../../model/timeSlices.ts';
import type { Trace, TraceSet } from '../../model/types.ts';
import type { ParseOptions, ReadProgress, TraceInput } from '../types.ts';
import { contentsInWorker } from './contentsInWorker.ts';
import { CannotCross, handedOver, movedInput, movedOptions } from './crossing.ts';
import type { FromWorker } from './messages.ts';
import { arrivedError } from './movedErrors.ts';
import { createTraceReceiver } from './movedTraces.ts';
import { WorkerLink } from './workerLink.ts';

/**
 * Reads in a worker of the host: the set, whose contents stay there, or the reason why it has to be read on the page; the
 * inputs are untouched then.
 */
export async function readInWorker(
  inputs: readonly TraceInput[],
  options: ParseOptions,
): Promise<{ readonly set: TraceSet } | { readonly reason: string }> {
  const { signal } = options;
  signal?.throwIfAborted();
  let crossing;
  let link: WorkerLink;
  try {
    crossing = { inputs: inputs.map(movedInput), options: movedOptions(options) };
    link = await openLink(options.createWorker!, signal);
  } catch (error) {
    if (error instanceof CannotCross) return { reason: error.message };
    throw error;
  }
  const stop = (): void => link.close(signal!.reason as Error);
  signal?.addEventListener('abort', stop, { once: true });
  try {
    const arriving = arrivalOf(
      link,
      crossing.inputs.map(({ stream }) => stream),
      options,
    );
    // It is awaited below, unless something is wrong before.
    arriving.catch(() => {});
    const yieldTurn = createTimeSlices({ budget: 8, signal });
    for (const [input, { text = '' }] of crossing.inputs.entries()) {
      for (let at = 0; at < text.length; at += TEXT) {
        link.send({ type: 'text', input, text: text.slice(at, at + TEXT) });
        await yieldTurn();
      }
    }
    const read = {
      type: 'read',
      inputs: crossing.inputs.map(({ moved }) => moved),
      options: crossing.options,
    } as const;
    link.send(read, [...new Set(crossing.inputs.flatMap(({ buffers = [] }) => buffers))]);
    return { set: await arriving };
  } catch (error) {
    link.close(new Error('The traces could not be read.'));
    signal?.throwIfAborted();
    // Nothing has crossed where something cannot be copied.
    if (isCloneError(error)) return { reason: 'the input, or an option, cannot be given to a worker' };
    throw error;
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}

/** Characters of a text that are sent at once. */
const TEXT = 2 ** 22;

const isCloneError = (error: unknown): boolean =>
  (error as { readonly name?: unknown } | null)?.name === 'DataCloneError';

/** Milliseconds after which a worker that says nothing is taken for one that does not know what it is for. */
const PATIENCE = 10_000;

/** A worker that answers. Throws `CannotCross` where there is none to be had. */
async function openLink(createWorker: () => Worker, signal: AbortSignal | undefined): Promise<WorkerLink> {
  let link: WorkerLink;
  try {
    link = new WorkerLink(createWorker());
  } catch {
    throw new CannotCross('no worker can be started here');
  }
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stop = (): void => {};
  try {
    await new Promise<void>((resolve, reject) => {
      timer = setTimeout(
        () => reject(new CannotCross('the worker does not answer: does it call serveTraces?')),
        PATIENCE,
      );
      stop = () => reject(signal!.reason as Error);
      signal?.addEventListener('abort', stop, { once: true });
      link.listen(
        ({ type }) => {
          if (type === 'here') resolve();
        },
        () => reject(new CannotCross('no worker can be started here')),
      );
    });
    return link;
  } catch (error) {
    link.close(new Error('The worker was given up.'));
    throw error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  }
}

/** What comes of reading, until all is there. */
function arrivalOf(
  link: WorkerLink,
  streams: readonly (ReadableStream<Uint8Array> | undefined)[],
  { onProgress, onMasked }: ParseOptions,
): Promise<TraceSet> {
  const receiver = createTraceReceiver();
  const traces: Trace[] = [];
  const readers = streams.map((stream) => stream?.getReader());
  let ready: ReadProgress | undefined;
  return new Promise<TraceSet>((resolve, reject) => {
    const take = (message: FromWorker): void => {
      if (message.type === 'piece') receiver.piece(message.piece);
      else if (message.type === 'more') void nextChunk(link, message.input, readers[message.input]!);
      else if (message.type === 'enough') void readers[message.input]!.cancel().catch(() => {});
      else if (message.type === 'masked') onMasked?.(message.secrets);
      else if (message.type === 'failed') reject(arrivedError(message.error));
      else if (message.type === 'progress') {
        // It is ready when it is here.
        if (message.progress.phase === 'ready') ready = message.progress;
        else onProgress?.(message.progress);
      } else if (message.type === 'traces') {
        for (const moved of message.traces)
          traces.push(receiver.trace(moved, contentsInWorker(link, traces.length, moved)));
      } else if (message.type === 'set') {
        const { type: _, ...about } = message;
        if (ready) onProgress?.(ready);
        link.listen(null, null);
        resolve({ ...about, traces });
      }
    };
    link.listen((message) => {
      try {
        take(message);
      } catch (error) {
        // What the host was called for has thrown.
        reject(error instanceof Error ? error : new TraceInputError('not-read', String(error)));
      }
    }, reject);
  }).catch((error: unknown) => {
    for (const reader of readers) reader?.cancel(error).catch(() => {});
    throw error;
  });
}

/** Sends the next piece of a stream. */
async function nextChunk(
  link: WorkerLink,
  input: number,
  reader: ReadableStreamDefaultReader<Uint8Array>,
): Promise<void> {
  try {
    const { done, value } = await reader.read();
    if (done) return link.send({ type: 'chunk', input });
    // What is no bytes is refused by who reads.
    if (!(value instanceof Uint8Array)) return link.send({ type: 'chunk', input, chunk: null });
    const { given, buffers } = handedOver(value);
    try {
      link.send({ type: 'chunk', input, chunk: given }, buffers);
    } catch {
      // Memory that may not be handed over.
      link.send({ type: 'chunk', input, chunk: given });
    }
  } catch (error) {
    link.send({ type: 'chunk', input, failed: error instanceof Error ? error.message : 'the source failed' });
  }
}
