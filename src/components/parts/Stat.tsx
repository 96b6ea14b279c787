import type { ReactNode } from 'react';

interface StatProps {
  readonly label: string;
  readonly note?: string | undefined;
  readonly gap?: string | undefined;
  /** A word that says of the number that there may be more. */
  readonly atLeast?: string | undefined;
  readonly optional?: boolean;
  readonly next?: string;
  onNext?(): void;
  readonly children: ReactNode;
}

/**
 * A number under its name. `note` says what else there is to know, `gap` what the number leaves out; `onNext` leads to
 * what it is made of, and `next` says so.
 */
export function Stat({ label, note, gap, atLeast, optional = false, next, onNext, children }: StatProps) {
  const value = (
    <>
      {atLeast === undefined ? null : (
        <>
          <span className="tv-sigma" aria-hidden="true" title={atLeast}>
            ≥
          </span>
          <span className="tv-visually-hidden">{atLeast} </span>
        </>
      )}
      {children}
    </>
  );
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
            {value}
            <span className="tv-visually-hidden"> {next}</span>
          </button>
        ) : (
          value
        )}
      </dd>
    </div>
  );
}
