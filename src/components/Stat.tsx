import type { ReactNode } from 'react';

/** A number under its name. `note` says what else there is to know, `gap` what the number leaves out. */
export function Stat({ label, note, gap, optional = false, children }: { readonly label: string; readonly note?: string | undefined; readonly gap?: string | undefined; readonly optional?: boolean; readonly children: ReactNode }) {
  return (
    <div className={optional ? 'tv-stat tv-optional' : 'tv-stat'}>
      <dt>{label}{note === undefined ? null : <span className="tv-stat-note">{note}</span>}{gap === undefined ? null : <span className="tv-stat-note" data-tone="warn">{gap}</span>}</dt>
      <dd>{children}</dd>
    </div>
  );
}
