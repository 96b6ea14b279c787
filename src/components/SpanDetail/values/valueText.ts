import type { Steps } from '../../../analysis/steps.ts';
import { jsonText } from '../../../analysis/values/jsonText.ts';
import { valueTree } from '../../../analysis/values/valueTree.ts';

/** A value as text: texts as they are, structure as indented JSON. */
export function* valueText(value: unknown): Steps<string> {
  return value !== null && typeof value === 'object' ? yield* jsonText(yield* valueTree(value)) : String(value);
}
