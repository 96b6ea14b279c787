'use client';
import {
  useEffect,
  useState,
  useSyncExternalStore,
  type ComponentProps,
  type ComponentType,
  type ReactNode,
} from 'react';
import { onceDrawn } from '../TraceGrid/useAfterRows.ts';

type Parts = typeof import('./afterwards.ts');
/** Those that are components. */
type Drawn = {
  readonly [Name in keyof Parts as Parts[Name] extends (props: never) => ReactNode ? Name : never]: Parts[Name];
};

let state: { readonly parts: Parts } | { readonly failure: unknown } | null = null;
let fetching: Promise<void> | null = null;
const listeners = new Set<() => void>();

function settle(next: NonNullable<typeof state>): void {
  fetching = null;
  // What fails before anybody looks is no failure yet.
  state = 'failure' in next && listeners.size === 0 ? null : next;
  for (const listener of listeners) listener();
}

/** Resolves when the parts are there, or cannot be had. */
export async function fetchLater(): Promise<void> {
  if (!state)
    await (fetching ??= import('./afterwards.ts').then(
      (parts) => settle({ parts }),
      (failure: unknown) => settle({ failure }),
    ));
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

function subscribe(listener: () => void): () => void {
  const stop = listen(listener);
  // Who comes anew asks anew, for all.
  if (state && 'failure' in state) {
    state = null;
    for (const each of listeners) each();
  }
  void fetchLater();
  return stop;
}

/**
 * A part of `afterwards`, by its name there. Unlike `lazy` it is drawn at once where it is there already, without a
 * moment of nothing. `otherwise` stands in its place until it comes, on a server, and where fetching fails; without one
 * a failure is thrown, for a `Slot` to say so. When it is shown anew, it is fetched anew. What is `idle` waits until
 * others are fetched, or the page has nothing else to do.
 */
export function later<Name extends keyof Drawn>(name: Name, idle = false) {
  return function Later({
    otherwise,
    ...props
  }: ComponentProps<Drawn[Name]> & { readonly otherwise?: ReactNode }): ReactNode {
    const parts = useParts(!idle, otherwise === undefined);
    if (!parts) return otherwise ?? null;
    const Part = parts[name] as ComponentType<object>;
    return <Part {...props} />;
  };
}

/**
 * The parts that come later, once they are there; null before. They are fetched when they are `wanted`. Where that
 * fails they stay null; a `needed` one has the failure thrown, for a `Slot` to say so.
 */
export function useParts(wanted: boolean, needed = false): Parts | null {
  const now = useSyncExternalStore(
    wanted ? subscribe : listen,
    () => state,
    () => null,
  );
  const [before] = useState(now);
  // What failed before it was asked for is fetched again first.
  if (needed && now && 'failure' in now && now !== before) throw now.failure;
  return now && 'parts' in now ? now.parts : null;
}

/**
 * Fetches what comes later when the page has nothing else to do, so that it is there when somebody asks for it. The
 * first picture comes first.
 */
export function usePreload(): void {
  useEffect(() => {
    let idle = 0;
    const stop = onceDrawn(() => {
      // Safari has none.
      if (typeof requestIdleCallback === 'function') idle = requestIdleCallback(fetchLater, { timeout: 1000 });
      else void fetchLater();
    });
    return () => {
      stop();
      if (idle) cancelIdleCallback(idle);
    };
  }, []);
}
