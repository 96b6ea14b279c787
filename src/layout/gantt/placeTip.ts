/** A box in pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const GAP = 6;

/**
 * Where a tooltip stands: below the hovered row, else above it, else beyond the bars it must leave free, always inside
 * `room`. `near` is the pixel that was hovered, `keepFree` the hovered and the selected bar. Where nothing is free it
 * covers as little as possible of them.
 */
export function placeTip(
  near: number,
  row: { readonly top: number; readonly bottom: number },
  size: { readonly width: number; readonly height: number },
  room: Box,
  keepFree: readonly Box[],
): { readonly left: number; readonly top: number } {
  const left = Math.max(room.left + GAP, Math.min(near + 12, room.right - size.width - GAP));
  const tops = [
    row.bottom + GAP,
    row.top - GAP - size.height,
    ...keepFree.flatMap((box) => [box.bottom + GAP, box.top - GAP - size.height]),
  ];
  // To the side of the pointer's own column, when above and below are taken.
  const lefts = [left, ...keepFree.flatMap((box) => [box.right + GAP, box.left - GAP - size.width])].filter(
    (x) => x >= room.left && x + size.width <= room.right,
  );
  let best = {
    left: Math.max(room.left, left),
    top: Math.max(room.top, Math.min(row.bottom + GAP, room.bottom - size.height)),
  };
  let covered = Infinity;
  for (const x of lefts) {
    for (const top of tops) {
      if (top < room.top || top + size.height > room.bottom) continue;
      const over = keepFree.reduce(
        (sum, box) => sum + shared({ left: x, top, right: x + size.width, bottom: top + size.height }, box),
        0,
      );
      if (over < covered) [best, covered] = [{ left: x, top }, over];
    }
    if (covered === 0) break;
  }
  return best;
}

const shared = (a: Box, b: Box): number =>
  Math.max(0, Math.min(a.right, b.right) - Math.max(a.left, b.left)) *
  Math.max(0, Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top));
