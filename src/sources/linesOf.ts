import { endAtOnce } from './endAtOnce.ts';
import { readPieces } from './readPieces.ts';

/** Text or bytes as they come: the body of a response, standard input, a file that is read. */
export type TextPieces = ReadableStream<Uint8Array | string> | AsyncIterable<Uint8Array | string>;

/**
 * The lines of a text that is still being written, in batches: each holds all lines that were whole when it was asked
 * for. What stands behind the last line break comes when the source ends. Letters that are cut between two pieces are
 * put together.
 */
export function linesOf(source: TextPieces): AsyncIterableIterator<string, void> {
  const { pieces, end } = 'getReader' in source ? fromStream(source) : fromIterable(source);
  return endAtOnce(wholeLines(pieces), end);
}

interface Opened {
  readonly pieces: AsyncIterable<Uint8Array | string>;
  readonly end: () => void;
}

const fromIterable = (source: AsyncIterable<Uint8Array | string>): Opened => {
  const pieces = source[Symbol.asyncIterator]();
  return { pieces: { [Symbol.asyncIterator]: () => pieces }, end: () => void pieces.return?.()?.catch(() => {}) };
};

function fromStream(source: ReadableStream<Uint8Array | string>): Opened {
  const reader = source.getReader();
  return { pieces: readPieces(reader), end: () => void reader.cancel().catch(() => {}) };
}

async function* wholeLines(pieces: AsyncIterable<Uint8Array | string>): AsyncGenerator<string, void> {
  const decoder = new TextDecoder();
  const pending: string[] = [];
  for await (const piece of pieces) {
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
