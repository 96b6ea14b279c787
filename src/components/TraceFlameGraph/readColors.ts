import type { FlameColors } from './drawFlame.ts';

/** Reads colours off an element that takes on each kind in turn, so that the canvas gets what the stylesheet says. */
export function readColors(ink: HTMLElement, canvas: HTMLElement): FlameColors {
  const look = getComputedStyle(ink);
  const known = new Map<string, { readonly fill: string; readonly edge: string }>();
  const of = (kind: string): { readonly fill: string; readonly edge: string } => {
    let colors = known.get(kind);
    if (!colors) {
      ink.dataset['kind'] = kind;
      colors = { fill: look.backgroundColor, edge: look.color };
      known.set(kind, colors);
    }
    return colors;
  };
  const page = getComputedStyle(canvas);
  return {
    of,
    // All bars are of one colour there: their edges tell them apart.
    outlined: matchMedia('(forced-colors: active)').matches,
    text: page.color,
    failed: of('failed').edge,
    focus: of('focused').edge,
    font: `${page.fontSize} ${page.fontFamily}`,
  };
}
