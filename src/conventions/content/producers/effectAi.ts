import { textOf } from '../../../model/attributes.ts';
import { parsed } from '../../json.ts';
import type { ContentReaders } from '../../types.ts';

/** What a span holds, in the words of `effectAi`: what the tool gave is not recorded. */
export const effectAiContent: Partial<ContentReaders> = {
  tool(attributes) {
    const [name, given] = [textOf(attributes.get('tool')), textOf(attributes.get('parameters'))];
    return name === null || given === null ? null : { name, arguments: parsed(given), result: undefined };
  },
};
