'use client';
import { useEffect, useRef } from 'react';
import { useTraceContext } from '../../../hooks/context/TraceContext.ts';
import { useTraceStore } from '../../../hooks/useTraceStore.ts';
import { Sign } from '../../parts/icons.tsx';
import type { DetailFind } from './useFindInDetail.ts';

interface FindBarProps {
  readonly find: DetailFind;
  /** Each wish to type is a new object. */
  readonly wanted: object | null;
  onClose(): void;
}

/**
 * Find in the panel that is shown. While nothing is typed it steps through what the search of the viewer found in it.
 */
export function FindBar({ find, wanted, onClose }: FindBarProps) {
  const { labels } = useTraceContext();
  const query = useTraceStore((state) => state.query);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (!wanted) return;
    input.current?.focus({ preventScroll: true });
    input.current?.select();
  }, [wanted]);
  const { matches, current, finder } = find;
  const count = matches?.matches.length ?? 0;
  return (
    <search className="tv-detail-find">
      <Sign name="search" size={11} />
      <input
        ref={input}
        type="text"
        aria-label={labels.findInDetail}
        placeholder={query === '' ? labels.findInDetail : query}
        value={find.typed}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => find.type(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') find.step(event.shiftKey ? -1 : 1);
          else if (event.key === 'Escape') onClose();
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      <output className="tv-faint">
        {finder.isEmpty
          ? ''
          : matches === undefined
            ? labels.searching
            : labels.matches(current === null ? 0 : current + 1, count) + (matches.more ? '+' : '')}
      </output>
      <button
        type="button"
        className="tv-button tv-icon tv-small"
        aria-label={labels.previousMatch}
        disabled={count === 0}
        onClick={() => find.step(-1)}
      >
        <Sign name="up" size={10} />
      </button>
      <button
        type="button"
        className="tv-button tv-icon tv-small"
        aria-label={labels.nextMatch}
        disabled={count === 0}
        onClick={() => find.step(1)}
      >
        <Sign name="down" size={10} />
      </button>
      <button type="button" className="tv-button tv-icon tv-small" aria-label={labels.closeFind} onClick={onClose}>
        <Sign name="close" size={9} />
      </button>
    </search>
  );
}
