export interface PollOptions extends Omit<RequestInit, 'signal'> {
  /** Milliseconds from an answer to the next question. @default 2000 */
  readonly every?: number;
  /** Ends it. */
  readonly signal?: AbortSignal;
  /** What asks. @default the page's `fetch` */
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>;
}

/** After so many failures in a row it gives up. */
const MOST_FAILURES = 10;
/** Milliseconds it waits at most, however often the server failed or whatever it asks for. */
const LONGEST_WAIT = 60_000;

/**
 * Asks a URL again and again and gives its body whenever it is another one than before: by `If-None-Match` where the
 * server names an ETag, by its bytes elsewhere. A server that fails or cannot be reached is asked again, ever more seldom
 * (or when it says, by `Retry-After`); rejects after ten failures in a row, and at once where the answer is 4xx, which
 * asking again does not change. Ends when the signal is aborted.
 */
export async function* polled(url: string, options: PollOptions = {}): AsyncGenerator<Uint8Array, void> {
  const { every = 2000, signal, fetch: ask = (from, init) => fetch(from, init), headers, ...init } = options;
  let tag: string | null = null;
  let last: Uint8Array | undefined;
  let failures = 0;
  for (;;) {
    if (signal?.aborted) return;
    let wait = every;
    const sent = new Headers(headers);
    if (tag !== null) sent.set('if-none-match', tag);
    // One question at a time.
    // oxlint-disable-next-line no-await-in-loop
    const { answer, body, error } = await asked(() =>
      ask(url, { ...init, headers: sent, ...(signal ? { signal } : {}) }),
    );
    if (signal?.aborted) return;
    if (answer?.ok && body) {
      failures = 0;
      tag = answer.headers.get('etag');
      if (!last || !areEqual(last, body)) yield body;
      // With a tag the server has compared them.
      last = tag === null ? body : undefined;
    } else if (answer?.status === 304) {
      failures = 0;
    } else {
      failures += 1;
      const isFinal = answer !== undefined && isRefusal(answer.status);
      if (isFinal || failures === MOST_FAILURES)
        throw new Error(answer ? `${url} answers ${answer.status}` : `${url} cannot be reached`, { cause: error });
      wait = Math.min(LONGEST_WAIT, retryAfter(answer) ?? every * 2 ** failures);
    }
    // What was given may have been looked at for long.
    if (signal?.aborted) return;
    // oxlint-disable-next-line no-await-in-loop
    await pause(wait, signal);
  }
}

interface Asked {
  readonly answer?: Response;
  readonly body?: Uint8Array;
  readonly error?: unknown;
}

async function asked(ask: () => Promise<Response>): Promise<Asked> {
  try {
    const answer = await ask();
    return answer.ok ? { answer, body: new Uint8Array(await answer.arrayBuffer()) } : { answer };
  } catch (error) {
    return { error };
  }
}

const isRefusal = (status: number): boolean => status >= 400 && status < 500 && status !== 408 && status !== 429;

/** Milliseconds; its other form, a date, is rare and not read. */
function retryAfter(answer: Response | undefined): number | undefined {
  const seconds = Number.parseInt(answer?.headers.get('retry-after') ?? '', 10);
  return Number.isNaN(seconds) ? undefined : seconds * 1000;
}

const areEqual = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, at) => byte === b[at]);

/** Resolves after so many milliseconds, or when the signal is aborted. */
const pause = (milliseconds: number, signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal?.addEventListener('abort', end);
  });
