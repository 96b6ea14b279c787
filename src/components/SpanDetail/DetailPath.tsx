'use client';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { useTrace } from '../../hooks/useTrace.ts';
import { rowTree } from '../../layout/rows/rowTree.ts';
import type { MissingParent } from '../../analysis/missingParents.ts';
import type { Span, SpanKey, Trace } from '../../model/types.ts';
import { recordedText } from '../text/recordedText.tsx';

/** The way from the root; each step selects its span. Long ways are shortened in the middle. */
export function DetailPath({ span }: { readonly span: Span }) {
  const { store, labels } = useTraceContext();
  const { steps, isCut } = shownPath(span);
  const trace = useTrace();
  const missing = trace && missingAbove(trace, steps[0]!.key);
  return (
    <nav className="tv-path" aria-label={labels.path}>
      {missing ? (
        <span>
          <button
            type="button"
            onClick={() => {
              store.actions.select(missing.key);
              store.actions.focusGrid();
            }}
          >
            {trace.live ? labels.parentToCome : labels.noParent}
          </button>
        </span>
      ) : null}
      {steps.map((step, place) => (
        <span key={step.key}>
          {place > 0 || missing ? <span aria-hidden="true">›</span> : null}
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

/** The missing parent that a root names. */
function missingAbove(trace: Trace, key: SpanKey): MissingParent | undefined {
  const tree = rowTree(trace);
  return tree.missingAt(tree.parentOf(tree.indexOf(key)));
}

/** The spans from the root to a span; of many the root and the last two. */
export function shownPath(span: Span): { readonly steps: readonly Span[]; readonly isCut: boolean } {
  const path: Span[] = [];
  for (let at: Span | null = span; at; at = at.parent) path.push(at);
  path.reverse();
  return path.length <= 4 ? { steps: path, isCut: false } : { steps: [path[0]!, ...path.slice(-2)], isCut: true };
}
