import { byAlphabet } from '../../analysis/alphabet.ts';

/** Texts by id as their places in the alphabet; the empty text is unknown. */
export function rankIds(ids: Uint32Array, texts: readonly string[]): Float64Array {
  const used = Array.from(new Set(ids))
    .filter((id) => texts[id] !== '')
    .sort((a, b) => byAlphabet(texts[a]!, texts[b]!));
  const ranks = new Map(used.map((id, place) => [id, place]));
  return Float64Array.from(ids, (id) => ranks.get(id) ?? Number.NaN);
}

/** Numbers as they are; where there are texts too, all become places, the texts behind the numbers. */
export function rankMixed(values: readonly (string | number | null)[]): Float64Array {
  const texts = new Set(values.filter((value) => typeof value === 'string'));
  if (texts.size === 0) return Float64Array.from(values, (value) => (typeof value === 'number' ? value : Number.NaN));
  const numbers = new Set(values.filter((value) => typeof value === 'number' && !Number.isNaN(value)) as number[]);
  const places = new Map<string | number, number>(
    [...Float64Array.from(numbers).sort(), ...Array.from(texts).sort(byAlphabet)].map((value, place) => [value, place]),
  );
  return Float64Array.from(values, (value) => places.get(value!) ?? Number.NaN);
}
