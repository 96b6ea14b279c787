'use client';
import { useEffect, useState } from 'react';
import { useTraceStore } from '../../../hooks/useTraceStore.ts';
import type { Trace } from '../../../model/types.ts';
import { recordedText } from '../../text/recordedText.tsx';
import type { RowReader } from '../rowReader.ts';

interface ArgumentDigestProps {
  readonly trace: Trace;
  readonly index: number;
  readonly reader: RowReader;
}

/**
 * One line about what a tool was called with, so that calls of one tool can be told apart. It lies in the content, so it
 * comes when a row has been on screen for a moment. Readers switch it off in the choice of columns.
 */
export function ArgumentDigest({ trace, index, reader }: ArgumentDigestProps) {
  const isWanted = useTraceStore((state) => state.argumentsInRows);
  const [told, setTold] = useState<{ readonly of: Trace; readonly index: number; readonly digest: string | null }>();
  const known = reader.known(trace, index);
  useEffect(
    () => (isWanted ? reader.watch(trace, index, ({ digest }) => setTold({ of: trace, index, digest })) : undefined),
    [trace, index, reader, isWanted],
  );
  const digest = known?.digest ?? (told?.of === trace && told.index === index ? told.digest : null);
  return isWanted && digest !== null ? <bdi className="tv-digest">{recordedText(digest, true)}</bdi> : null;
}
