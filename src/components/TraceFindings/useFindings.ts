'use client';
import { useContext, useEffect, useSyncExternalStore } from 'react';
import type { AssertionRule } from '../../analysis/agents/rules.ts';
import { HostLookContext } from '../../hooks/context/HostLookContext.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { useStable } from '../../hooks/useStable.ts';
import { knownFindings, type Known } from './knownFindings.ts';

/** The findings of the trace that is shown; null while they are looked for. Others who are there look for them. */
export function useKnownFindings(): Known {
  const { store } = useTraceContext();
  const { listen, get } = knownFindings(store);
  return useSyncExternalStore(listen, get, nothing);
}

const nothing = (): Known => null;

/** The same, and looks for them: after the rows are drawn, in slices. */
export function useFindings(own?: readonly AssertionRule[]): Known {
  const { store } = useTraceContext();
  const around = useContext(HostLookContext).rules;
  const rules = useStable(own ?? around);
  useEffect(() => knownFindings(store).look(rules), [store, rules]);
  return useKnownFindings();
}
