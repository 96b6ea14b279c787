'use client';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import type { Diagnostic } from '../../model/types.ts';
import { Sign } from '../parts/icons.tsx';

interface MissingPartsProps {
  /** What `missingParts` gives; at least one. */
  readonly parts: readonly Diagnostic[];
  readonly open: boolean;
  onToggle(): void;
}

/** Over the rows: this is not all, why, and the way to the other notes. */
export function MissingParts({ parts, open, onToggle }: MissingPartsProps) {
  const { labels } = useTraceContext();
  return (
    <div className="tv-missing" role="note" data-trace-part="missing-parts">
      <Sign name="warning" />
      <b>{labels.partlyRead}</b>
      <span>{parts[0]!.message}</span>
      <span>{labels.totalsAtLeast}</span>
      <button type="button" className="tv-button tv-line tv-small" aria-expanded={open} onClick={onToggle}>
        {labels.diagnostics(parts.length)}
      </button>
    </div>
  );
}
