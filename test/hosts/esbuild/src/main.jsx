import { createRoot } from 'react-dom/client';
import { TraceViewer } from 'spanwise';
import 'spanwise/styles.css';
import trace from '../trace.json';

createRoot(document.getElementById('root')).render(<TraceViewer input={trace} />);
