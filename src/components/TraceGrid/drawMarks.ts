import type { Mark } from '../../layout/ganttMarks.ts';

/** Makes the element's children agree with the marks; an element already there is used again. */
export function drawMarks(element: HTMLElement, marks: readonly Mark[]): void {
  marks.forEach(({ type, x, width, fades }, place) => {
    const mark = childAt(element, place);
    if (mark.dataset['mark'] !== type) mark.dataset['mark'] = type;
    if ((mark.dataset['fades'] !== undefined) !== (fades === true)) mark.toggleAttribute('data-fades', fades === true);
    mark.style.transform = `translateX(${x.toFixed(2)}px)`;
    mark.style.width = width === 0 ? '' : `${width.toFixed(2)}px`;
  });
  while (element.children.length > marks.length) element.lastElementChild!.remove();
}

/** A tick, or a stretch that is `wide`, in pixels from the left edge. The first of its words that fit into its room are written. */
export interface DrawnTick { readonly x: number; readonly words: readonly string[]; readonly room: number; readonly wide?: number }

/** Pixels of a character of the axis, about, and of the space around its words. */
const CHARACTER = 6;
const SPACE = 6;

/** Lines and labels of the axis. */
export function drawTicks(axis: HTMLElement, ticks: readonly DrawnTick[]): void {
  const all = axis.getElementsByClassName('tv-tick');
  ticks.forEach(({ x, words, room, wide }, place) => {
    let tick = all[place] as HTMLElement | undefined;
    if (!tick) {
      tick = axis.ownerDocument.createElement('span');
      tick.className = 'tv-tick';
      axis.append(tick);
    }
    tick.style.transform = `translateX(${x.toFixed(2)}px)`;
    tick.toggleAttribute('data-wide', wide !== undefined);
    tick.style.width = wide === undefined ? '' : `${wide.toFixed(1)}px`;
    // Words that would be cut off are left out; the line of the tick stays.
    const text = words.find(({ length }) => length * CHARACTER + SPACE <= room) ?? '';
    if (tick.textContent !== text) tick.textContent = text;
  });
  while (all.length > ticks.length) all[all.length - 1]!.remove();
}

function childAt(element: HTMLElement, place: number): HTMLElement {
  const existing = element.children[place];
  if (existing) return existing as HTMLElement;
  const made = element.ownerDocument.createElement('i');
  element.append(made);
  return made;
}
