'use client';
import { useCallback, useContext, useEffect, useState, type ReactNode } from 'react';
import { StatusContext, type Announce } from '../../hooks/context/StatusContext.ts';
import { createStatusLine, type Message } from './statusLine.ts';

/**
 * A live region that shows what has just happened, gone after a moment; and the function that announces it. Inside a
 * viewer, which has one line for all its parts, there is no other one.
 */
export function useStatus(): readonly [status: ReactNode, announce: Announce] {
  const around = useContext(StatusContext);
  const [message, setMessage] = useState<Message | null>(null);
  const [line] = useState(() => createStatusLine(setMessage));
  useEffect(() => line.stop, [line]);
  const announceHere = useCallback<Announce>((text, quiet) => line.announce({ text, quiet: quiet === true }), [line]);
  if (around) return [null, around];
  return [
    <span key="status" role="status" className={message === null || message.quiet ? 'tv-visually-hidden' : 'tv-status'}>
      {message?.text}
    </span>,
    announceHere,
  ];
}

/** The one line of a viewer, for all parts in it. */
export function StatusProvider({ children }: { readonly children: ReactNode }) {
  const [status, announce] = useStatus();
  return (
    <StatusContext.Provider value={announce}>
      {children}
      {status}
    </StatusContext.Provider>
  );
}
