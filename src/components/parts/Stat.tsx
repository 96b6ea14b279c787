import type { ReactNode } from 'react';

interface StatProps {
  readonly label: string;
  readonly note?: string | undefined;
  readonly gap?: string | undefined;
  readonly optional?: boolean;
  readonly next?: string;
  onNext?(): void;
  readonly children: ReactNode;
}

/**
 * A number under its name. `note` says what else there is to know, `gap` what the number leaves out; `onNext` leads to
 * what it is made of, and `next` says so.
 */
export function Stat({ label, note, gap, optional = false, next, onNext, children }: StatProps) {
  return (
    <div className={optional ? 'tv-stat tv-optional' : 'tv-stat'}>
      <dt>
        {label}
        {note === undefined ? null : <span className="tv-stat-note">{note}</span>}
        {gap === undefined ? null : (
          <span className="tv-stat-note" data-tone="warn">
            {gap}
          </span>
        )}
      </dt>
      <dd>
        {onNext ? (
          <button type="button" title={next} onClick={onNext}>
            {children}
            <span className="tv-visually-hidden"> {next}</span>
          </button>
        ) : (
          children
        )}
      </dd>
    </div>
  );
}
