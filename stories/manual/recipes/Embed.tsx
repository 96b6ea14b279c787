import { TraceViewer } from 'spanwise';
import 'spanwise/styles.css';

export const Trace = ({ file }: { file: File }) => (
  <div style={{ height: 600 }}>
    <TraceViewer input={file} />
  </div>
);
