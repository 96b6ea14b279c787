import { useRef } from 'react';
import { TraceViewer, type TraceInput } from 'spanwise';
import 'spanwise/styles.css';

export function Modal({ input }: { input: TraceInput }) {
  const dialog = useRef<HTMLDialogElement>(null);
  return (
    <>
      <button type="button" onClick={() => dialog.current?.showModal()}>
        Show the trace
      </button>
      <dialog ref={dialog} aria-label="Trace" style={{ width: 'min(1000px, 90vw)', height: 'min(600px, 80vh)' }}>
        <form method="dialog">
          <button type="submit">Close</button>
        </form>
        <div style={{ height: 'calc(100% - 40px)' }}>
          <TraceViewer input={input} />
        </div>
      </dialog>
    </>
  );
}
