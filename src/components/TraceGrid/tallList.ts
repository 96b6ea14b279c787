/**
 * Pixels of the tallest list that every browser keeps: Firefox cuts an element at some 17.8 million, Chromium at
 * 33,554,428.
 */
export const TALLEST = 16_000_000;
/** A scroll further than so many heights of the view is a jump (the thumb was dragged), not reading. */
const JUMP = 4;
/** Pixels from the end of the list within which its end is also that of the element. */
const NEAR_END = 400;

/** What is asked of the element that scrolls. */
export type Scroller = Pick<HTMLElement, 'scrollTop' | 'clientHeight'>;

/**
 * Where a list is scrolled to. One that is taller than an element can be is drawn on an element of `TALLEST`: `shift`
 * is how many pixels of the list are left out above what is on the page. It stays as it is while somebody reads, so
 * that rows move with the wheel; a jump, either end, and a rest set it to what the place of the thumb says.
 */
export interface TallList {
  /** Pixels that the list needs, with what stands above and below the rows. */
  resize(height: number): void;
  readonly shift: number;
  /** Looks where the element is; returns the pixels of the list above its upper edge. */
  look(element: Scroller): number;
  /** Scrolls the element to so many pixels of the list. */
  goTo(element: Scroller, top: number): void;
  /** Brings the thumb where it belongs, without moving anything in sight. Whether there was something to do. */
  settle(element: Scroller): boolean;
}

export function createTallList(): TallList {
  let height = 0;
  let shift = 0;
  let last = 0;

  /** Pixels of the list for each of the element's. */
  const ratio = ({ clientHeight }: Scroller): number =>
    (height - clientHeight) / Math.max(1, Math.min(height, TALLEST) - clientHeight);
  const top = (element: Scroller): number =>
    Math.max(0, Math.min(Math.max(0, element.scrollTop) + shift, Math.max(0, height - element.clientHeight)));
  /** Where the element stands for so many pixels of the list: at its end all rows that are mounted have their place. */
  const placeOf = (element: Scroller, wanted: number): number => {
    const fromEnd = height - element.clientHeight - wanted;
    return fromEnd < NEAR_END ? TALLEST - element.clientHeight - fromEnd : Math.round(wanted / ratio(element));
  };
  const goTo = (element: Scroller, wanted: number): void => {
    const at = height > TALLEST ? placeOf(element, wanted) : wanted;
    shift = height > TALLEST ? Math.max(0, wanted - at) : 0;
    element.scrollTop = at;
    last = element.scrollTop;
  };

  return {
    resize(next) {
      height = next;
      shift = Math.min(shift, Math.max(0, height - TALLEST));
    },
    get shift() {
      return shift;
    },
    look(element) {
      if (height <= TALLEST) {
        shift = 0;
        return Math.max(0, element.scrollTop);
      }
      const at = Math.max(0, element.scrollTop);
      const end = TALLEST - element.clientHeight;
      if (at <= 0) shift = 0;
      else if (at >= end - 1) shift = height - TALLEST;
      else if (Math.abs(at - last) > JUMP * element.clientHeight) shift = Math.round(at * ratio(element) - at);
      // Somebody read on to the last row before the thumb was at its end: nothing follows it.
      shift = Math.min(shift, Math.max(0, height - element.clientHeight - at));
      last = at;
      return top(element);
    },
    goTo,
    settle(element) {
      if (height <= TALLEST) return false;
      const wanted = top(element);
      if (Math.abs(placeOf(element, wanted) - element.scrollTop) <= 1) return false;
      goTo(element, wanted);
      return true;
    },
  };
}
