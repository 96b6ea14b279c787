/** Room that is left above an answer that is scrolled to. */
const ABOVE = 12;

/**
 * Scrolls the panel so that the answer is seen where it would not be: all of it where it fits, else its beginning. A
 * reader who has scrolled already is left alone. A sheet scrolls with all that is around it, and stays at its top.
 */
export function bringAnswerIntoView(list: HTMLElement): void {
  const panel = list.closest<HTMLElement>('.tv-panel');
  const answer = list.querySelector<HTMLElement>('[data-side="output"]');
  if (!panel || !answer || panel.scrollHeight <= panel.clientHeight) return;
  if (panel.scrollTop !== 0 && panel.dataset['at'] !== String(panel.scrollTop)) return;
  const frame = panel.getBoundingClientRect();
  const answers = list.querySelectorAll<HTMLElement>('[data-side="output"]');
  const top = answer.getBoundingClientRect().top - frame.top + panel.scrollTop;
  const bottom = answers[answers.length - 1]!.getBoundingClientRect().bottom - frame.top + panel.scrollTop;
  if (bottom <= panel.clientHeight) return;
  panel.scrollTop = Math.max(0, Math.min(top - ABOVE, bottom - panel.clientHeight));
  // Where this put it is no choice of the reader's.
  panel.dataset['at'] = String(panel.scrollTop);
}
