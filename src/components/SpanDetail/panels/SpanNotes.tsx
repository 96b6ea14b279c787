import type { Span, SpanContent } from '../../../model/types.ts';
import { Sign } from '../../parts/icons.tsx';

/** What was repaired or could not be read in this span. */
export function SpanNotes({ span, content }: { readonly span: Span; readonly content: SpanContent }) {
  const notes = [...span.diagnostics, ...(content.diagnostics ?? [])];
  if (notes.length === 0) return null;
  return (
    <ul className="tv-span-notes">
      {notes.map(({ code, severity, message, path }, place) => (
        <li key={place} data-severity={severity}>
          <Sign name={severity === 'info' ? 'dot' : 'warning'} size={11} />
          <span>
            {message}
            {path === undefined ? null : <bdi className="tv-faint"> {path}</bdi>}{' '}
            <code className="tv-faint">{code}</code>
          </span>
        </li>
      ))}
    </ul>
  );
}
