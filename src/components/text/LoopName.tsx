'use client';
import { loopFacts } from '../../layout/rows/loopFacts.ts';
import type { LoopRow } from '../../layout/rows/loopRows.ts';
import type { Trace } from '../../model/types.ts';
import { recordedText } from './recordedText.tsx';

/** Of many steps of an iteration so many are named. */
const NAMED = 3;

/** The name of a closed loop: those of its steps. */
export function LoopName({ trace, loop }: { readonly trace: Trace; readonly loop: LoopRow }) {
  const { names } = loopFacts(trace, loop);
  return (
    <>
      {names.slice(0, NAMED).map((name, place) => (
        <span key={name}>
          {place > 0 ? <span className="tv-faint"> → </span> : null}
          {recordedText(name, true) || '—'}
        </span>
      ))}
      {names.length > NAMED ? <span className="tv-faint"> → …</span> : null}
    </>
  );
}
