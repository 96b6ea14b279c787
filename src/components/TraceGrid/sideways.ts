/**
 * Calls back when the grid around an element was scrolled sideways, as it can be where columns take more room than
 * there is. Returns the function that ends it.
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
  grid.addEventListener('scroll', onScroll, { passive: true });
  return () => grid.removeEventListener('scroll', onScroll);
}
