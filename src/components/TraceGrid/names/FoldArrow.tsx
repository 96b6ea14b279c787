'use client';
import { useTraceContext } from '../../../hooks/context/TraceContext.ts';
import { Sign } from '../../parts/icons.tsx';

interface FoldArrowProps {
  readonly index: number;
  readonly open: boolean;
  /** Whether the row stands for a closed loop. */
  readonly folded?: boolean;
}

/** Opens and closes a row by the pointer; with Alt all below it. The row itself says whether it is open. */
export function FoldArrow({ index, open, folded = false }: FoldArrowProps) {
  const { store } = useTraceContext();
  return (
    <span
      className="tv-fold"
      aria-hidden="true"
      data-state={open ? 'open' : 'closed'}
      onClick={(event) => {
        event.stopPropagation();
        if (event.altKey) store.actions.toggleSubtree(index, !open);
        else if (folded) store.actions.setLoopOpen(index, true);
        else store.actions.toggle(index);
      }}
    >
      <Sign name={open ? 'down' : 'right'} size={8} />
    </span>
  );
}
