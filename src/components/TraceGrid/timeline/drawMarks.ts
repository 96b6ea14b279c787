import type { Mark } from '../../../layout/gantt/ganttMarks.ts';

/** Makes the element's children agree with the marks; an element already there is used again. */
export function drawMarks(element: HTMLElement, marks: readonly Mark[]): void {
  marks.forEach(({ type, x, width, fades, estimated }, place) => {
    const mark = childAt(element, place);
    if (mark.dataset['mark'] !== type) mark.dataset['mark'] = type;
    if ((mark.dataset['fades'] !== undefined) !== (fades === true)) mark.toggleAttribute('data-fades', fades === true);
    if ((mark.dataset['estimated'] !== undefined) !== (estimated === true))
      mark.toggleAttribute('data-estimated', estimated === true);
    mark.style.transform = `translateX(${x.toFixed(2)}px)`;
    mark.style.width = width === 0 ? '' : `${width.toFixed(2)}px`;
  });
  while (element.children.length > marks.length) element.lastElementChild!.remove();
}

function childAt(element: HTMLElement, place: number): HTMLElement {
  const existing = element.children[place];
  if (existing) return existing as HTMLElement;
  const made = element.ownerDocument.createElement('i');
  element.append(made);
  return made;
}
