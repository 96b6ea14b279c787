import { FAILED_INK, type Minimap } from '../../../layout/minimap/minimap.ts';

/**
 * The band above the lanes, for what the shown window is called and for failures; the room below; both in CSS pixels.
 */
const TOP = 20;
const BOTTOM = 4;
/** Lanes of a shallow trace are not drawn taller than this. */
const TALLEST = 8;
const THINNEST = 2;
/** What waits is this thin, as in the rows: solid is working, hollow is waiting. */
const WAITING = 1.2;
/** Narrower marks are not seen. */
const NARROWEST = 2;
const DOT = 4;

/** How the ink looks here and now: colours by place in the palette, and the error colour. */
export interface InkColors {
  readonly kinds: readonly string[];
  readonly failed: string;
}

/** Lanes that fit in a minimap of this height. */
export const lanesIn = (height: number): number => Math.max(1, Math.floor((height - TOP - BOTTOM) / THINNEST));

/**
 * Draws the ink on a canvas whose columns are its pixels; `ratio` are the pixels in a CSS pixel. Neighbours of one ink
 * are one rectangle, and failures come last.
 */
export function drawMinimap(
  canvas: HTMLCanvasElement,
  { columns, lanes, palette, ink, working, failures }: Minimap,
  colors: InkColors,
  ratio: number,
): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  context.clearRect(0, 0, canvas.width, canvas.height);
  const room = Math.min(TALLEST * ratio, (canvas.height - (TOP + BOTTOM) * ratio) / lanes);
  // Whole pixels, and one between lanes, where there is room for both.
  const spaced = room >= 3 * ratio;
  const pitch = spaced ? Math.floor(room) : room;
  const bar = Math.max(1, Math.round(spaced ? pitch - ratio : pitch));
  const thin = Math.min(bar, Math.max(1, Math.round(WAITING * ratio)));
  const narrowest = Math.round(NARROWEST * ratio);

  const fill = (wanted: number, color: string): void => {
    context.fillStyle = color;
    for (let lane = 0; lane < lanes; lane += 1) {
      const top = Math.round(TOP * ratio + lane * pitch);
      const at = lane * columns;
      for (let column = 0; column < columns; column += 1) {
        if (ink[at + column] !== wanted) continue;
        const first = column;
        const works = working[at + first]!;
        while (column + 1 < columns && ink[at + column + 1] === wanted && working[at + column + 1] === works)
          column += 1;
        const width = Math.max(column + 1 - first, narrowest);
        context.fillRect(
          Math.min(first, columns - width),
          works === 1 ? top : top + Math.floor((bar - thin) / 2),
          width,
          works === 1 ? bar : thin,
        );
      }
    }
  };
  palette.forEach((_, place) => fill(place + 1, colors.kinds[place]!));
  fill(FAILED_INK, colors.failed);

  // A dot above says it without colour. Dots that would cover each other are one.
  const size = DOT * ratio;
  for (let column = 0; column < columns; column += 1) {
    if (failures[column] === 0) continue;
    context.beginPath();
    context.arc(
      Math.min(Math.max(column, size / 2), columns - size / 2),
      (TOP - 3.5) * ratio,
      size / 2,
      0,
      2 * Math.PI,
    );
    context.fill();
    column += Math.ceil(size);
  }
}
