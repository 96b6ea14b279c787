/** The worker in which the served page reads. A report is read on its page: its policy allows no worker. */
export const createWorker: (() => Worker) | undefined = document.querySelector('#inputs')
  ? undefined
  : () => new Worker(new URL('../worker.ts', import.meta.url), { type: 'module' });
