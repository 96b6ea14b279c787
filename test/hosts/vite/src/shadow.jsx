import { createRoot } from 'react-dom/client';
import { TraceViewer } from 'spanwise';
import stylesheet from 'spanwise/styles.css?inline';
import trace from '../trace.json';

const shadow = document.getElementById('root').attachShadow({ mode: 'open' });
const sheet = new CSSStyleSheet();
sheet.replaceSync(stylesheet);
shadow.adoptedStyleSheets = [sheet];
createRoot(shadow).render(
  <div style={{ height: 560 }}>
    <TraceViewer input={trace} />
  </div>,
);
