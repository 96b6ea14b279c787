'use client';
import { useCallback, useContext, useEffect, useState, type ReactNode } from 'react';
import { StatusContext, type Say } from '../../hooks/context/StatusContext.ts';
import { createStatusLine, type Message } from './statusLine.ts';

/**
 * A line that says politely what has just happened, gone after a moment; and the way to say something on it. Inside a
 * viewer, which has one line for all its parts, there is no other one.
 */
export function useStatus(): readonly [status: ReactNode, say: Say] {
  const around = useContext(StatusContext);
  const [said, setSaid] = useState<Message | null>(null);
  const [line] = useState(() => createStatusLine(setSaid));
  useEffect(() => line.stop, [line]);
  const sayHere = useCallback<Say>((text, quiet) => line.say({ text, quiet: quiet === true }), [line]);
  if (around) return [null, around];
  return [
    <span key="status" role="status" className={said === null || said.quiet ? 'tv-visually-hidden' : 'tv-said'}>
      {said?.text}
    </span>,
    sayHere,
  ];
}

/** The one line of a viewer, for all parts in it. */
export function StatusProvider({ children }: { readonly children: ReactNode }) {
  const [status, say] = useStatus();
  return (
    <StatusContext.Provider value={say}>
      {children}
      {status}
    </StatusContext.Provider>
  );
}
