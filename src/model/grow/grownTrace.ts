import type { TraceAbout, TraceParts } from '../entry.ts';
import { ColumnTrace } from '../trace.ts';
import type { Trace } from '../types.ts';
import type { GrownParts } from './growTrace.ts';

/** A state of a trace that grows. Nothing is worked out before somebody looks at it. */
export function grownTrace(
  traceId: string,
  about: TraceAbout,
  { columns, ...grown }: GrownParts,
  state?: Pick<Trace, 'version' | 'live'>,
): ColumnTrace {
  const parts: TraceParts = {
    traceId,
    about,
    ...grown,
    get columns() {
      return columns();
    },
  };
  return new ColumnTrace(parts, state);
}
