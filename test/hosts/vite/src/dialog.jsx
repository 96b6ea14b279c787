import { useEffect, useRef } from 'react';
import { createRoot } from 'react-dom/client';
import { TraceViewer } from 'spanwise';
import 'spanwise/styles.css';
import trace from '../trace.json';

function Modal() {
  const dialog = useRef(null);
  useEffect(() => {
    if (!dialog.current.open) dialog.current.showModal();
  }, []);
  return (
    <dialog ref={dialog} aria-label="Trace" style={{ width: 1000, height: 600 }}>
      <TraceViewer input={trace} />
    </dialog>
  );
}

createRoot(document.getElementById('root')).render(<Modal />);
