/** Lines that come while somebody watches: each a document of its own, or one record of a session. */
export interface LiveLines {
  /** Tells the lines of one start of the command from those of another. */
  readonly epoch: string;
  /** How many came, those that are held no more included. */
  readonly count: number;
  /** How many of the oldest are held no more. */
  readonly dropped: number;
  /** Adds the lines of a text; empty ones are left out. */
  add(text: string): void;
  /** The lines that are held now. */
  soFar(): Generator<string, void>;
  /**
   * All lines from a number on, then those that come. Ends when the signal is aborted, or where it is so slow that lines
   * were let go before it came to them: who asks again is told of that.
   */
  from(first: number, signal: AbortSignal): AsyncGenerator<string, void>;
}

/** Characters held for pages that are opened later; beyond them the oldest lines are let go. */
const MOST_HELD = 512 * 1024 * 1024;

/** Holds lines for whoever asks, each given to `onLine` as it comes. */
export function createLiveLines(onLine: (line: string) => void = () => {}, mostHeld = MOST_HELD): LiveLines {
  const lines: (string | undefined)[] = [];
  const waiting = new Set<() => void>();
  let held = 0;
  let dropped = 0;
  const letGo = (): void => {
    while (held > mostHeld && dropped < lines.length - 1) {
      held -= lines[dropped]!.length;
      lines[dropped] = undefined;
      dropped += 1;
    }
  };
  return {
    epoch: crypto.randomUUID(),
    get count() {
      return lines.length;
    },
    get dropped() {
      return dropped;
    },
    add(text) {
      for (const line of text.split('\n')) {
        if (line.trim() === '') continue;
        lines.push(line);
        held += line.length;
        onLine(line);
      }
      letGo();
      for (const wake of waiting) wake();
      waiting.clear();
    },
    *soFar() {
      for (let at = dropped, end = lines.length; at < end; at += 1) if (lines[at] !== undefined) yield `${lines[at]}\n`;
    },
    async *from(first, signal) {
      let at = Math.max(first, dropped);
      let wake = (): void => {};
      const onAbort = (): void => wake();
      signal.addEventListener('abort', onAbort);
      try {
        while (!signal.aborted) {
          for (; at < lines.length && !signal.aborted; at += 1) {
            if (at < dropped) return;
            const line = lines[at];
            if (line !== undefined) yield `${line}\n`;
          }
          if (signal.aborted) return;
          // Each turn waits for what the last one did not have.
          // oxlint-disable-next-line no-await-in-loop
          await new Promise<void>((resolve) => {
            wake = resolve;
            waiting.add(resolve);
          });
        }
      } finally {
        waiting.delete(wake);
        signal.removeEventListener('abort', onAbort);
      }
    },
  };
}
