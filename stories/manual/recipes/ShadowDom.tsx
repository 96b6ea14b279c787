import { useEffect, useRef } from 'react';
import { createRoot } from 'react-dom/client';
import { TraceViewer, type TraceInput } from 'spanwise';
import stylesheet from 'spanwise/styles.css?inline';

/** The stylesheet goes into the shadow root; rules of the page do not reach there. */
export function ShadowDom({ input }: { input: TraceInput }) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const shadow = host.current!.shadowRoot ?? host.current!.attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(stylesheet);
    shadow.adoptedStyleSheets = [sheet];
    const root = createRoot(shadow);
    root.render(
      <div style={{ height: 420 }}>
        <TraceViewer input={input} />
      </div>,
    );
    return () => queueMicrotask(() => root.unmount());
  }, [input]);
  return <div ref={host} />;
}
