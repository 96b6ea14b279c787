import { useEffect } from 'react';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { Sign } from '../parts/icons.tsx';
import { useStatus } from '../parts/useStatus.tsx';

/** Compares the traces that are chosen, once there are two; until then it says what is missing. */
export function CompareButton({ chosen, onPress }: { readonly chosen: number; onPress(): void }) {
  const { labels } = useTraceContext();
  const [status, announce] = useStatus();
  const missing = chosen === 1 ? labels.chooseOneMore : '';
  useEffect(() => announce(missing, true), [announce, missing]);
  return (
    <>
      <button
        type="button"
        className="tv-button tv-line"
        title={chosen < 2 ? labels.chooseTwo : undefined}
        disabled={chosen < 2}
        onClick={onPress}
      >
        <Sign name="pair" size={12} />
        {labels.compare}
      </button>
      <span className="tv-list-chosen">{missing}</span>
      {status}
    </>
  );
}
