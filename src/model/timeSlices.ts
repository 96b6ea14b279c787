export interface TimeSlices {
  /** Milliseconds of work after which the page gets its turn. @default 8, well within a frame */
  readonly budget?: number;
  /** Ends the work: its reason is thrown at the next call. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Divides long work, so that a page goes on meanwhile. Call the function it gives often and await what it answers: a
 * turn of the event loop where the budget is spent, else nothing.
 */
export function createTimeSlices({ budget = 8, signal }: TimeSlices = {}): () => Promise<void> | undefined {
  let since = performance.now();
  const turn = async (): Promise<void> => {
    await new Promise<void>(nextTurn);
    signal?.throwIfAborted();
    since = performance.now();
  };
  return () => {
    signal?.throwIfAborted();
    return performance.now() - since < budget ? undefined : turn();
  };
}

/**
 * Goes on in a later turn of the event loop. On a page that is a timer, which leaves frames and keys some time; elsewhere
 * nobody draws, and a timer of many in a row would rest for one to four milliseconds each time.
 */
function nextTurn(goOn: () => void): void {
  const { setImmediate } = globalThis as { setImmediate?: (goOn: () => void) => void };
  if (typeof document === 'object') setTimeout(goOn);
  else if (setImmediate) setImmediate(goOn);
  else postTurn(goOn);
}

const waiting: (() => void)[] = [];
let channel: MessageChannel | undefined;

/** In a worker of a browser: what came to it meanwhile has its turn before. */
function postTurn(goOn: () => void): void {
  if (!channel) {
    channel = new MessageChannel();
    channel.port1.onmessage = () => waiting.shift()?.();
  }
  waiting.push(goOn);
  channel.port2.postMessage(null);
}
