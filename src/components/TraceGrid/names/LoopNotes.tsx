'use client';
import { useTraceContext } from '../../../hooks/context/TraceContext.ts';
import { loopFacts } from '../../../layout/rows/loopFacts.ts';
import type { LoopRow } from '../../../layout/rows/loopRows.ts';
import type { Trace } from '../../../model/types.ts';
import { Sign } from '../../parts/icons.tsx';
import { MatchCount } from './MatchCount.tsx';

interface LoopNotesProps {
  readonly trace: Trace;
  readonly loop: LoopRow;
  readonly folded: boolean;
  /** How many matches are in it, where it is folded. */
  readonly inside: number;
}

/** How often a loop turned, which folds and unfolds it; of a closed one also what failed and was found in it. */
export function LoopNotes({ trace, loop, folded, inside }: LoopNotesProps) {
  const { store, labels, format } = useTraceContext();
  const count = format.count(loop.iterations.length);
  const failed = folded ? loopFacts(trace, loop).failed : 0;
  return (
    <>
      <span
        className="tv-badge tv-loop"
        aria-hidden="true"
        data-state={folded ? 'closed' : 'open'}
        title={folded ? labels.unfoldLoop(count) : labels.foldLoop(count)}
        onClick={(event) => {
          event.stopPropagation();
          store.actions.setLoopOpen(loop.head, folded);
        }}
      >
        {labels.times(count)}
      </span>
      <span className="tv-visually-hidden">{folded ? labels.loopFolded(count) : labels.loopOpen(count)}</span>
      {failed === 0 ? null : (
        <span className="tv-badge" data-tone="error">
          <Sign name="error" size={10} />
          {labels.failedInLoop(failed, format.count(failed))}
        </span>
      )}
      {folded ? <MatchCount count={inside} /> : null}
    </>
  );
}
