import { defaultLabels, type Labels } from '../../labels.ts';
import { ownValue } from '../../model/ownValue.ts';
import { askHost } from './Slot.tsx';

type Say = (...values: readonly unknown[]) => unknown;

/**
 * All words, with those of a host in place of ours: where one of its functions throws, or is none, the word is ours.
 */
export const hostLabels = (words: Partial<Labels> | undefined): Labels => withWords(defaultLabels, words);

export const withWords = <Words extends object>(ours: Words, words: Partial<Labels> | undefined): Words => ({
  ...ours,
  ...Object.fromEntries(Object.entries(words ?? {}).flatMap(([name, word]) => checkedLabel(ours, name, word))),
});

function checkedLabel(ours: object, name: string, word: unknown): readonly (readonly [string, unknown])[] {
  const own: unknown = ownValue(ours as Readonly<Record<string, unknown>>, name);
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
