import type { ReactNode } from 'react';

const DIGITS = /^\d+/;

/** The lines that lead from a row to its ancestors, and the room of the arrow of those that open. Decoration: the level is in `aria-level`. */
export function treeGuides(guides: string, isLeaf: boolean, inPage: boolean): ReactNode {
  const hidden = DIGITS.exec(guides)![0];
  const lines = guides.slice(hidden.length);
  return (
    <>
      {hidden === '0' ? null : (
        <span className="tv-deeper" aria-hidden="true">
          {hidden}
        </span>
      )}
      <span
        className="tv-guides"
        data-leaf={isLeaf || undefined}
        aria-hidden="true"
        style={inPage ? { width: `calc(${lines.length}em + 5px)`, background: drawn(lines) } : undefined}
      />
    </>
  );
}

/** As backgrounds of these lines; there are few of them, and rows come and go by the hundred. */
const known = new Map<string, string>();

/** One background for all of them: each line an element would double the cost of a row. */
function drawn(lines: string): string {
  let backgrounds = known.get(lines);
  if (backgrounds === undefined) {
    const all = Array.from(lines, (letter, level) =>
      letter === ' ' ? [] : [line(level, '0', `1px ${letter === '|' ? '100%' : '50%'}`)],
    ).flat();
    if (lines !== '') all.push(line(lines.length - 1, '50%', 'calc(1em - 7px) 1px'));
    known.set(lines, (backgrounds = all.join()));
  }
  return backgrounds;
}

const line = (level: number, top: string, size: string): string =>
  `linear-gradient(currentColor 0 0) calc(${level}em + 12px) ${top} / ${size} no-repeat`;
