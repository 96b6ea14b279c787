'use client';
import { useEffect, useState } from 'react';
import { isLarge, wholeTrace } from '../../layout/wholeTrace.ts';
import type { Trace } from '../../model/types.ts';
import { useInPage } from '../../hooks/context/useInPage.ts';

/** Milliseconds that the picture of the rows has, once it is begun. */
const PICTURE = 50;
/** The same where nobody looks at the page, and it draws no frames. */
const UNSEEN = 500;

/**
 * Whether rows are to be drawn. A page gets what stands around them first, and the rows right behind it, in a task of
 * their own: together they would keep it from its reader for too long. HTML from a server has them, and so has the
 * picture that takes it over.
 */
export function useRowsDue(): boolean {
  const inPage = useInPage();
  const [due, setDue] = useState(!inPage);
  useEffect(() => {
    const next = setTimeout(() => setDue(true));
    return () => clearTimeout(next);
  }, []);
  return due;
}

/**
 * Whether rows of the trace have been drawn, and what walks all of its spans is known: sums, shares, turns. A trace
 * that grows is the same one and waits no second time.
 */
export function useAfterRows(trace: Trace | null): boolean {
  const [drawn, setDrawn] = useState<string | null>(null);
  const key = trace?.key ?? null;
  const waits = isLarge(trace) && drawn !== key;
  useEffect(() => {
    if (!waits) return undefined;
    return afterRows(trace, () => setDrawn(key));
    // A version that comes meanwhile does not have it begin anew.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [waits, key]);
  return !waits;
}

/**
 * Calls back when what is mounted now has been drawn and the whole trace is known (`wholeTrace`); of a small trace as
 * soon as it is mounted. Returns the function that ends that.
 */
export function afterRows(trace: Trace | null, follow: () => void): () => void {
  if (!isLarge(trace)) {
    const next = setTimeout(follow);
    return () => clearTimeout(next);
  }
  let isOver = false;
  const stop = onceDrawn(() => {
    void wholeTrace(trace).then(() => isOver || follow());
  });
  return () => {
    isOver = true;
    stop();
  };
}

/** Calls back when what is mounted now, and the rows in it, are on the screen. Returns the function that ends that. */
export function onceDrawn(follow: () => void): () => void {
  let timer = setTimeout(follow, UNSEEN);
  let frame = requestAnimationFrame(() => {
    // The frame behind the one that draws it: only then it is on the screen.
    frame = requestAnimationFrame(() => {
      clearTimeout(timer);
      timer = setTimeout(follow, PICTURE);
    });
  });
  return () => {
    clearTimeout(timer);
    cancelAnimationFrame(frame);
  };
}
