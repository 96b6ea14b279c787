import type { ReactNode } from 'react';

/** A fold with a control at the end of its line: beside the fold, as nothing may be pressed inside what is pressed. */
export function FoldRow({ aside, children }: { readonly aside: ReactNode; readonly children: ReactNode }) {
  return (
    <div className="tv-fold-row">
      {children}
      <span className="tv-aside">{aside}</span>
    </div>
  );
}
