'use client';
import { useDeferredValue, useEffect, useState } from 'react';
import type { Trace } from '../../model/types.ts';
import type { Unread } from './EmptyState.tsx';

/** Milliseconds that a trace is drawn in slices. A page that changes all the time would begin them anew each time. */
const PATIENCE = 300;

/**
 * What stands in the place of a trace; null when the trace does. One that was read is drawn in slices, which leave the
 * page its turn, while what stood in its place is still seen. One that is there from the start is drawn at once, and so
 * is one that changes while it is looked at.
 */
export function useInPlace(shown: Trace | undefined, unread: Unread): Unread | null {
  const before = useDeferredValue(shown ? null : unread);
  const [overdue, setOverdue] = useState(false);
  const waits = shown !== undefined && !shown.live && before !== null && !overdue;
  useEffect(() => {
    if (!waits) return undefined;
    const timer = setTimeout(() => setOverdue(true), PATIENCE);
    return () => clearTimeout(timer);
  }, [waits]);
  if (!shown) return unread;
  return waits ? before : null;
}
