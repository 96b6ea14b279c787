import type { ReactNode } from 'react';

/** A part of a panel under its title. */
export function Section({
  title,
  aside,
  children,
}: {
  readonly title: ReactNode;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section className="tv-section">
      <h4>
        {title}
        {aside === undefined || aside === null ? null : <span className="tv-aside">{aside}</span>}
      </h4>
      {children}
    </section>
  );
}
