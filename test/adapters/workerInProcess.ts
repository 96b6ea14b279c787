import { serveTraces, type MessageScope } from '../../src/core.ts';

/** A worker that runs here: what it is given and gives is copied and handed over as between threads. */
export class WorkerInProcess extends EventTarget {
  readonly opened: MessagePort[] = [];
  terminated = false;
  readonly #scope = new EventTarget();

  constructor(serve: (scope: MessageScope) => void = serveTraces) {
    super();
    serve(this.#scope as unknown as MessageScope);
  }

  postMessage(data: unknown, transfer: readonly Transferable[] = []): void {
    const message = new MessageChannel();
    message.port2.onmessage = (event: MessageEvent<{ readonly port?: MessagePort }>) => {
      message.port1.close();
      if (this.terminated) return;
      if (event.data.port) this.opened.push(event.data.port);
      this.#scope.dispatchEvent(new MessageEvent('message', { data: event.data }));
    };
    message.port1.postMessage(data, [...transfer]);
  }

  terminate(): void {
    this.terminated = true;
    for (const port of this.opened) port.close();
  }

  /** What a worker tells the page when it breaks. */
  fail(message: string): void {
    this.terminate();
    this.dispatchEvent(Object.assign(new Event('error', { cancelable: true }), { message }));
  }
}

/** For `createWorker`; `workers` are those that were made. */
export function workersHere(): { readonly workers: WorkerInProcess[]; readonly createWorker: () => Worker } {
  const workers: WorkerInProcess[] = [];
  return {
    workers,
    createWorker() {
      const worker = new WorkerInProcess();
      workers.push(worker);
      return worker as unknown as Worker;
    },
  };
}
