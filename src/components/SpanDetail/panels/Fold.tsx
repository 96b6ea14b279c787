'use client';
import { useId, useSyncExternalStore, type ReactNode } from 'react';
import { useTraceContext } from '../../../hooks/context/TraceContext.ts';
import { Sign } from '../../parts/icons.tsx';
import { foldsOf } from './folds.ts';

interface FoldProps {
  /** Folds of one id are open or closed together, and stay so from span to span. */
  readonly id: string;
  readonly openAtFirst?: boolean;
  readonly summary: ReactNode;
  /** At the end of the line; may hold controls. */
  readonly aside?: ReactNode;
  readonly className?: string;
  readonly side?: string;
  readonly mark?: string | undefined;
  readonly children: ReactNode;
}

/** A line that opens what is behind it. What is closed is not there. */
export function Fold({ id, openAtFirst = false, summary, aside, className, side, mark, children }: FoldProps) {
  const folds = foldsOf(useTraceContext().store);
  const isOpen = useSyncExternalStore(
    folds.subscribe,
    () => folds.get(id) ?? openAtFirst,
    () => openAtFirst,
  );
  const body = useId();
  return (
    <div
      className={className === undefined ? 'tv-folds' : `tv-folds ${className}`}
      data-state={isOpen ? 'open' : 'closed'}
      data-side={side}
      data-mark={mark}
    >
      <div className="tv-folds-head">
        <button
          type="button"
          className="tv-folds-line"
          aria-expanded={isOpen}
          aria-controls={isOpen ? body : undefined}
          onClick={() => folds.set(id, !isOpen)}
        >
          <Sign name={isOpen ? 'down' : 'right'} size={8} />
          {summary}
        </button>
        {aside === undefined || aside === null || aside === '' ? null : <span className="tv-aside">{aside}</span>}
      </div>
      {isOpen ? (
        <div id={body} className="tv-folds-body">
          {children}
        </div>
      ) : null}
    </div>
  );
}
