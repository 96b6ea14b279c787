/** What a reader gives, piece by piece; it is cancelled at the end. Not every browser can iterate a stream. */
export async function* readPieces<Piece>(reader: ReadableStreamDefaultReader<Piece>): AsyncGenerator<Piece, void> {
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
