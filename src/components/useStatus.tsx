'use client';
import { useCallback, useEffect, useState, type ReactNode } from 'react';
import type { Say } from './detailKeys.ts';

const SHOWN_FOR = 2000;

/** A line that says what a key has just done, read out politely and gone after a moment; and the way to say something on it. */
export function useStatus(): readonly [status: ReactNode, say: Say] {
  const [said, setSaid] = useState<{ readonly text: string; readonly quiet: boolean } | null>(null);
  useEffect(() => {
    if (!said) return undefined;
    const timer = setTimeout(() => setSaid(null), SHOWN_FOR);
    return () => clearTimeout(timer);
  }, [said]);
  const say = useCallback<Say>((text, quiet = undefined) => setSaid({ text, quiet: quiet === true }), []);
  return [<span key="status" role="status" className={said === null || said.quiet ? 'tv-visually-hidden' : 'tv-said'}>{said?.text}</span>, say];
}
