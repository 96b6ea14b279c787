import { useMemo, useRef, type FocusEvent, type RefObject } from 'react';

/**
 * Whether the keyboard was last on a row of a grid. A focused row that was scrolled away and unmounted takes the focus
 * with it, and nobody is told: keys that are held down are quicker than the scrolling that they cause.
 */
export type KeyboardOn = RefObject<boolean>;

/** Watched by the grid; `row` selects its rows. */
export function useKeyboardOn(row: string) {
  const keyboardOn: KeyboardOn = useRef(false);
  return useMemo(
    () => ({
      keyboardOn,
      watching: {
        onFocus: ({ target }: FocusEvent) => {
          keyboardOn.current = target.closest(row) !== null;
        },
        onBlur: ({ relatedTarget, currentTarget }: FocusEvent) => {
          if (!(relatedTarget instanceof Node && currentTarget.contains(relatedTarget))) keyboardOn.current = false;
        },
      },
    }),
    [row],
  );
}

/** Focus follows the keyboard inside the grid around `part`; it is never pulled in from elsewhere on the page. */
export function focusInside(part: HTMLElement, target: HTMLElement | null | undefined, keyboardOn: KeyboardOn): void {
  const { activeElement } = part.getRootNode() as Document | ShadowRoot;
  const { ownerDocument } = part;
  const isNowhere = ownerDocument.activeElement === ownerDocument.body;
  if (part.closest('[role$=grid]')?.contains(activeElement) || (keyboardOn.current && isNowhere))
    target?.focus({ preventScroll: true });
}
