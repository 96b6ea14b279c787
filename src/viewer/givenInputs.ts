import type { PriceTable } from '../conventions/prices.ts';
import { embeddedInput } from './embeddedInput.ts';
import { fetchInput } from './fetchInput.ts';

/** What the page was started with: the files of a command, in the order of its words. */
export interface GivenInputs {
  /** The two inputs are to be compared. */
  readonly diff: boolean;
  /** Further ones come while the page is open. */
  readonly live: boolean;
  /** Of models, as the command was told. */
  readonly prices: PriceTable | undefined;
  readonly inputs: readonly Response[];
}

/**
 * Where inputs come from is decided here: a report has them inside, else the server names them; none where it does not.
 * Each is opened when it is read, so that its bytes are counted as they arrive, and knows its size where that is known.
 */
export async function givenInputs(signal: AbortSignal): Promise<GivenInputs> {
  const report = document.querySelector('#inputs');
  const about: unknown = report ? JSON.parse(report.textContent) : await served(signal);
  const { diff, live, sizes, prices } = about as Partial<Record<'diff' | 'live' | 'sizes', unknown>> & {
    readonly prices?: PriceTable;
  };
  const open = report ? embeddedInput : fetchInput;
  const inputs = Array.isArray(sizes)
    ? sizes.map((size, place) => input((stop) => open(place, sizes.length, stop), size))
    : [];
  return { diff: diff === true, live: live === true, prices, inputs };
}

async function served(signal: AbortSignal): Promise<unknown> {
  const answer = await fetch('./inputs', { signal });
  return answer.ok ? answer.json() : {};
}

type Open = (signal: AbortSignal) => Promise<ReadableStreamDefaultReader<Uint8Array>>;

function input(open: Open, size: unknown): Response {
  const stop = new AbortController();
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  const bytes = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        reader ??= await open(stop.signal);
        const { done, value } = await reader.read();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      async cancel(reason) {
        stop.abort(reason);
        await reader?.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
  return new Response(bytes, typeof size === 'number' ? { headers: { 'content-length': String(size) } } : {});
}
