/** The element whose scrolling moves another: the nearest one around it that scrolls, else the page. */
export function scrollerOf(element: Element): Element {
  for (let at: Element | null = parentOf(element); at; at = parentOf(at))
    if (/auto|scroll/.test(getComputedStyle(at).overflowY)) return at;
  return element.ownerDocument.scrollingElement ?? element.ownerDocument.documentElement;
}

/** Out of a shadow tree, too. */
const parentOf = (element: Element): Element | null =>
  element.parentElement ?? (element.parentNode instanceof ShadowRoot ? element.parentNode.host : null);

/** An element is well in view so many pixels from the edges. */
const EDGE = 24;

/**
 * Scrolls what moves an element, and nothing further out: as little as it takes where the element is near, else so that
 * it stands in the upper third.
 */
export function bringIntoView(element: Element): void {
  const scroller = scrollerOf(element);
  const { top, bottom } = element.getBoundingClientRect();
  const from = Math.max(scroller.getBoundingClientRect().top, 0);
  const to = from + scroller.clientHeight;
  if (top < from - scroller.clientHeight || bottom > to + scroller.clientHeight)
    scroller.scrollTop += top - from - scroller.clientHeight / 3;
  else if (top < from + EDGE) scroller.scrollTop -= from + EDGE - top;
  else if (bottom > to - EDGE) scroller.scrollTop += Math.min(bottom - to + EDGE, top - from - EDGE);
}

/** Milliseconds for which what is around a place may still be arriving. */
const SETTLES = 1500;

/**
 * Brings an element into view and keeps it there while what is around it still arrives, until somebody scrolls. The
 * returned function ends that.
 */
export function holdInView(element: Element): () => void {
  bringIntoView(element);
  const scroller = scrollerOf(element);
  const watch = new ResizeObserver(() => bringIntoView(element));
  // What grows above it makes one of these longer.
  for (let at = element.parentElement; at && at !== scroller; at = at.parentElement) watch.observe(at);
  const ended = new AbortController();
  const end = (): void => {
    clearTimeout(timer);
    watch.disconnect();
    ended.abort();
  };
  const timer = setTimeout(end, SETTLES);
  for (const sign of ['wheel', 'pointerdown', 'touchstart', 'keydown'])
    scroller.addEventListener(sign, end, { signal: ended.signal, passive: true });
  return end;
}
