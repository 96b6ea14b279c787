/** Runs of letters and digits, and each sign by itself where words are written without spaces between them. */
const RUN = /[\p{L}\p{M}\p{N}]+/gu;
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const SIGN_OR_RUN =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}])[\p{L}\p{M}\p{N}])+/gu;
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
    for (const [run] of unescaped(text.slice(from, to)).matchAll(RUN)) {
      if (!UNSPACED.test(run)) yield run.slice(0, WORD_AT_MOST).toLowerCase();
      else for (const [word] of run.matchAll(SIGN_OR_RUN)) yield word.toLowerCase();
    }
  }
}

const unescaped = (text: string): string =>
  text.includes('\\')
    ? text.replaceAll(/\\+(?:u([0-9a-fA-F]{4})|[nrtbf])/g, (_, code: string | undefined) =>
        code === undefined ? ' ' : String.fromCharCode(Number.parseInt(code, 16)),
      )
    : text;
