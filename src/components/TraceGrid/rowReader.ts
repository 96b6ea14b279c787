import { argumentDigest } from '../../analysis/conversation/argumentDigest.ts';
import { documentCounts, HOLDS_DOCUMENTS, type DocumentCounts } from '../../layout/rows/documentCounts.ts';
import { eventTimes, type EventTimes } from '../../layout/gantt/eventMarks.ts';
import { ERROR_STATUS, kindCode } from '../../model/codes.ts';
import type { Nanos, SpanContent, Trace } from '../../model/types.ts';
import { continues, indexNow, originShift, sameRecord } from '../../analysis/versions.ts';
import { createIdleQueue } from './idleQueue.ts';

/** What a row shows of the content of its span. */
export interface RowContent {
  readonly events: EventTimes;
  readonly documents: DocumentCounts | null;
  /** One line about what a tool was called with. */
  readonly digest: string | null;
}

const NONE: RowContent = {
  events: { exceptions: new Float64Array(0), others: new Float64Array(0) },
  documents: null,
  digest: null,
};
/** So many spans are remembered; a reader who scrolls through a million does not collect them. */
const KEPT = 4000;
/** Milliseconds of rest after which contents of the rows on screen are read. */
const REST = 250;

/** What rows show of contents. These are read one by one, when somebody has looked at a row for a while. */
export interface RowReader {
  /** What is known already. */
  known(trace: Trace, index: number): RowContent | undefined;
  /**
   * Reads what is not known yet, and calls `onRead` once it is. The returned function ends that: what nobody waits for
   * is never begun.
   */
  watch(trace: Trace, index: number, onRead: (content: RowContent) => void): () => void;
}

interface Wish {
  readonly trace: Trace;
  readonly index: number;
  onRead(content: RowContent): void;
}

/**
 * Where contents come from afar, only those of failed spans, of tools and of those that are about documents are asked for: marks
 * are not worth a request per row.
 */
export function createRowReader(): RowReader {
  let of: Trace | null = null;
  let remote = false;
  const found = new Map<number, RowContent>();
  /** Who waits for a content that is on its way, so that two parts of a row make one request. */
  const underway = new Map<number, Set<Wish>>();

  const keep = (trace: Trace, index: number, content: RowContent): void => {
    if (of !== trace) return;
    // The oldest goes.
    if (found.size >= KEPT) found.delete(found.keys().next().value!);
    found.set(index, content);
    const wishes = underway.get(index);
    underway.delete(index);
    for (const wish of wishes ?? []) wish.onRead(content);
  };
  const isWorthRequest = ({ columns: { status, kind, kinds } }: Trace, index: number): boolean =>
    status[index] === ERROR_STATUS || kind[index] === TOOL || HOLDS_DOCUMENTS.has(kinds[kind[index]!]!);

  /** From now on of this trace; of a later state of the former one, what stayed as it was is known. */
  const turnTo = (trace: Trace): void => {
    if (of === trace) return;
    const before = of !== null && continues(of, trace) ? of : null;
    const known = before ? [...found] : [];
    [of, remote] = [trace, before !== null && remote];
    found.clear();
    underway.clear();
    for (const [was, content] of known) {
      const index = indexNow(before!, was, trace);
      if (index !== -1 && sameRecord(before!, was, trace, index))
        found.set(index, movedBy(originShift(before!, trace), content));
    }
  };
  const read = (wish: Wish): void => {
    const { trace, index } = wish;
    turnTo(trace);
    const known = found.get(index);
    if (known) return wish.onRead(known);
    const others = underway.get(index);
    if (others) return void others.add(wish);
    if (remote && !isWorthRequest(trace, index)) return;
    underway.set(index, new Set([wish]));
    // The details say why a content cannot be read; here it only has no marks.
    const fail = (): void => keep(trace, index, NONE);
    try {
      const content = trace.content(index);
      if (content instanceof Promise) {
        remote = true;
        content.then((arrived) => keep(trace, index, rowContent(trace, index, arrived))).catch(fail);
      } else {
        keep(trace, index, rowContent(trace, index, content));
      }
    } catch {
      fail();
    }
  };
  const queue = createIdleQueue<Wish>(read, REST);

  return {
    known(trace, index) {
      if (of !== null && continues(of, trace)) turnTo(trace);
      return of === trace ? found.get(index) : undefined;
    },
    watch(trace, index, onRead) {
      if (of === trace && found.has(index)) return () => undefined;
      const wish: Wish = { trace, index, onRead };
      queue.add(wish);
      return () => {
        queue.drop(wish);
        underway.get(index)?.delete(wish);
      };
    },
  };
}

/** Its times count from another origin. */
const movedBy = (shift: Nanos, content: RowContent): RowContent =>
  shift === 0
    ? content
    : {
        ...content,
        events: {
          exceptions: content.events.exceptions.map((time) => time + shift),
          others: content.events.others.map((time) => time + shift),
        },
      };

const TOOL = kindCode('tool');

const rowContent = (trace: Trace, index: number, content: SpanContent): RowContent => ({
  events: eventTimes(content.events),
  documents: HOLDS_DOCUMENTS.has(trace.span(index).kind) ? documentCounts(content.documents) : null,
  digest: trace.columns.kind[index] === TOOL ? argumentDigest(content) : null,
});
