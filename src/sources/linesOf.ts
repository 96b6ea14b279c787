/** Text or bytes as they come: the body of a response, standard input, a file that is read. */
export type TextPieces = ReadableStream<Uint8Array | string> | AsyncIterable<Uint8Array | string>;

/**
 * The lines of a text that is still being written, in batches: each holds all lines that were whole when it was asked
 * for. What stands behind the last line break comes when the source ends. Letters that are cut between two pieces are
 * put together.
 */
export async function* linesOf(source: TextPieces): AsyncGenerator<string, void> {
  const decoder = new TextDecoder();
  const pending: string[] = [];
  for await (const piece of piecesOf(source)) {
    const text = typeof piece === 'string' ? piece : decoder.decode(piece, { stream: true });
    const end = text.lastIndexOf('\n') + 1;
    if (end > 0) {
      const lines = pending.join('') + text.slice(0, end);
      pending.length = 0;
      if (lines.trim() !== '') yield lines;
    }
    if (end < text.length) pending.push(text.slice(end));
  }
  const rest = pending.join('') + decoder.decode();
  if (rest.trim() !== '') yield rest;
}

/** Not every browser can iterate a stream. */
async function* piecesOf(source: TextPieces): AsyncGenerator<Uint8Array | string, void> {
  if (!('getReader' in source)) return yield* source;
  const reader = source.getReader();
  try {
    for (;;) {
      // oxlint-disable-next-line no-await-in-loop
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    void reader.cancel().catch(() => {});
  }
}
