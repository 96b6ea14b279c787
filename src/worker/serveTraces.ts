import { parseTraces } from '../adapters/parseTraces.ts';
import type { ParseOptions, ReadProgress, TraceInput } from '../adapters/types.ts';
import { arrivedRules } from '../adapters/worker/crossing.ts';
import { flattened, isDeep } from '../adapters/worker/flatValue.ts';
import {
  isOpening,
  type ContentPlace,
  type FromWorker,
  type MovedInput,
  type ToWorker,
} from '../adapters/worker/messages.ts';
import { holdRepeatsOnce } from '../adapters/bytes/holdRepeatsOnce.ts';
import type { HeldBytes } from '../adapters/content/heldBytes.ts';
import { SlicedContents } from '../adapters/content/recordedContent.ts';
import { movedContent } from '../adapters/worker/movedContent.ts';
import { movedError } from '../adapters/worker/movedErrors.ts';
import { createTraceSender, type MovedTrace } from '../adapters/worker/movedTraces.ts';
import { createTimeSlices } from '../model/timeSlices.ts';
import type { ColumnTrace } from '../model/trace.ts';
import { answersOf } from './works.ts';

/** Where messages come in: a worker's global scope, or Node's `parentPort`. */
export interface MessageScope {
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
}

const served = new WeakSet<object>();

/**
 * Makes a worker one that `parseTraces` can read in: `createWorker` has to give such a worker. Messages of the host's own,
 * and what else it does, are left alone. To call it twice changes nothing.
 */
export function serveTraces(scope: MessageScope = globalThis as unknown as MessageScope): void {
  if (served.has(scope)) return;
  served.add(scope);
  scope.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (isOpening(data)) serve(data.port);
  });
}

function serve(port: MessagePort): void {
  const send = (message: FromWorker, buffers: readonly Transferable[] = []): void =>
    port.postMessage(isDeep(message) ? { type: 'flat', nodes: flattened(message) } : message, [...buffers]);
  const texts = new Map<number, string[]>();
  const chunks = new Map<number, (message: Extract<ToWorker, { readonly type: 'chunk' }>) => void>();
  const answering = new Map<number, AbortController>();
  let traces: readonly ColumnTrace[] = [];

  const inputOf = (moved: MovedInput, place: number): TraceInput => {
    if ('text' in moved) return texts.get(place)?.join('') ?? '';
    if ('bytes' in moved) return moved.bytes;
    const { size, status } = moved.stream;
    const stream = streamFromPage(
      () => send({ type: 'more', input: place }),
      () => send({ type: 'enough', input: place }),
      (hear) => chunks.set(place, hear),
    );
    if (status === null) return stream;
    const headers: HeadersInit = size === undefined ? {} : { 'content-length': String(size) };
    return new Response(status === 200 ? stream : null, { status, headers });
  };

  const read = async ({ inputs, options }: Extract<ToWorker, { readonly type: 'read' }>): Promise<void> => {
    const { reportsMasked, reportsProgress, redact, ...rest } = options;
    const asked: ParseOptions = {
      ...rest,
      ...(redact === undefined ? {} : { redact: arrivedRules(redact) }),
      ...(reportsMasked ? { onMasked: (secrets) => send({ type: 'masked', secrets }) } : {}),
      ...(reportsProgress ? { onProgress: throttled((progress) => send({ type: 'progress', progress })) } : {}),
    };
    const { traces: found, ...about } = await parseTraces(inputs.map(inputOf), asked);
    texts.clear();
    traces = found as readonly ColumnTrace[];
    sendTraces(traces, send);
    send({ type: 'set', ...about });
    const yieldTurn = createTimeSlices();
    for (const held of heldOf(traces)) {
      try {
        const holding = holdRepeatsOnce(held);
        while (!holding.next().done) await yieldTurn();
      } catch {
        // There is no memory to make room in: all is held as it was.
      }
    }
  };

  const contentAt = async ({ trace, index, origin, key }: ContentPlace): Promise<unknown> =>
    movedContent(await traces[trace]!.parts.content.at(index)!.decode(origin, key));

  const answer = async (id: number, work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      send({ type: 'unanswered', id, error: movedError(error) });
    } finally {
      answering.delete(id);
    }
  };

  port.onmessage = ({ data }: MessageEvent<ToWorker>) => {
    if (data.type === 'text') {
      const pieces = texts.get(data.input);
      if (pieces) pieces.push(data.text);
      else texts.set(data.input, [data.text]);
    } else if (data.type === 'chunk') {
      chunks.get(data.input)?.(data);
    } else if (data.type === 'read') {
      read(data).catch((error: unknown) => send({ type: 'failed', error: movedError(error) }));
    } else if (data.type === 'content') {
      void answer(data.id, async () => send({ type: 'answer', id: data.id, answer: await contentAt(data) }));
    } else if (data.type === 'work') {
      const stop = new AbortController();
      answering.set(data.id, stop);
      void answer(data.id, async () => {
        for await (const each of answersOf(data.work, traces[data.trace]!, data.given, stop.signal))
          send({ type: 'answer', id: data.id, answer: each, more: true });
        send({ type: 'answer', id: data.id, answer: null });
      });
    } else {
      answering.get(data.id)?.abort();
    }
  };
  port.onmessageerror = () =>
    send({
      type: 'failed',
      error: movedError(new Error('What the page has sent to the worker cannot be read there.')),
    });
  send({ type: 'here' });
}

