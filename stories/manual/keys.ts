import { defaultLabels } from 'spanwise';

type Keys = readonly (readonly [keys: string, effect: string])[];

/** Those rows of the viewer's list of keys that begin with one of these: so a page says what the viewer says. */
const keysOf = (...first: readonly string[]): Keys =>
  first.map((key) => {
    const row = defaultLabels.keyList.find(([keys]) => keys.split(' ')[0] === key);
    if (!row) throw new Error(`the list of keys has no ${key}`);
    return row;
  });

export const rowKeys: Keys = [
  ...keysOf('↑', '→', 'Shift+→', 'Home', 'Enter'),
  ['Ctrl+Home Ctrl+End', 'first, last row, from a cell too'],
];

export const headKeys: Keys = [
  ['↑', 'from the first row to the column heads'],
  ['→ ←', 'in the heads: from head to head'],
  ['Enter', 'in the heads: largest first, smallest first, as recorded'],
  ['Tab', 'in the heads: to the edge of a column, then ← → make it narrower or wider, Enter as it was'],
];

export const timeKeys: Keys = [
  ['Ctrl+wheel', 'zoom about the pointer; Cmd on a Mac'],
  ['Shift+wheel', 'earlier, later'],
  ['double-click', 'fit the span, and back'],
  ['Enter', 'after a drag on the axis: zoom to what is marked'],
];

export const listKeys: Keys = [
  ['↑ ↓', 'rows'],
  ['→ ←', 'the cells of a row, and back'],
  ['Home End PageUp PageDown', 'first, last row; a screen up, down'],
  ['Enter Space', 'opens the trace'],
  ['Ctrl+Space', 'where two can be compared: chooses the trace for that'],
];

export const tabKeys: Keys = [
  ['→ ←', 'on the tabs: the next, the one before'],
  ['Home End', 'on the tabs: the first, the last'],
];

export const searchKeys: Keys = [
  ['Enter Shift+Enter', 'the next, the previous match'],
  ['↓ ↑', 'what may be typed next'],
  ['Tab', 'takes the suggestion'],
  ['Esc', 'closes the suggestions, then clears the box'],
];

export const minimapKeys: Keys = [
  ['Tab', 'the beginning, the middle, the end of the brush'],
  ['→ ←', 'moves it; with Shift further'],
  ['PageUp PageDown', 'moves it by a page'],
  ['Home End', 'to the beginning, to the end of the trace'],
];

export const detailKeys: Keys = [
  ['Ctrl+F', 'find in the panel; Cmd on a Mac'],
  ['→ ← Home End Enter', 'on the edge: wider, narrower, as far as it goes, as it was'],
];

export const findingKeys: Keys = [
  ...keysOf('N', 'U'),
  ['Enter', 'goes to the span; again: to the next one it is about'],
];

export const flameKeys: Keys = [
  ['↓ ↑', 'to the first bar on it, to that on which it stands'],
  ['→ ←', 'to the next bar of its level'],
  ['Home End', 'to the first bar, along the widest bars to the last'],
  ['Enter Space', 'makes the bar as wide as all and selects its span; again: shows all'],
  ['Esc', 'a step back to all'],
];

export const statisticsKeys: Keys = [
  ['↑ ↓', 'rows; up from the first one to the heads'],
  ['→ ←', 'the cells of a row, and back; in the heads from head to head'],
  ['Home End PageUp PageDown', 'first, last row; a screen up, down'],
  ['Enter Space', 'finds the spans of the row, again: takes that back; in the heads: sorts'],
];

export const transcriptKeys: Keys = [
  ['↑ ↓', 'from line to line'],
  ['Home End PageUp PageDown', 'the first, the last line; a screen up, down'],
  ['Enter Space', 'details of the line’s span'],
];

export const contextKeys: Keys = [
  ['← →', 'from call to call'],
  ['N P', 'the next, the previous call in which the cache was lost'],
  ['Home End PageUp PageDown', 'the first, the last call; ten calls on, back'],
  ['Enter Space', 'details of the call'],
];

export const graphKeys: Keys = [
  ['→ ←', 'along the lines: from a node to a line of it, and on to its other end'],
  ['↑ ↓', 'the next node of the column, the next line of a node'],
  ['Home End', 'the first, the last node'],
  ['Enter Space', 'the first call of a node, again: the next one; the calls of a line'],
  ['+ - 0', 'larger, smaller, the whole graph'],
  ['Esc', 'back to all connections'],
];
