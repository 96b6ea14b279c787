'use client';
import { createContext, useContext } from 'react';
import type { CallMessages, NewInCall, ToolPairs, ToolRun } from '../../../../analysis/conversation/types.ts';

/** The call whose messages are shown, and what is known about them. */
export interface Call {
  readonly messages: CallMessages;
  readonly pairs: ToolPairs;
  readonly runs: ReadonlyMap<number, ToolRun>;
  /** Null until it is known. */
  readonly delta: NewInCall | null;
}

export const NO_RUNS: ReadonlyMap<number, ToolRun> = new Map();

export const CallContext = createContext<Call | null>(null);

export function useCall(): Call {
  const call = useContext(CallContext);
  if (!call) throw new Error('spanwise: a message stands outside of its conversation.');
  return call;
}
