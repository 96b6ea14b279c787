import type { EventSourceMessage } from 'eventsource-parser';
import { endAtOnce } from './endAtOnce.ts';
import { readPieces } from './readPieces.ts';

/**
 * The data of Server-Sent Events in a response that the host has fetched, for where `EventSource` does not do: it sends
 * no headers and no body. `type` picks the events of one name. Ends with the response. Source: HTML Standard, section 9.2.
 */
export function serverSentEvents(
  response: Response,
  { type }: { readonly type?: string } = {},
): AsyncIterableIterator<string, void> {
  let cancel = (): void => void response.body?.cancel().catch(() => {});
  async function* events(): AsyncGenerator<string, void> {
    if (!response.ok || !response.body)
      throw new Error(`no events: the answer is ${response.status} ${response.statusText}`.trim());
    const { EventSourceParserStream } = await import('eventsource-parser/stream');
    const reader = response.body
      .pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>)
      .pipeThrough(new EventSourceParserStream() as TransformStream<string, EventSourceMessage>)
      .getReader();
    cancel = () => void reader.cancel().catch(() => {});
    for await (const { event = 'message', data } of readPieces(reader))
      if ((type === undefined || event === type) && data !== '') yield data;
  }
  return endAtOnce(events(), () => cancel());
}
