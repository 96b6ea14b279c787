import type { ReactNode } from 'react';

/** A part of a panel under its name. `count` stands beside the name, `tools` at the end of its line. */
export function Section({
  title,
  count,
  tools,
  children,
}: {
  readonly title: ReactNode;
  readonly count?: string | undefined;
  readonly tools?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section className="tv-section">
      <h4>
        {title}
        {count === undefined ? null : <span className="tv-faint"> {count}</span>}
        {tools === undefined ? null : <span className="tv-section-tools">{tools}</span>}
      </h4>
      {children}
    </section>
  );
}
