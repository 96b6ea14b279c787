'use client';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { useTraceStore } from '../../hooks/useTraceStore.ts';
import type { SortedOrder } from '../../layout/rows/sortedOrder.ts';
import { Sign } from '../parts/icons.tsx';

interface SearchButtonsProps {
  readonly order: SortedOrder | null;
  onClear(): void;
}

/**
 * What can be done with a query: clear it, hide what it does not match, step through what it does. Nothing while there
 * is none.
 */
export function SearchButtons({ order, onClear }: SearchButtonsProps) {
  const { store, labels } = useTraceContext();
  const isEmpty = useTraceStore((state) => state.query === '');
  const none = useTraceStore((state) => state.matches.length === 0);
  const hides = useTraceStore((state) => state.filterMode === 'hide');
  if (isEmpty) return null;
  return (
    <>
      <button
        type="button"
        className="tv-button tv-icon tv-small"
        aria-label={labels.clearFilter}
        title={labels.clearFilter}
        onClick={() => {
          store.actions.setQuery('');
          onClear();
        }}
      >
        <Sign name="close" size={9} />
      </button>
      <button
        type="button"
        className="tv-button tv-icon tv-small tv-hide-rest"
        aria-label={labels.hideRest}
        title={labels.hideRest}
        aria-pressed={hides}
        onClick={() => store.actions.setFilterMode(hides ? 'dim' : 'hide')}
      >
        <Sign name="filter" size={12} />
      </button>
      <button
        type="button"
        className="tv-button tv-icon tv-small"
        aria-label={labels.previousMatch}
        disabled={none}
        onClick={() => store.actions.stepMatch(-1, order)}
      >
        <Sign name="up" size={9} />
      </button>
      <button
        type="button"
        className="tv-button tv-icon tv-small"
        aria-label={labels.nextMatch}
        disabled={none}
        onClick={() => store.actions.stepMatch(1, order)}
      >
        <Sign name="down" size={9} />
      </button>
    </>
  );
}
