import { createRoot } from 'react-dom/client';
import { parseTraces, TraceViewer } from 'spanwise';
import 'spanwise/styles.css';
import trace from '../trace.json';

const createWorker = () => new Worker(new URL('spanwise/worker', import.meta.url), { type: 'module' });
const file = new File([JSON.stringify(trace)], 'trace.json');

createRoot(document.getElementById('root')).render(
  <div style={{ height: 560 }}>
    <TraceViewer input={file} options={{ createWorker }} />
  </div>,
);

window.checkHost = async () => {
  const { traces, diagnostics } = await parseTraces(file, { createWorker });
  const onPage = diagnostics.find(({ code }) => code === 'read-on-page');
  return onPage?.message ?? (traces[0].content(0) instanceof Promise ? null : 'contents are on the page');
};
