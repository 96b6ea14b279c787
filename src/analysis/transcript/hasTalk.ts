import { kindCode } from '../../model/codes.ts';
import type { Trace } from '../../model/types.ts';
import { perTrace } from '../memo.ts';

const TALK = new Set(['agent', 'llm', 'tool'].map(kindCode));

/** Whether a trace has agents, models or tools, of which a transcript tells. Looks at no content. */
export const hasTalk: (trace: Trace) => boolean = perTrace(({ columns: { kind } }) =>
  kind.some((code) => TALK.has(code)),
);
