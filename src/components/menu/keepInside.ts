const MARGIN = 8;

/** Moves what floats into the viewer where it would stand out, and lets it be as high as there is room. */
export function keepInside(dialog: HTMLElement): void {
  const around = dialog.closest('.tv-root')?.getBoundingClientRect();
  if (!around) return;
  const { left, right, top } = dialog.getBoundingClientRect();
  const [fromLeft, fromRight] = [around.left + MARGIN - left, around.right - MARGIN - right];
  const by = fromLeft > 0 ? fromLeft : Math.min(fromRight, 0);
  dialog.style.translate = `${by}px 0`;
  dialog.style.maxHeight = `${Math.max(160, around.bottom - top - MARGIN)}px`;
}
