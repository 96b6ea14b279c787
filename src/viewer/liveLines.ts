import { linesOf } from '../sources/linesOf.ts';

/** Milliseconds until the server is asked again that does not answer. */
const AGAIN = 2000;

export interface LiveConnection {
  readonly signal: AbortSignal;
  /** Told when the command answers, and when it does so no more. */
  onConnected(isConnected: boolean): void;
  /** Told how many lines came before this page was opened and are held no more. */
  onMissed(lines: number): void;
}

/**
 * The lines that the command receives or follows, in batches: those from before, then those that come. When the
 * connection breaks, as when the machine sleeps, it goes on behind the last line; after a new start of the command with
 * the first one. Ends with the signal.
 */
export async function* liveLines({ signal, onConnected, onMissed }: LiveConnection): AsyncGenerator<string, void> {
  let of = '';
  let next = 0;
  while (!signal.aborted) {
    try {
      // Each connection follows the one before.
      // oxlint-disable-next-line no-await-in-loop
      const answer = await fetch(`./live?${new URLSearchParams({ of, from: String(next) })}`, { signal });
      if (!answer.ok || !answer.body) throw new Error(`${answer.status}`);
      const epoch = answer.headers.get('x-live-of') ?? '';
      const first = Number(answer.headers.get('x-live-from') ?? 0);
      const missed = first - (epoch === of ? next : 0);
      of = epoch;
      next = first;
      onConnected(true);
      if (missed > 0) onMissed(missed);
      for await (const lines of linesOf(answer.body)) {
        // A line that the connection cut is not given: it comes again.
        const whole = lines.endsWith('\n') ? lines : '';
        next += whole.split('\n').length - 1;
        if (whole) yield whole;
      }
    } catch {
      // Said below.
    }
    if (signal.aborted) return;
    onConnected(false);
    // oxlint-disable-next-line no-await-in-loop
    await new Promise((resolve) => {
      setTimeout(resolve, AGAIN);
    });
  }
}
