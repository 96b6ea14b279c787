/**
 * A generator that whoever leaves it early ends at once, by what it waits for: left to itself it would hear of that only
 * when the next piece comes.
 */
export const endAtOnce = <Piece>(
  given: AsyncGenerator<Piece, void>,
  end: () => void,
): AsyncIterableIterator<Piece, void> => ({
  next: () => given.next(),
  return() {
    end();
    return given.return();
  },
  [Symbol.asyncIterator]() {
    return this;
  },
});
