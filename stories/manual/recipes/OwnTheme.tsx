import { TraceViewer, type TraceInput } from 'spanwise';
import 'spanwise/styles.css';
import './ownTheme.css';

export const OwnTheme = ({ input }: { input: TraceInput }) => (
  <div className="our-page" style={{ height: 420 }}>
    <TraceViewer
      input={input}
      density="comfortable"
      kinds={{ llm: { label: 'Thinking', color: 'rebeccapurple' } }}
      labels={{ duration: 'Dauer' }}
      locale="de"
    />
  </div>
);
