import { kindCode } from '../../model/codes.ts';
import type { Trace } from '../../model/types.ts';
import { perTrace } from '../memo.ts';

const LLM = kindCode('llm');

/** Whether a trace has calls of a model, more than one: a window that fills. Looks at no content. */
export const hasModelCalls: (trace: Trace) => boolean = perTrace(({ columns: { kind } }) => {
  const first = kind.indexOf(LLM);
  return first !== -1 && kind.includes(LLM, first + 1);
});
