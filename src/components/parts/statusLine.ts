/** Something to be read out; unless `quiet`, it is also seen. */
export interface Message {
  readonly text: string;
  readonly quiet: boolean;
}

export interface StatusLine {
  /** The returned function takes it back where it still waits. */
  announce(message: Message): () => void;
  stop(): void;
}

/** Who listens hears no more than one quiet message in this time (milliseconds). */
const APART = 1000;
const SHOWN_FOR = 2000;

/**
 * One message at a time, each there for a moment, then null. What is also seen comes at once; of quiet ones that have
 * to wait, only the last still matters.
 */
export function createStatusLine(show: (message: Message | null) => void): StatusLine {
  let waiting: Message | null = null;
  let last = Number.NEGATIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const after = (time: number): void => {
    clearTimeout(timer);
    timer = setTimeout(next, time);
  };
  const put = (message: Message): void => {
    last = performance.now();
    show(message);
    after(waiting ? APART : SHOWN_FOR);
  };
  function next(): void {
    const message = waiting;
    waiting = null;
    if (message) put(message);
    else show(null);
  }
  return {
    announce(message) {
      if (message.text === '') return () => {};
      if (message.quiet) {
        waiting = message;
        after(Math.max(0, last + APART - performance.now()));
      } else {
        put(message);
      }
      return () => {
        if (waiting === message) waiting = null;
      };
    },
    stop: () => clearTimeout(timer),
  };
}
