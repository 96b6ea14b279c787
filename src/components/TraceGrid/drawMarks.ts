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

/** Lines and labels of the axis. */
export function drawTicks(axis: HTMLElement, ticks: readonly { readonly x: number; readonly label: string }[], width: number): void {
  const all = axis.getElementsByClassName('tv-tick');
  ticks.forEach(({ x, label }, place) => {
    let tick = all[place] as HTMLElement | undefined;
    if (!tick) {
      tick = axis.ownerDocument.createElement('span');
      tick.className = 'tv-tick';
      axis.append(tick);
    }
    tick.style.transform = `translateX(${x.toFixed(2)}px)`;
    // A label that would be cut off at the edge is left out; its line stays.
    const text = width - x < label.length * 6 + 6 ? '' : label;
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
