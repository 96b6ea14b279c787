import type { TraceStore } from '../../../store/createTraceStore.ts';

/** Which folds somebody opened or closed, by their ids. */
export interface Folds {
  get(id: string): boolean | undefined;
  set(id: string, open: boolean): void;
  subscribe(listener: () => void): () => void;
}

/** So many are remembered; the oldest go. */
const KEPT = 1000;

function createFolds(): Folds {
  const open = new Map<string, boolean>();
  const listeners = new Set<() => void>();
  return {
    get: (id) => open.get(id),
    set(id, isOpen) {
      open.delete(id);
      if (open.size >= KEPT) open.delete(open.keys().next().value!);
      open.set(id, isOpen);
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}

const known = new WeakMap<TraceStore, Folds>();

/** The folds of a provider: they outlive the span that is shown, so that the next one looks the same. */
export function foldsOf(store: TraceStore): Folds {
  let folds = known.get(store);
  if (!folds) known.set(store, (folds = createFolds()));
  return folds;
}
