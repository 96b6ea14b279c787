import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { Sign } from '../parts/icons.tsx';

/** Compares the traces that are chosen, once there are two; until then it says what is missing. */
export function CompareButton({ chosen, onPress }: { readonly chosen: number; onPress(): void }) {
  const { labels } = useTraceContext();
  return (
    <>
      <button type="button" className="tv-button tv-line" disabled={chosen < 2} onClick={onPress}>
        <Sign name="pair" size={12} />
        {labels.compare}
      </button>
      <span className="tv-list-chosen" role="status">
        {chosen === 1 ? labels.chooseOneMore : null}
        {chosen === 0 ? <span className="tv-visually-hidden">{labels.chooseTwo}</span> : null}
      </span>
    </>
  );
}
