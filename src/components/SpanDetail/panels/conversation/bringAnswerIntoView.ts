/** Room that is left above an answer that is scrolled to. */
const ABOVE = 12;
/** Where panels were scrolled by this: that is no choice of the reader's. */
const scrolled = new WeakMap<Element, number>();

/**
 * Scrolls the panel so that the answer is seen where it would not be: all of it where it fits, else its beginning;
 * `scrollThere` where it is too far away to be in the page. A reader who has scrolled is left alone. A sheet scrolls
 * with all that is around it, and stays at its top.
 */
export function bringAnswerIntoView(frame: HTMLElement, scrollThere: () => void): void {
  const panel = frame.closest<HTMLElement>('.tv-panel');
  if (!panel || panel.scrollHeight <= panel.clientHeight) return;
  if (panel.scrollTop !== 0 && scrolled.get(panel) !== panel.scrollTop) return;
  const answers = frame.querySelectorAll<HTMLElement>('.tv-answer');
  if (answers.length === 0) return scrollThere();
  const above = panel.getBoundingClientRect().top - panel.scrollTop;
  const top = answers[0]!.getBoundingClientRect().top - above;
  const bottom = answers[answers.length - 1]!.getBoundingClientRect().bottom - above;
  if (bottom <= panel.clientHeight) return;
  panel.scrollTop = Math.max(0, Math.min(top - ABOVE, bottom - panel.clientHeight));
  scrolled.set(panel, panel.scrollTop);
}
