'use client';
import { useMemo } from 'react';
import { queryFinder } from '../../analysis/values/finder.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { useTrace } from '../../hooks/useTrace.ts';
import { useTraceStore } from '../../hooks/useTraceStore.ts';
import { TranscriptList } from './TranscriptList.tsx';
import { useTranscript } from './useTranscript.ts';

/** The trace as one conversation, once it is read. */
export function TranscriptBody() {
  const { labels } = useTraceContext();
  const transcript = useTranscript(useTrace());
  const kept = useTraceStore((state) => state.kept);
  const asked = useTraceStore((state) => state.asked);
  const finder = useMemo(() => queryFinder(asked), [asked]);
  /** Places of the lines that are shown: all of them, unless the search hides what it does not match. */
  const places = useMemo(
    () =>
      kept && transcript
        ? transcript.lines.flatMap(({ index }, at) => (kept[index] === 0 ? [] : [at]))
        : (transcript?.lines.map((_, at) => at) ?? []),
    [kept, transcript],
  );
  return (
    <div className="tv-transcript" data-state={transcript ? 'ready' : 'reading'} aria-busy={transcript === null}>
      {transcript && transcript.lines.length > 0 ? (
        <TranscriptList transcript={transcript} places={places} finder={finder} />
      ) : (
        <p className="tv-transcript-note">{transcript ? labels.transcriptEmpty : labels.transcriptReading}</p>
      )}
    </div>
  );
}
