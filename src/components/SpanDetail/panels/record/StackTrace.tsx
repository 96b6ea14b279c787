'use client';
import { useMemo } from 'react';
import { stackFrames, type StackFrame } from '../../../../analysis/values/stackFrames.ts';
import { useTraceContext } from '../../../../hooks/context/TraceContext.ts';
import { recordedText } from '../../../text/recordedText.tsx';
import { Fold } from '../../values/Fold.tsx';
import { Value } from '../../values/Value.tsx';

/** A longer text is shown as it is. */
const READ_AT_MOST = 400_000;

/** Where it happened: the program's own frames, the innermost first; those of libraries in a line; and as recorded. */
export function StackTrace({ text, id }: { readonly text: string; readonly id?: string }) {
  const { labels } = useTraceContext();
  const trace = useMemo(() => (text.length > READ_AT_MOST ? null : stackFrames(text)), [text]);
  const recorded = (
    <Fold
      kept="stack trace"
      {...(id === undefined ? {} : { id })}
      className="tv-stack-text"
      summary={trace ? labels.asRecorded : labels.stackTrace}
    >
      <Value value={text} field="attribute" id={id} view="code" />
    </Fold>
  );
  if (!trace) return recorded;
  return (
    <>
      <ol className="tv-stack">
        {grouped(trace.frames).map((group, place) =>
          group.own ? (
            group.frames.map((frame, at) => <Frame key={`${place} ${at}`} frame={frame} />)
          ) : (
            <LibraryFrames key={place} frames={group.frames} />
          ),
        )}
      </ol>
      {recorded}
    </>
  );
}

function Frame({ frame: { file, line, called, source } }: { readonly frame: StackFrame }) {
  return (
    <li>
      <code title={file}>
        {recordedText(fileName(file))}
        {line === null ? null : `:${line}`}
      </code>
      {called === null ? null : <b>{recordedText(called)}</b>}
      {source === null ? null : <code className="tv-stack-source">{recordedText(source.slice(0, 200))}</code>}
    </li>
  );
}

function LibraryFrames({ frames }: { readonly frames: readonly StackFrame[] }) {
  const { labels, format } = useTraceContext();
  const libraries = Array.from(new Set(frames.flatMap(({ library }) => library ?? [])));
  return (
    <li className="tv-stack-library">
      {labels.libraryFrames(frames.length, format.count(frames.length))}{' '}
      <bdi>{recordedText(libraries.slice(0, 4).join(', '))}</bdi>
    </li>
  );
}

/** Frames in a row that are the program's own, or are not. */
function grouped(frames: readonly StackFrame[]): readonly { readonly own: boolean; readonly frames: StackFrame[] }[] {
  const groups: { readonly own: boolean; readonly frames: StackFrame[] }[] = [];
  for (const frame of frames) {
    const last = groups.at(-1);
    if (last?.own === frame.own) last.frames.push(frame);
    else groups.push({ own: frame.own, frames: [frame] });
  }
  return groups;
}

/** The last two steps of a path tell files apart. */
const fileName = (path: string): string => path.split(/[/\\]/).slice(-2).join('/').slice(-120);
