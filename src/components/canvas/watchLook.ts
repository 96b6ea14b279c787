/**
 * Calls back when colours or the density of pixels change, for whatever reason: the canvas has a colour of its own,
 * with a transition that no eye can follow.
 */
export function watchLook(canvas: HTMLCanvasElement, changed: () => void): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  canvas.addEventListener('transitionrun', changed, { signal });
  for (const query of ['(prefers-color-scheme: dark)', '(forced-colors: active)', '(prefers-contrast: more)'])
    matchMedia(query).addEventListener('change', changed, { signal });
  const watchDensity = (): void =>
    matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener(
      'change',
      () => {
        changed();
        watchDensity();
      },
      { once: true, signal },
    );
  watchDensity();
  return () => stop.abort();
}
