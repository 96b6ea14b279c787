'use client';
import { useCallback, useMemo, useState } from 'react';
import { beganAt } from '../../analysis/traces/knownTimes.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import type { Trace } from '../../model/types.ts';
import { Sign } from '../parts/icons.tsx';
import type { ListColumn } from '../ListGrid/types.ts';

interface ComparedPair {
  /** The column that traces are chosen in; null where there are not two to choose. */
  readonly choice: ListColumn | null;
  /** Those that are chosen, the earlier one first. */
  readonly pair: readonly Trace[];
  clear(): void;
}

const NOBODY: readonly string[] = [];

/** Two traces of a list, by a column of boxes. Who chooses a third one lets go of the first. */
export function useComparedPair(traces: readonly Trace[], wanted: boolean): ComparedPair {
  const { labels } = useTraceContext();
  const [chosen, setChosen] = useState(NOBODY);
  const toggle = useCallback(
    (key: string) =>
      setChosen((former) =>
        former.includes(key) ? former.filter((each) => each !== key) : [...former, key].slice(-2),
      ),
    [],
  );
  const clear = useCallback(() => setChosen(NOBODY), []);
  const isOffered = wanted && traces.length > 1;
  const choice = useMemo<ListColumn | null>(() => {
    if (!isOffered) return null;
    const isChosen = ({ key }: Trace): boolean => chosen.includes(key);
    return {
      id: 'compare',
      header: <span className="tv-visually-hidden">{labels.chooseTwo}</span>,
      isChosen,
      onPress: toggle,
      cell: (trace) => (
        <span className="tv-check" data-on={isChosen(trace) || undefined} title={labels.chooseTwo} aria-hidden="true">
          {isChosen(trace) ? <Sign name="check" size={9} /> : null}
        </span>
      ),
    };
  }, [isOffered, chosen, toggle, labels]);
  const pair = useMemo(() => {
    const found = chosen.flatMap((key) => traces.find((trace) => trace.key === key) ?? []);
    return found.toSorted((a, b) => Number((beganAt(a) ?? 0n) - (beganAt(b) ?? 0n)));
  }, [chosen, traces]);
  return { choice, pair, clear };
}
