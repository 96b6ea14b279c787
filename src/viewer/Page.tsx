import { useEffect, useRef, useState, type DragEvent } from 'react';
import { TraceDiff, type TraceDiffRef } from '../components/TraceDiff/TraceDiff.tsx';
import { TraceViewer } from '../components/TraceViewer/TraceViewer.tsx';
import type { TraceViewerRef } from '../components/types.ts';
import { givenInputs } from './givenInputs.ts';

interface Shown {
  /** The two inputs are compared. */
  readonly diff: boolean;
  readonly inputs: readonly (Blob | Response)[];
}

const alone = (files: FileList): Shown => ({ diff: false, inputs: [...files] });

/**
 * The page of `spanwise view` and of reports: the files it was started with, or whatever is dropped on it or chosen in a
 * dialog.
 */
export function Page() {
  const [shown, setShown] = useState<Shown | undefined>();
  const [failure, setFailure] = useState<string | null>(null);
  const [dragging, setDragging] = useState(false);
  const viewer = useRef<TraceViewerRef & TraceDiffRef>(null);
  useEffect(() => {
    const stop = new AbortController();
    givenInputs(stop.signal).then(setShown, (error: unknown) => {
      if (!stop.signal.aborted) setFailure(error instanceof Error ? error.message : String(error));
    });
    return () => stop.abort();
  }, []);
  useEffect(() => {
    // A key pressed before anything has the focus is meant for the trace: there is nothing else on this page.
    const onKey = (event: KeyboardEvent): void => {
      if (
        document.activeElement !== document.body ||
        event.ctrlKey ||
        event.metaKey ||
        event.altKey ||
        event.key === 'Tab'
      )
        return;
      viewer.current?.focus();
      if (
        document.activeElement !== document.body &&
        !document.activeElement!.dispatchEvent(new KeyboardEvent('keydown', event))
      )
        event.preventDefault();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  const over = (event: DragEvent): void => {
    if (!event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    setDragging(event.type !== 'dragleave');
  };
  const open = (
    <label className="page-file">
      <input
        type="file"
        multiple
        onChange={(event) => {
          const { files } = event.currentTarget;
          if (files && files.length > 0) setShown(alone(files));
        }}
      />
      Open files
    </label>
  );
  const [a, b] = shown?.diff ? shown.inputs : [];
  return (
    // Files can be dropped anywhere on the page.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <main
      className="page"
      onDragEnter={over}
      onDragOver={over}
      onDragLeave={over}
      onDrop={(event) => {
        event.preventDefault();
        setDragging(false);
        if (event.dataTransfer.files.length > 0) setShown(alone(event.dataTransfer.files));
      }}
    >
      {/* The viewer begins with a heading of level 2, as it stands in pages that have their own. */}
      <h1 className="page-title">spanwise</h1>
      {shown && !(a && b) ? (
        <TraceViewer ref={viewer} {...(shown.inputs.length > 0 ? { input: shown.inputs } : {})} headerEnd={open} />
      ) : null}
      {a && b ? <TraceDiff ref={viewer} a={a} b={b} headerEnd={open} /> : null}
      {shown?.inputs.length === 0 ? <div className="page-open">{open}</div> : null}
      {failure === null ? null : (
        <p role="alert" className="page-failure">
          {failure}
        </p>
      )}
      {dragging ? (
        <div className="page-drop">Drop trace files to read them here. They stay on this machine.</div>
      ) : null}
    </main>
  );
}
