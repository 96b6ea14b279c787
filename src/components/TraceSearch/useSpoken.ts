'use client';
import { useEffect, useRef, useState } from 'react';

const ONE_SECOND = 1000;

/** A text for those who listen: it changes at most once a second, and ends as the last text given. */
export function useSpoken(text: string): string {
  const [spoken, setSpoken] = useState(text);
  const last = useRef(0);
  useEffect(() => {
    if (text === spoken) return undefined;
    const timer = setTimeout(() => {
      last.current = Date.now();
      setSpoken(text);
    }, Math.max(0, last.current + ONE_SECOND - Date.now()));
    return () => clearTimeout(timer);
  }, [text, spoken]);
  return spoken;
}