/** The bytes that traces stand in. */
const heldOf = (traces: readonly ColumnTrace[]): ReadonlySet<HeldBytes> =>
  new Set(traces.flatMap(({ parts: { content } }) => (content instanceof SlicedContents ? content.slices.inputs : [])));

/** Spans that are sent in one message, and traces: a set may have many small ones. */
const SPANS = 2000;
const TRACES = 50;

function sendTraces(
  traces: readonly ColumnTrace[],
  send: (message: FromWorker, buffers?: readonly Transferable[]) => void,
): void {
  const moveTrace = createTraceSender((piece) => send({ type: 'piece', piece }));
  let waiting: MovedTrace[] = [];
  let buffers: ArrayBuffer[] = [];
  let spans = 0;
  const flush = (): void => {
    if (waiting.length > 0) send({ type: 'traces', traces: waiting }, buffers);
    [waiting, buffers, spans] = [[], [], 0];
  };
  for (const trace of traces) {
    const { moved, buffers: own } = moveTrace(trace);
    waiting.push(moved);
    for (const buffer of own) buffers.push(buffer);
    spans += trace.spanCount;
    if (waiting.length >= TRACES || spans >= SPANS) flush();
  }
  flush();
}

/** A stream that the page reads for the worker, piece by piece. */
function streamFromPage(
  more: () => void,
  enough: () => void,
  listen: (hear: (message: Extract<ToWorker, { readonly type: 'chunk' }>) => void) => void,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  let arrived: () => void = () => {};
  return new ReadableStream(
    {
      start(controller) {
        listen((message) => {
          if (message.failed !== undefined) controller.error(new Error(message.failed));
          else if ('chunk' in message) controller.enqueue(message.chunk as Uint8Array<ArrayBuffer>);
          else controller.close();
          arrived();
        });
      },
      pull: () =>
        new Promise<void>((resolve) => {
          arrived = resolve;
          more();
        }),
      cancel: enough,
    },
    { highWaterMark: 8 },
  );
}

/** Milliseconds between two reports of one phase. */
const PAUSE = 16;

function throttled(report: (progress: ReadProgress) => void): (progress: ReadProgress) => void {
  let last = 0;
  let phase: ReadProgress['phase'] | undefined;
  return (progress) => {
    const now = performance.now();
    if (progress.phase === phase && now - last < PAUSE) return;
    [last, phase] = [now, progress.phase];
    report(progress);
  };
}
