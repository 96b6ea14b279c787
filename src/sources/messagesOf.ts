import type { TraceInput } from '../adapters/types.ts';

/** An `EventSource` or a `WebSocket` that the host has opened, or whatever gives `message` events. */
export interface MessageSource {
  addEventListener(type: string, listener: (event: Event) => void): void;
  removeEventListener(type: string, listener: (event: Event) => void): void;
  readonly readyState?: number;
}

/**
 * What an `EventSource` or a `WebSocket` says, from the moment of the call: the data of its messages, texts that came
 * meanwhile as one batch. Ends when a socket is closed or an `EventSource` gives up (while it connects anew, it goes on).
 * Opens and closes nothing: both are the host's.
 */
export function messagesOf(
  source: MessageSource,
  { type = 'message' }: { readonly type?: string } = {},
): AsyncIterableIterator<TraceInput, void> {
  const waiting: TraceInput[] = [];
  let isOver = hasEnded(source);
  let wake: (() => void) | undefined;
  const onMessage = (event: Event): void => {
    const { data } = event as MessageEvent<unknown>;
    if (typeof data !== 'string' && (typeof data !== 'object' || data === null)) return;
    waiting.push(data);
    wake?.();
  };
  const onEnd = (event: Event): void => {
    if (event.type === 'error' && !hasEnded(source)) return;
    stop();
  };
  const stop = (): void => {
    isOver = true;
    source.removeEventListener(type, onMessage);
    source.removeEventListener('close', onEnd);
    source.removeEventListener('error', onEnd);
    wake?.();
  };
  // Before anybody asks for the first: no message is lost in between.
  source.addEventListener(type, onMessage);
  source.addEventListener('close', onEnd);
  source.addEventListener('error', onEnd);
  return {
    async next() {
      // Whoever asks waits for the last answer first, as `for await` does, so that one is woken at a time.
      if (waiting.length === 0 && !isOver)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      wake = undefined;
      return waiting.length > 0 ? { done: false, value: batchOf(waiting) } : { done: true, value: undefined };
    },
    return() {
      waiting.length = 0;
      stop();
      return Promise.resolve({ done: true, value: undefined });
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

/** `EventSource.CLOSED` is 2, `WebSocket.CLOSED` 3; both are connected at 1. */
const hasEnded = ({ readyState = 1 }: MessageSource): boolean => readyState > 1;

/** Takes what waits first: a run of texts as lines of one, or one message that is no text. */
function batchOf(waiting: TraceInput[]): TraceInput {
  const other = waiting.findIndex((message) => typeof message !== 'string');
  const count = other < 0 ? waiting.length : Math.max(other, 1);
  const taken = waiting.splice(0, count);
  return taken.length === 1 ? taken[0]! : taken.join('\n');
}
