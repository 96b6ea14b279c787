/** Longer words are not looked at: nobody mistypes a field of seven letters in thirty. */
const LONGEST = 24;

/**
 * The word that was probably meant: at most one mistake in three letters, swapped neighbours count once. Undefined
 * where none is that near.
 */
export function nearestWord(typed: string, words: Iterable<string>): string | undefined {
  const wanted = typed.toLowerCase();
  if (wanted.length > LONGEST) return undefined;
  let nearest: string | undefined;
  let least = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const word of words) {
    const distance = mistakes(wanted, word.toLowerCase());
    if (distance < least) {
      nearest = word;
      least = distance;
    }
  }
  return nearest;
}

/** Optimal string alignment: letters put in, left out, changed, or swapped with their neighbour. */
function mistakes(a: string, b: string): number {
  let older: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, older[j - 2]! + 1);
      row.push(least);
    }
    older = last;
    last = row;
  }
  return last[b.length]!;
}
