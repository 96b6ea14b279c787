import { TraceInputError } from '../../model/diagnostics.ts';
import { unflattened } from './flatValue.ts';
import { arrivedError } from './movedErrors.ts';
import { OPENING, type FromWorker, type ToWorker } from './messages.ts';

interface Waiting {
  /** For as long as somebody waits, the worker is needed. */
  readonly link: WorkerLink;
  hear(answer: unknown, more: boolean): void;
  fail(error: Error): void;
}

/** What answers of a worker go to. It does not hold the link, so that the link can be given up. */
interface Ears {
  readonly waiting: Map<number, Waiting>;
  onMessage: ((message: FromWorker) => void) | null;
  onEnd: ((error: Error) => void) | null;
  /** Why nothing can be asked any more. */
  ended: Error | null;
}

type Question = ToWorker extends infer Each ? (Each extends { readonly id: number } ? Omit<Each, 'id'> : never) : never;

/** A worker that reads one set of traces, and holds what its spans hold. It ends when nobody holds the link. */
export class WorkerLink {
  readonly #worker: Worker;
  readonly #port: MessagePort;
  readonly #ears: Ears;
  #asked = 0;

  constructor(worker: Worker) {
    const { port1, port2 } = new MessageChannel();
    const ears: Ears = { waiting: new Map(), onMessage: null, onEnd: null, ended: null };
    this.#worker = worker;
    this.#port = port1;
    this.#ears = ears;
    const end = (error: Error): void => endAll(ears, error);
    port1.onmessage = ({ data }: MessageEvent<FromWorker>) => hear(ears, data);
    port1.onmessageerror = () => end(workerFailed('what it sent cannot be read'));
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      end(workerFailed(event.message || 'it gave no reason'));
      stop(worker, port1);
    });
    worker.addEventListener('messageerror', () => end(workerFailed('what it sent cannot be read')));
    DROPPED.register(this, () => stop(worker, port1), this);
    worker.postMessage({ type: OPENING, port: port2 }, [port2]);
  }

  /** What is no answer goes there. */
  listen(onMessage: Ears['onMessage'], onEnd: Ears['onEnd']): void {
    this.#ears.onMessage = onMessage;
    this.#ears.onEnd = onEnd;
    if (this.#ears.ended) onEnd?.(this.#ears.ended);
  }

  send(message: ToWorker, buffers: readonly Transferable[] = []): void {
    if (!this.#ears.ended) this.#port.postMessage(message, [...buffers]);
  }

  /** One answer. */
  ask(question: Question): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#begin(question, { link: this, hear: resolve, fail: reject });
    });
  }

  /** Several answers, until the worker has said all or nobody wants more. */
  async *askAll(question: Question, signal: AbortSignal | undefined): AsyncGenerator<unknown, void> {
    const heard: unknown[] = [];
    let isOver = false;
    let failure: Error | null = null;
    let wake: () => void = () => {};
    const id = this.#begin(question, {
      link: this,
      hear(answer, more) {
        if (more) heard.push(answer);
        else isOver = true;
        wake();
      },
      fail(error) {
        failure = error;
        wake();
      },
    });
    const stopped = (): void => wake();
    signal?.addEventListener('abort', stopped, { once: true });
    try {
      for (;;) {
        if (signal?.aborted) return;
        if (heard.length > 0) yield heard.shift();
        else if (failure) throw failure as Error;
        else if (isOver) return;
        else
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
      }
    } finally {
      signal?.removeEventListener('abort', stopped);
      if (this.#ears.waiting.delete(id)) this.send({ type: 'stop', id });
    }
  }

  /** Ends the worker; what is asked then fails with this error. */
  close(error: Error): void {
    endAll(this.#ears, error);
    DROPPED.unregister(this);
    stop(this.#worker, this.#port);
  }

  #begin(question: Question, waiting: Waiting): number {
    const id = (this.#asked += 1);
    const { ended } = this.#ears;
    if (ended) {
      waiting.fail(ended);
      return id;
    }
    this.#ears.waiting.set(id, waiting);
    this.send({ ...question, id } as ToWorker);
    return id;
  }
}

/** Called for links that nobody holds any more. */
const DROPPED = new FinalizationRegistry<() => void>((end) => end());

function stop(worker: Worker, port: MessagePort): void {
  port.close();
  worker.terminate();
}

function endAll(ears: Ears, error: Error): void {
  if (ears.ended) return;
  ears.ended = error;
  for (const waiting of ears.waiting.values()) waiting.fail(error);
  ears.waiting.clear();
  ears.onEnd?.(error);
}

function hear(ears: Ears, message: FromWorker): void {
  if (message.type === 'flat') return hear(ears, unflattened(message.nodes) as FromWorker);
  if (message.type === 'failed' && !ears.onMessage) return endAll(ears, arrivedError(message.error));
  if (message.type !== 'answer' && message.type !== 'unanswered') return ears.onMessage?.(message);
  const waiting = ears.waiting.get(message.id);
  if (message.type === 'unanswered' || !message.more) ears.waiting.delete(message.id);
  if (message.type === 'answer') waiting?.hear(message.answer, message.more === true);
  else waiting?.fail(arrivedError(message.error));
}

const workerFailed = (reason: string): TraceInputError =>
  new TraceInputError('worker-failed', `The worker that reads the traces is gone: ${reason}.`);
