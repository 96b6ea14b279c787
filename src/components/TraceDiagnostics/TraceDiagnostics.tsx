'use client';
import { useState, type CSSProperties } from 'react';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import type { Diagnostic, TraceSet } from '../../model/types.ts';
import { part } from '../parts/part.tsx';
import { Sign } from '../parts/icons.tsx';
import { useNotes } from './useNotes.ts';

export interface TraceDiagnosticsProps {
  /** Of reading: `TraceSet.diagnostics`. */
  readonly diagnostics?: readonly Diagnostic[];
  /** How many entries were read, merged and left out: `TraceSet.accounting`. */
  readonly accounting?: TraceSet['accounting'] | undefined;
  /** Of the part's element. */
  readonly className?: string;
  /** Of the part's element. */
  readonly style?: CSSProperties;
}

/**
 * What was repaired, guessed or left out in reading, and where amounts disagree. Each note leads to the spans it is
 * about, one after the other.
 */
export const TraceDiagnostics = part<HTMLElement, TraceDiagnosticsProps>(function TraceDiagnostics(
  { diagnostics = [], accounting, className, style },
  ref,
) {
  const { format, labels } = useTraceContext();
  const notes = useNotes(diagnostics);
  return (
    <section
      ref={ref}
      className={className === undefined ? 'tv-diagnostics' : `tv-diagnostics ${className}`}
      style={style}
      data-trace-part="diagnostics"
      data-state={worst(notes)}
      aria-label={labels.diagnostics(notes.length)}
    >
      {accounting ? (
        <p className="tv-faint">
          {labels.accounting(
            format.count(accounting.entries),
            format.count(accounting.shown),
            format.count(accounting.merged),
            format.count(accounting.skipped),
          )}
        </p>
      ) : null}
      <ul>
        {notes.map((note, place) => (
          <Note key={place} note={note} />
        ))}
      </ul>
    </section>
  );
});

/** The worst that the notes say. */
const worst = (notes: readonly Diagnostic[]): string =>
  ['error', 'warning', 'info'].find((severity) => notes.some((note) => note.severity === severity)) ?? 'empty';

function Note({ note: { code, severity, message, count, keys = [], line, path } }: { readonly note: Diagnostic }) {
  const { store, labels, format } = useTraceContext();
  const [next, setNext] = useState(0);
  const place = [path, line === undefined ? undefined : labels.place(line)]
    .filter((word) => word !== undefined)
    .join(', ');
  return (
    <li data-severity={severity}>
      <Sign name={severity === 'info' ? 'dot' : 'warning'} size={11} />
      <span>{message}</span>
      {place === '' ? null : <span className="tv-faint">{place}</span>}
      {count > 1 ? <b>×{format.count(count)}</b> : null}
      <code className="tv-faint">{code}</code>
      {keys.length === 0 ? null : (
        <button
          type="button"
          className="tv-button tv-line"
          onClick={() => {
            store.actions.select(keys[next % keys.length]!);
            setNext(next + 1);
          }}
        >
          {keys.length === 1 ? labels.showSpan : labels.showNextSpan}
        </button>
      )}
    </li>
  );
}
