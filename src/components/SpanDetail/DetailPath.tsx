'use client';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import type { Span } from '../../model/types.ts';
import { recordedText } from '../text/recordedText.tsx';

/** The way from the root; each step selects its span. Long ways are shortened in the middle. */
export function DetailPath({ span }: { readonly span: Span }) {
  const { store, labels } = useTraceContext();
  const { steps, isCut } = shownPath(span);
  return (
    <nav className="tv-path" aria-label={labels.path}>
      {steps.map((step, place) => (
        <span key={step.key}>
          {place > 0 ? <span aria-hidden="true">›</span> : null}
          {place === 1 && isCut ? <span aria-hidden="true">… ›</span> : null}
          {step.index === span.index ? (
            <bdi>{recordedText(step.name)}</bdi>
          ) : (
            <button
              type="button"
              onClick={() => {
                store.actions.select(step.key);
                store.actions.focusGrid();
              }}
            >
              <bdi>{recordedText(step.name, true)}</bdi>
            </button>
          )}
        </span>
      ))}
    </nav>
  );
}

/** The spans from the root to a span; of many the root and the last two. */
export function shownPath(span: Span): { readonly steps: readonly Span[]; readonly isCut: boolean } {
  const path: Span[] = [];
  for (let at: Span | null = span; at; at = at.parent) path.push(at);
  path.reverse();
  return path.length <= 4 ? { steps: path, isCut: false } : { steps: [path[0]!, ...path.slice(-2)], isCut: true };
}
