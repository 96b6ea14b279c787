import { defaultLabels, type Labels } from '../../labels.ts';
import { ownValue } from '../../model/ownValue.ts';
import { askHost } from './Slot.tsx';

type Say = (...values: readonly unknown[]) => unknown;

/**
 * All words, with those of a host in place of ours: where one of its functions throws, or is none, the word is ours.
 */
export const hostLabels = (words: Partial<Labels> | undefined): Labels => ({
  ...defaultLabels,
  ...Object.fromEntries(Object.entries(words ?? {}).flatMap(([name, word]) => checkedLabel(name, word))),
});

function checkedLabel(name: string, word: unknown): readonly (readonly [string, unknown])[] {
  const own: unknown = ownValue(defaultLabels, name);
  if (typeof own !== typeof word) return [];
  return [
    [
      name,
      typeof own === 'function'
        ? (...values: readonly unknown[]) => askHost(() => (word as Say)(...values), (own as Say)(...values))
        : word,
    ],
  ];
}
