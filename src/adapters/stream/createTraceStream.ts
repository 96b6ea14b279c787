import { createDiagnosticLog, TraceInputError } from '../../model/diagnostics.ts';
import { createTimeSlices } from '../../model/timeSlices.ts';
import type { TraceSet } from '../../model/types.ts';
import { fetchParts } from '../collect/fetchParts.ts';
import { reasonOf } from '../tolerant/reasonOf.ts';
import { checkRules, hasRules } from '../../redact/checkRules.ts';
import { placeOf } from '../text/readInput.ts';
import type { ReadOptions, TraceInput } from '../types.ts';
import type { LiveReader } from './liveReader.ts';

/** Traces that grow while batches of records come in. Made by `createTraceStream`. */
export interface TraceStream {
  /**
   * Reads a batch: any input that `parseTraces` reads, with whole records in it. The promise settles when the batch is
   * read, and never rejects: a batch that cannot be read is reported in `TraceSet.diagnostics` with its number, from 1,
   * and the stream goes on. Batches are read one after the other, in the order in which they were given.
   */
  append(batch: TraceInput): Promise<void>;
  /**
   * Nothing more will come: traces are no longer `live`, and parents that have not arrived are missing. Batches given
   * before are still read, those given afterwards are left out and reported.
   */
  close(): void;
  /**
   * All that was read so far. Traces of which nothing new is known are the same objects as before; others are new ones
   * with a higher `version`. Made when asked for, so that ten batches between two looks make one version.
   */
  snapshot(): TraceSet;
  /**
   * The listener is called when there is something new, at most once in 16 ms; where all that came is read anew for a
   * snapshot, and not much of it is new, at most once in a millisecond for five lines or spans of it, but at least every
   * five seconds. The answer ends that.
   */
  subscribe(listener: () => void): () => void;
}

/**
 * Reads traces while they arrive: children before their parents, ends before starts, batches twice. The same records
 * give the same traces as `parseTraces` makes of all of them at once, whatever the order and the batches: records of
 * one span are merged field by field, late parents adopt their children, repeats count once. Never throws.
 */
export function createTraceStream(options: ReadOptions = {}): TraceStream {
  // Of what comes before there is a reader.
  const log = createDiagnosticLog();
  const listeners = new Set<() => void>();
  const yieldTurn = createTimeSlices({ budget: SLICE });
  let live: LiveReader | undefined;
  let reading: typeof import('../reading.ts');
  let queue: Promise<void> = Promise.resolve();
  let batches = 0;
  let waiting = 0;
  let isClosed = false;
  let current: TraceSet | undefined;
  let call: { readonly timer: ReturnType<typeof setTimeout>; readonly due: number } | undefined;

  const changed = (wait = FRAME): void => {
    current = undefined;
    const due = performance.now() + wait;
    if (call && call.due <= due) return;
    if (call) clearTimeout(call.timer);
    const timer = setTimeout(() => {
      call = undefined;
      for (const listener of listeners) quietly(listener);
    }, wait);
    call = { timer, due };
  };
  const start = async (): Promise<LiveReader> => {
    const [fetched, { createLiveReader }] = await Promise.all([fetchParts(options), import('./liveReader.ts')]);
    await fetched.arrival;
    reading = fetched.reading;
    if (hasRules(options.redact)) checkRules(options.redact);
    if (options.format !== undefined)
      reading.requireFormat(options.format, await reading.adaptersFor(undefined, options));
    return createLiveReader(options, fetched.parts, reading);
  };
  const read = async (batch: TraceInput, number: number): Promise<void> => {
    try {
      if (!live) {
        live = await start();
        for (const note of log.list()) live.log.add(note);
      }
      await live.read(batch, number, { options, adaptersFor: reading.adaptersFor, yieldTurn });
    } catch (error) {
      const told = error instanceof TraceInputError ? error : new TraceInputError('not-json', reasonOf(error));
      (live?.log ?? log).report(told.code, {
        message: `Batch ${number} was left out. ${told.message}`,
        ...placeOf(told),
      });
    }
    waiting -= 1;
    changed(isClosed ? undefined : restFor(live?.anew));
  };
  return {
    append(batch) {
      const number = (batches += 1);
      if (isClosed) {
        (live?.log ?? log).report('stream-closed', { message: `Batch ${number} came when the stream was closed.` });
        changed();
        return queue;
      }
      waiting += 1;
      return (queue = queue.then(() => read(batch, number)));
    },
    close() {
      if (isClosed) return;
      isClosed = true;
      changed();
    },
    snapshot() {
      return (current ??= setNow());
    },
    subscribe(listener) {
      const own = (): void => listener();
      listeners.add(own);
      return () => void listeners.delete(own);
    },
  };

  function setNow(): TraceSet {
    const set = live?.set(!isClosed || waiting > 0);
    if (set) return set;
    return { ...NOTHING_YET, diagnostics: [...log.list(), ...(live?.log.list() ?? [])] };
  }
}

/** Milliseconds between two calls of a listener: nobody sees more than one picture in a frame. */
const FRAME = 16;
/** What is read anew comes to at most so much in a millisecond. */
const ANEW_PER_MS = 5;
/** Whoever watches does not wait longer than that, however long a session is: who shows it paces that by what it costs. */
const LONGEST_REST = 5000;
/** Of all that is read anew, the share that is much: where it is new, the work is that of reading it some times. */
const MUCH = 1 / 8;

/** Milliseconds until listeners hear of what came. */
function restFor(anew: LiveReader['anew'] | undefined): number {
  if (!anew || anew.fresh >= anew.all * MUCH) return FRAME;
  return Math.min(Math.max(FRAME, anew.all / ANEW_PER_MS), LONGEST_REST);
}

/** Milliseconds of reading after which the page gets its turn. */
const SLICE = 20;

/** What is shown before anything came. */
const NOTHING_YET: TraceSet = {
  format: 'unknown',
  traces: [],
  diagnostics: [],
  accounting: { entries: 0, shown: 0, merged: 0, skipped: 0 },
};

/** A listener that throws must not keep the others from hearing. */
function quietly(listener: () => void): void {
  try {
    listener();
  } catch (error) {
    setTimeout(() => {
      throw error;
    });
  }
}
