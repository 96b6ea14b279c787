'use client';
import { forwardRef, useImperativeHandle, useRef } from 'react';
import { useTraceContext } from '../hooks/TraceContext.ts';
import { useTraceStore } from '../hooks/useTraceStore.ts';
import { lowerBound } from '../model/lowerBound.ts';
import type { TraceState } from '../store/types.ts';
import { Sign } from './icons.tsx';

/** Finds spans by name: marks them in the grid, Enter and Shift with Enter step through them, Escape clears. */
export const TraceSearch = forwardRef<{ focus(): void }, { readonly className?: string }>(function TraceSearch({ className }, ref) {
  const { store, labels } = useTraceContext();
  const query = useTraceStore((state) => state.query);
  const count = useTraceStore((state) => state.matches.length);
  const at = useTraceStore(currentMatch);
  const input = useRef<HTMLInputElement>(null);
  useImperativeHandle(ref, () => ({ focus: () => input.current?.select() }), []);
  return (
    <div className={className === undefined ? 'tv-search' : `tv-search ${className}`} data-trace-part="search">
      <Sign name="search" size={13} />
      <input
        ref={input} type="text" value={query} placeholder={labels.find} aria-label={labels.find} spellCheck={false} autoComplete="off"
        onChange={(event) => store.actions.setQuery(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') store.actions.stepMatch(event.shiftKey ? -1 : 1);
          else if (event.key === 'Escape' && query !== '') store.actions.setQuery('');
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      <span className="tv-search-count" role="status">{query.trim() === '' ? '' : labels.matches(at, count)}</span>
      <button type="button" className="tv-button tv-icon tv-small" aria-label={labels.previousMatch} disabled={count === 0} onClick={() => store.actions.stepMatch(-1)}><Sign name="up" size={9} /></button>
      <button type="button" className="tv-button tv-icon tv-small" aria-label={labels.nextMatch} disabled={count === 0} onClick={() => store.actions.stepMatch(1)}><Sign name="down" size={9} /></button>
    </div>
  );
});

/** Which match the selection is, from 1; 0 where it is none of them. */
function currentMatch({ trace, selectedSpan, matches }: TraceState): number {
  const index = selectedSpan === null ? undefined : trace?.find(selectedSpan)?.index;
  if (index === undefined) return 0;
  const place = lowerBound(matches, index);
  return matches[place] === index ? place + 1 : 0;
}
