import type { RemoteContents } from './entry.ts';
import { partsOf } from './build/parts.ts';
import type { Trace } from './types.ts';

/** Who holds the contents of a trace, where that is not this side. */
export const remoteOf = (trace: Trace): RemoteContents | undefined => partsOf(trace)?.content.remote;

/** The one answer to a question. Rejects with the signal's reason when aborted. */
export async function answerOf(
  remote: RemoteContents,
  work: string,
  given: unknown,
  signal: AbortSignal | undefined,
): Promise<unknown> {
  for await (const answer of remote.ask(work, given, signal)) return answer;
  signal?.throwIfAborted();
  throw new Error(`The worker has no answer to “${work}”.`);
}
