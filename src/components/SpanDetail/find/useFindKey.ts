'use client';
import { useEffect, useRef, type RefObject } from 'react';

/**
 * Ctrl F (Cmd F) anywhere in the details is for them, not for the viewer or the browser, which know only what is on
 * screen. The element that the ref is put on stands inside them.
 */
export function useFindKey(find: () => void): RefObject<HTMLDivElement | null> {
  const inside = useRef<HTMLDivElement>(null);
  const latest = useRef(find);
  useEffect(() => {
    latest.current = find;
  });
  useEffect(() => {
    const detail = inside.current?.closest<HTMLElement>('.tv-detail');
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== 'f' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
      event.preventDefault();
      event.stopPropagation();
      latest.current();
    };
    detail?.addEventListener('keydown', onKeyDown);
    return () => detail?.removeEventListener('keydown', onKeyDown);
  }, []);
  return inside;
}
