/**
 * Calls back when the grid around an element was scrolled sideways, as it can be where columns take more room than
 * there is. It looks before anybody else hears of the scrolling: once rows have changed, the answer would cost a layout.
 * Returns the function that ends it.
 */
export function watchSideways(inside: HTMLElement, moved: (left: number) => void): () => void {
  const grid = inside.closest('.tv-grid');
  if (!grid) return () => {};
  let left = grid.scrollLeft;
  const onScroll = (): void => {
    if (grid.scrollLeft === left) return;
    left = grid.scrollLeft;
    moved(left);
  };
  grid.addEventListener('scroll', onScroll, { passive: true, capture: true });
  return () => grid.removeEventListener('scroll', onScroll, { capture: true });
}
