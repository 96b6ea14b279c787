/** Words of English reach 21 letters, and 16 only rarely. */
const LONGER_THAN_WORDS = 22;

/**
 * Whether a run of letters and digits was drawn rather than written: it has a digit, more capitals than names in code
 * have, or more letters than words.
 */
export function looksRandom(run: string, longest = LONGER_THAN_WORDS): boolean {
  if (/\d/.test(run) || run.length >= longest) return true;
  const capitals = run.replaceAll(/[^A-Z]/g, '').length;
  return run.length >= 8 && /[a-z][A-Z]/.test(run) && capitals * 3 > run.length;
}
