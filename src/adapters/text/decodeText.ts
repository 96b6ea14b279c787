/** Turns bytes into text piece by piece, in the encoding that the first ones show. */
export interface TextDecoding {
  /**
   * The text of the next bytes, of which the first ones must be at least four where there are so many. `isLast` =
   * nothing follows: engines are fastest with bytes that are all there.
   */
  decode(bytes: Uint8Array, isLast: boolean): string;
  /** Whether some bytes were no text and stand as a replacement character. */
  readonly replaced: boolean;
}

const REPLACEMENT = '\uFFFD';

/** UTF-8 and UTF-16 are known by their byte order mark, UTF-16 also by the zeros that it puts beside ASCII. */
export function createTextDecoding(): TextDecoding {
  let decoder: TextDecoder | undefined;
  /** Replacement characters in the text, less those that were written as such. */
  let replacements = 0;
  let before: readonly number[] = [];
  const count = (text: string, bytes: Uint8Array): string => {
    if (text.includes(REPLACEMENT))
      replacements +=
        text.split(REPLACEMENT).length - 1 - (decoder!.encoding === 'utf-8' ? writtenReplacements(before, bytes) : 0);
    return text;
  };
  return {
    decode(bytes, isLast) {
      decoder ??= new TextDecoder(encodingOf(bytes));
      const text = count(decoder.decode(bytes, { stream: !isLast }), bytes);
      before = [...before, ...bytes.subarray(-2)].slice(-2);
      return text;
    },
    get replaced() {
      return replacements > 0;
    },
  };
}

function encodingOf([first, second]: Uint8Array): string {
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return 'utf-16le';
  return (first === 0xfe && second === 0xff) || (first === 0 && second !== 0 && second !== undefined)
    ? 'utf-16be'
    : 'utf-8';
}

/**
 * How often U+FFFD ends in these bytes as EF BF BD, of which one or two may be among those before. Such bytes can be
 * nothing else in UTF-8.
 */
function writtenReplacements(before: readonly number[], bytes: Uint8Array): number {
  const byteAt = (at: number): number | undefined => (at < 0 ? before[before.length + at] : bytes[at]);
  let found = 0;
  for (let at = bytes.indexOf(0xbd); at !== -1; at = bytes.indexOf(0xbd, at + 1))
    if (byteAt(at - 1) === 0xbf && byteAt(at - 2) === 0xef) found += 1;
  return found;
}
