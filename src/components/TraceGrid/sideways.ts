/** Calls back when the grid was scrolled sideways, as it can be where columns take more room than there is. Returns the function that ends it. */
export function watchSideways(timeline: HTMLElement, moved: () => void): () => void {
  const grid = timeline.closest('.tv-grid');
  if (!grid) return () => {};
  let left = grid.scrollLeft;
  const onScroll = (): void => {
    if (grid.scrollLeft === left) return;
    left = grid.scrollLeft;
    moved();
  };
  grid.addEventListener('scroll', onScroll, { passive: true });
  return () => grid.removeEventListener('scroll', onScroll);
}
