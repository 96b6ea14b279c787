import { useCallback, useState } from 'react';

/** Which trace of a list is selected: by its key, owned by the host or not. */
export interface TraceSelectionProps {
  /** Which trace is selected, by its key; null = none. */
  readonly selectedTrace?: string | null;
  readonly defaultSelectedTrace?: string | null;
  /** A trace was opened: by a click, or by Enter. Reported again where it is the selected one. */
  readonly onSelectedTraceChange?: (key: string) => void;
}

/** The selected trace, and the way to open one. */
export function useSelectedTrace({
  selectedTrace,
  defaultSelectedTrace = null,
  onSelectedTraceChange,
}: TraceSelectionProps): readonly [string | null, (key: string) => void] {
  const [own, setOwn] = useState(defaultSelectedTrace);
  const open = useCallback(
    (key: string) => {
      setOwn(key);
      onSelectedTraceChange?.(key);
    },
    [onSelectedTraceChange],
  );
  return [selectedTrace === undefined ? own : selectedTrace, open];
}
