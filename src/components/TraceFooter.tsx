'use client';
import { useTraceContext } from '../hooks/TraceContext.ts';
import { useTrace } from '../hooks/useTrace.ts';
import { useVisibleRows } from '../hooks/useVisibleRows.ts';
import type { Diagnostic } from '../model/types.ts';
import { Sign } from './icons.tsx';

/** How many rows stand for how many spans, what the marks mean, what was repaired in reading, and the keys. */
export function TraceFooter({ diagnostics }: { readonly diagnostics: readonly Diagnostic[] }) {
  const { labels } = useTraceContext();
  const trace = useTrace();
  const rows = useVisibleRows();
  const notes = diagnostics.filter(({ severity }) => severity !== 'info');
  return (
    <div className="tv-footer" data-trace-part="footer">
      <span>{labels.rows(rows.length, trace?.spanCount ?? 0)}</span>
      <span className="tv-optional"><i className="tv-key" data-key="solid" aria-hidden="true" />{labels.ownWork}</span>
      <span className="tv-optional"><i className="tv-key" data-key="wait" aria-hidden="true" />{labels.waiting}</span>
      <span className="tv-optional"><i className="tv-key" data-key="first" aria-hidden="true" />{labels.firstToken.toLowerCase()}</span>
      <span className="tv-optional"><i className="tv-key" data-key="error" aria-hidden="true" />{labels.failed}</span>
      {notes.slice(0, 3).map(({ code, message, count }) => (
        <span key={`${code}${message}`} className="tv-warn" title={message}><Sign name="warning" size={11} /><span className="tv-note">{message}</span>{count > 1 ? <b>×{count}</b> : null}</span>
      ))}
      <span className="tv-spring" />
      <span className="tv-keys"><kbd>↑</kbd><kbd>↓</kbd> {labels.span.toLowerCase()}</span>
      <span className="tv-keys"><kbd>/</kbd> {labels.find.toLowerCase()}</span>
      <span className="tv-keys"><kbd>E</kbd> {labels.nextError.toLowerCase()}</span>
      <span className="tv-keys"><kbd>+</kbd><kbd>−</kbd><kbd>0</kbd> {labels.zoom.toLowerCase()}</span>
    </div>
  );
}
