'use client';
import { useContext, useMemo } from 'react';
import { HostLookContext } from '../../hooks/context/HostLookContext.ts';
import { laterLabels, type LaterLabels } from '../../laterLabels.ts';
import { withWords } from '../parts/hostLabels.ts';

/** The words that come later, with those of the host in place of ours. */
export function useLaterLabels(): LaterLabels {
  const { words } = useContext(HostLookContext);
  return useMemo(() => withWords(laterLabels, words), [words]);
}
