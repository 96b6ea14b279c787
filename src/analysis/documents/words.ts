/** What stands between words; the first for texts in ASCII, which are most and are read much faster. */
const BETWEEN_ASCII = /[^a-z0-9]+/;
const BETWEEN = /[^\p{L}\p{M}\p{N}]+/u;
// It is what this is about.
// oxlint-disable-next-line no-control-regex
const ASCII = /^[\u0000-\u007F]*$/;
/** Where words are written without spaces between them, each sign is one. */
const UNSPACED =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}';
const HAS_UNSPACED = new RegExp(`[${UNSPACED}]`, 'u');
const SIGN_OR_RUN = new RegExp(`[${UNSPACED}]|[^${UNSPACED}]+`, 'gu');
/** Long texts are read piece by piece; a longer run of letters is cut, in the same way wherever it stands. */
const PIECE = 32_768;
const WORD_AT_MOST = 256;

/**
 * The words of a text in order, wherever it was escaped: what JSON writes as `\n` or `\u00e9` reads as it does
 * unescaped. Nothing else of it is kept, not even case.
 */
export function* wordsOf(text: string): Generator<string> {
  for (let from = 0, to = 0; from < text.length; from = to) {
    to = Math.min(from + PIECE, text.length);
    for (let room = WORD_AT_MOST; room > 0 && to < text.length && !/\s/.test(text[to]!); room -= 1) to += 1;
    const piece = unescaped(text.slice(from, to)).toLowerCase();
    const isPlain = ASCII.test(piece);
    for (const run of piece.split(isPlain ? BETWEEN_ASCII : BETWEEN)) {
      if (run === '') continue;
      if (isPlain || !HAS_UNSPACED.test(run)) yield run.slice(0, WORD_AT_MOST);
      else for (const [word] of run.matchAll(SIGN_OR_RUN)) yield word.slice(0, WORD_AT_MOST);
    }
  }
}

const unescaped = (text: string): string =>
  text.includes('\\')
    ? text.replaceAll(/\\+(?:u([0-9a-fA-F]{4})|[nrtbf])/g, (_, code: string | undefined) =>
        code === undefined ? ' ' : String.fromCharCode(Number.parseInt(code, 16)),
      )
    : text;
