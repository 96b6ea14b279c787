import type { Trace } from '../../model/types.ts';
import { perTrace } from '../memo.ts';

/** What can be found of a trace, in small letters. Line breaks keep the fields apart: none can be typed. */
const findable: (trace: Trace) => string = perTrace(({ name, traceId, sessionId = '', userId = '', tags }) =>
  [name, traceId, sessionId, userId, ...tags].join('\n').toLowerCase(),
);

/** The traces whose name, id, session, user or a tag holds the text, ignoring case. Literal; '' keeps all. */
export function filterTraces(traces: readonly Trace[], text: string): readonly Trace[] {
  const wanted = text.trim().toLowerCase();
  return wanted === '' ? traces : traces.filter((trace) => findable(trace).includes(wanted));
}
