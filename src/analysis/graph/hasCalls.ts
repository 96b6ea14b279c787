import { kindCode } from '../../model/codes.ts';
import type { Trace } from '../../model/types.ts';

const CALLED = new Set(['agent', 'llm', 'tool', 'retriever', 'embedding'].map(kindCode));

/** Whether somebody calls somebody in a trace: an agent, a model, a tool or the like has something around it. */
export const hasCalls = ({ columns: { kind, parent } }: Trace): boolean =>
  kind.some((code, index) => parent[index] !== -1 && CALLED.has(code));
