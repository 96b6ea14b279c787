'use client';
import type { Diagnostic } from '../../model/types.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { useTrace } from '../../hooks/useTrace.ts';
import { useVisibleRows } from '../../hooks/useVisibleRows.ts';
import { Sign } from '../parts/icons.tsx';
import { useNotes } from '../TraceDiagnostics/useNotes.ts';

interface TraceFooterProps {
  readonly diagnostics: readonly Diagnostic[];
  readonly open: boolean;
  onToggle(): void;
  /** Shows the list of keys. */
  onKeys(): void;
}

/**
 * How many rows stand for how many spans, what the marks mean, whether anything was repaired in reading, and the keys.
 */
export function TraceFooter({ diagnostics, open, onToggle, onKeys }: TraceFooterProps) {
  const { labels, format } = useTraceContext();
  const trace = useTrace();
  const rows = useVisibleRows();
  const notes = useNotes(diagnostics);
  const serious = notes.some(({ severity }) => severity !== 'info');
  return (
    <div className="tv-footer" data-trace-part="footer">
      <span>{labels.rows(format.count(rows.spans), format.count(trace?.spanCount ?? 0))}</span>
      {notes.length === 0 ? null : (
        <button
          type="button"
          className={serious ? 'tv-notes tv-warn' : 'tv-notes'}
          aria-expanded={open}
          onClick={onToggle}
        >
          <Sign name={serious ? 'warning' : 'dot'} size={11} />
          {labels.diagnostics(notes.length)}
        </button>
      )}
      <span className="tv-optional">
        <i className="tv-key" data-key="solid" aria-hidden="true" />
        {labels.ownWork}
      </span>
      <span className="tv-optional">
        <i className="tv-key" data-key="wait" aria-hidden="true" />
        {labels.waiting}
      </span>
      <span className="tv-optional">
        <i className="tv-key" data-key="first" aria-hidden="true" />
        {labels.firstTokenMark}
      </span>
      <span className="tv-optional">
        <i className="tv-key" data-key="critical" aria-hidden="true" />
        {labels.criticalMark}
      </span>
      <span className="tv-optional">
        <i className="tv-key" data-key="error" aria-hidden="true" />
        {labels.failed}
      </span>
      <span className="tv-spring" />
      <span className="tv-keys">
        <kbd>↑</kbd>
        <kbd>↓</kbd> {labels.spanKeys}
      </span>
      <span className="tv-keys">
        <kbd>/</kbd> {labels.findKey}
      </span>
      <span className="tv-keys">
        <kbd>E</kbd> {labels.errorKey}
      </span>
      <span className="tv-keys">
        <kbd>+</kbd>
        <kbd>−</kbd>
        <kbd>0</kbd> {labels.zoomKeys}
      </span>
      <button type="button" className="tv-keys tv-notes" onClick={onKeys}>
        <kbd>?</kbd> {labels.keysHint}
      </button>
    </div>
  );
}
