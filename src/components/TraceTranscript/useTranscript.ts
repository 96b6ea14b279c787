'use client';
import { useState } from 'react';
import { transcript, type TranscriptOptions } from '../../analysis/transcript/transcript.ts';
import type { Transcript } from '../../analysis/transcript/types.ts';
import { useSoon } from '../../hooks/useSoon.ts';
import type { Trace } from '../../model/types.ts';

/** Who goes to another view and back does not wait again. */
const known = new WeakMap<Trace, Transcript>();

async function read(trace: Trace, options: TranscriptOptions): Promise<Transcript> {
  const found = known.get(trace) ?? (await transcript(trace, options));
  known.set(trace, found);
  return found;
}

export interface ReadTranscript extends Transcript {
  readonly of: Trace;
}

/** The transcript of a trace; of one that goes on that of its last state until the new one is read. Null before. */
export function useTranscript(trace: Trace | null): ReadTranscript | null {
  const now = useSoon<ReadTranscript | null>(
    (signal) => {
      if (!trace) return null;
      const found = known.get(trace);
      return found ? { ...found, of: trace } : read(trace, { signal }).then((made) => ({ ...made, of: trace }));
    },
    [trace],
  );
  const [last, setLast] = useState(now);
  if (now && now !== last) setLast(now);
  return now ?? (last?.of.key === trace?.key ? last : null);
}
