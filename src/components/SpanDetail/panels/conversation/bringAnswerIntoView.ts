/** Room that is left above an answer that is scrolled to. */
const ABOVE = 12;
/** Milliseconds in which what comes later may still move the answer. */
const SETTLES = 1200;
/** What a reader does to go elsewhere. */
const OWN_WAYS = ['wheel', 'pointerdown', 'keydown', 'touchstart'] as const;

/**
 * Scrolls the panel so that the answer is seen where it would not be: all of it where it fits, else its beginning;
 * `scrollThere` where it is too far away to be in the page. For a moment it keeps the answer there while parts of the
 * conversation come in, until the reader or a search goes elsewhere. A sheet scrolls with all that is around it, and stays at its
 * top. The returned function ends it.
 */
export function bringAnswerIntoView(frame: HTMLElement, scrollThere: () => void): () => void {
  const panel = frame.closest<HTMLElement>('.tv-panel');
  if (!panel) return () => undefined;
  let put = 0;
  let isFirst = true;
  const place = (): void => {
    const isElsewhere = isFirst && panel.scrollTop !== 0;
    isFirst = false;
    if (isElsewhere) return stop();
    const answers = frame.querySelectorAll<HTMLElement>('.tv-answer');
    const most = panel.scrollHeight - panel.clientHeight;
    if (most <= 0) return;
    // Somebody else scrolled, as find does to its match; at the end it is the page that moved along.
    if (panel.scrollTop !== put && panel.scrollTop < most - 1) return stop();
    if (answers.length === 0) {
      scrollThere();
      put = panel.scrollTop;
      return;
    }
    const above = panel.getBoundingClientRect().top - panel.scrollTop;
    const top = answers[0]!.getBoundingClientRect().top - above;
    const bottom = answers[answers.length - 1]!.getBoundingClientRect().bottom - above;
    panel.scrollTop = Math.max(0, Math.min(top - ABOVE, bottom - panel.clientHeight));
    put = panel.scrollTop;
  };
  const watch = new ResizeObserver(place);
  const stop = (): void => {
    watch.disconnect();
    clearTimeout(timer);
    for (const way of OWN_WAYS) panel.removeEventListener(way, stop);
  };
  const timer = setTimeout(stop, SETTLES);
  for (const way of OWN_WAYS) panel.addEventListener(way, stop, { passive: true });
  // It is told of before anything is painted; to measure now would cost a layout.
  watch.observe(frame);
  return stop;
}
