import { eventTimes, type EventTimes } from '../../layout/eventMarks.ts';
import { ERROR_STATUS } from '../../model/codes.ts';
import type { Trace } from '../../model/types.ts';

const NONE: EventTimes = { exceptions: new Float64Array(0), others: new Float64Array(0) };
/** So many spans' events are kept; a reader who scrolls through a million does not collect them. */
const KEPT = 4000;

/** When the events of spans were. They lie in the contents, which are read one by one, when somebody has looked at a row for a while. */
export interface EventReader {
  /** What is known already. */
  known(trace: Trace, index: number): EventTimes | undefined;
  /** Reads a span's events; `then` is called once they are known and there are any. */
  read(trace: Trace, index: number, then: () => void): void;
}

/** Where contents come from afar, only those of failed spans are asked for: marks are not worth a request per row. */
export function createEventReader(): EventReader {
  let of: Trace | null = null;
  let remote = false;
  const times = new Map<number, EventTimes>();

  const keep = (trace: Trace, index: number, found: EventTimes, then: () => void): void => {
    if (of !== trace) return;
    if (times.size >= KEPT) times.clear();
    times.set(index, found);
    if (found.exceptions.length + found.others.length > 0) then();
  };

  return {
    known: (trace, index) => (of === trace ? times.get(index) : undefined),
    read(trace, index, then) {
      if (of !== trace) {
        [of, remote] = [trace, false];
        times.clear();
      }
      if (times.has(index) || (remote && trace.columns.status[index] !== ERROR_STATUS)) return;
      try {
        const content = trace.content(index);
        if (content instanceof Promise) {
          remote = true;
          content.then(({ events }) => keep(trace, index, eventTimes(events), then), () => keep(trace, index, NONE, then));
        } else {
          keep(trace, index, eventTimes(content.events), then);
        }
      } catch {
        // The details say why a content cannot be read; here it only has no marks.
        keep(trace, index, NONE, then);
      }
    },
  };
}
