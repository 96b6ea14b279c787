import { useEffect, useRef, useState, type DragEvent } from 'react';
import { TraceDiff, type TraceDiffRef } from '../components/TraceDiff/TraceDiff.tsx';
import { TraceViewer } from '../components/TraceViewer/TraceViewer.tsx';
import type { PriceTable } from '../conventions/prices.ts';
import type { ParseOptions } from '../adapters/types.ts';
import type { TraceViewerRef } from '../components/types.ts';
import { createWorker } from './createWorker.ts';
import { chosenFolder, droppedFiles, type ChosenFiles } from './droppedFiles.ts';
import { givenInputs } from './givenInputs.ts';
import { LiveViewer } from './LiveViewer.tsx';

const OPTIONS: ParseOptions = createWorker ? { createWorker } : {};

/** React knows no name for it. */
const FOLDER = { webkitdirectory: '' };

interface Shown {
  /** The two inputs are compared. */
  readonly diff: boolean;
  /** Traces come while the page is open. */
  readonly live?: boolean;
  readonly prices?: PriceTable | undefined;
  readonly inputs: readonly (Blob | Response)[];
}

/**
 * The page of `spanwise view` and of reports: the files it was started with, or whatever is dropped on it or chosen in a
 * dialog.
 */
export function Page() {
  const [shown, setShown] = useState<Shown | undefined>();
  const [failure, setFailure] = useState<string | null>(null);
  const [dragging, setDragging] = useState(false);
  const [notice, setNotice] = useState<string | null>(null);
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
  const show = ({ files, notice: said }: ChosenFiles): void => {
    setNotice(said);
    if (files.length > 0) setShown({ diff: false, inputs: files });
  };
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
          if (files) show({ files: [...files], notice: null });
        }}
      />
      Open files
    </label>
  );
  const openFolder = (
    <label className="page-file">
      <input
        type="file"
        multiple
        {...FOLDER}
        onChange={(event) => show(chosenFolder([...(event.currentTarget.files ?? [])]))}
      />
      Open a folder
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
        void droppedFiles(event.dataTransfer).then(show);
      }}
    >
      {/* The viewer begins with a heading of level 2, as it stands in pages that have their own. */}
      <h1 className="page-title">spanwise</h1>
      {shown?.live ? (
        <LiveViewer
          ref={viewer}
          prices={shown.prices}
          onNotice={setNotice}
          headerEnd={
            <>
              <a className="page-file" href="./received.jsonl" download>
                Save
              </a>
              {open}
            </>
          }
        />
      ) : null}
      {shown && !shown.live && !(a && b) ? (
        <TraceViewer
          ref={viewer}
          {...(shown.inputs.length > 0 ? { input: shown.inputs } : {})}
          options={OPTIONS}
          prices={shown.prices}
          headerEnd={open}
        />
      ) : null}
      {a && b ? <TraceDiff ref={viewer} a={a} b={b} options={OPTIONS} headerEnd={open} /> : null}
      {shown && !shown.live && shown.inputs.length === 0 ? (
        <div className="page-open">
          {open}
          {openFolder}
        </div>
      ) : null}
      {notice === null ? null : (
        <p role="status" className="page-notice">
          {notice}{' '}
          <button type="button" onClick={() => setNotice(null)}>
            Close
          </button>
        </p>
      )}
      {failure === null ? null : (
        <p role="alert" className="page-failure">
          {failure}
        </p>
      )}
      {dragging ? (
        <div className="page-drop">
          Drop trace files, folders or archives to read them here. They stay on this machine.
        </div>
      ) : null}
    </main>
  );
}
