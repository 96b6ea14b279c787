import { isObject } from '../../conventions/json.ts';
import { amount, textOf } from '../../model/attributes.ts';
import type { Score } from '../../model/types.ts';
import { picked } from '../spans/words.ts';

const ABOUT = ['answer', 'metadata'];

/** `{ name: { value, answer, explanation } }`; a value may be a number, a letter (`C`orrect, `I`ncorrect …) or several. */
export function sampleScores(scores: unknown, traceId: string): readonly Score[] {
  if (!isObject(scores)) return [];
  return Object.entries(scores).flatMap(([name, score]) => {
    const told = isObject(score) ? score : { value: score };
    const { value } = told;
    const parts = isObject(value)
      ? Object.entries(value).map(([key, part]) => [`${name}.${key}`, part] as const)
      : [[name, value] as const];
    return parts.map(([partName, part]): Score => ({
      name: partName,
      value: typeof part === 'boolean' ? Number(part) : typeof part === 'number' ? amount(part) : null,
      label:
        typeof part === 'number' || typeof part === 'boolean'
          ? null
          : Array.isArray(part)
            ? JSON.stringify(part)
            : textOf(part),
      comment: textOf(told['explanation']),
      source: 'code',
      target: { level: 'trace', key: traceId },
      ...(picked(told, ABOUT).length === 0 ? {} : { metadata: Object.fromEntries(picked(told, ABOUT)) }),
    }));
  });
}
