/**
 * Whether lines begin at the right there: the arrow key to the right then leads back, and a move to the right makes
 * narrower what ends at the left.
 */
export const isRightToLeft = (element: Element): boolean => getComputedStyle(element).direction === 'rtl';
