/** Compares texts as people sort them: `a.2.b` before `a.10.b`. */
export const byAlphabet = comparing({ numeric: true });

/** The same, whatever the case and accents of the letters. */
export const byLetters = comparing({ numeric: true, sensitivity: 'base' });

/** Engines take milliseconds to get the first of these ready: a page pays when something is sorted, not when it loads. */
function comparing(options: Intl.CollatorOptions): (a: string, b: string) => number {
  let compare: Intl.Collator['compare'] | undefined;
  return (a, b) => (compare ??= new Intl.Collator('en', options).compare)(a, b);
}
