/** Times, dates and ids as they are written into prompts. */
const VOLATILE: readonly RegExp[] = [
  /\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?/g,
  /\b\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:\s*[AP]M)?\b/gi,
  /\b(?:\d{4}[./]\d{1,2}[./]\d{1,2}|\d{1,2}[./]\d{1,2}[./]\d{4})\b/g,
  /\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s+\d{1,2}(?:st|nd|rd|th)?\b(?:,?\s+\d{4})?/gi,
  /\b\d{1,2}\.?\s+(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b(?:\s+\d{4})?/gi,
  /\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b/gi,
  /\b1[5-9]\d{8}(?:\d{3}){0,3}\b/g,
  /\b[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}\b/gi,
  /\b(?=[\da-f]*\d)(?=[\da-f]*[a-f])[\da-f]{8,}\b/gi,
  /\b[A-Za-z]{2,12}[_-](?=[A-Za-z\d]*\d)[A-Za-z\d]{6,}\b/g,
  /\b[\dA-HJKMNP-TV-Z]{26}\b/g,
];
/** Text around a place that is looked at. */
const AROUND = 60;
/** What may stand between a date and its time. */
const GLUE = /^[\s,T]*$/;

/**
 * Whether the place from which on two texts differ lies within a time, date or id on both sides, or a number that alone
 * is another.
 */
export function isVolatileAt(before: string, now: string, offset: number): boolean {
  return (hasVolatile(before, offset) && hasVolatile(now, offset)) || isOneNumber(before, now, offset);
}

function hasVolatile(text: string, offset: number): boolean {
  const from = Math.max(0, offset - AROUND);
  const around = text.slice(from, offset + AROUND);
  const at = offset - from;
  for (const pattern of VOLATILE)
    for (const match of around.matchAll(pattern)) {
      const end = match.index + match[0].length;
      if (match.index <= at && (end > at || (end === at && GLUE.test(around.slice(end, at))))) return true;
    }
  return false;
}

function isOneNumber(before: string, now: string, offset: number): boolean {
  const [one, other] = [numberAt(before, offset), numberAt(now, offset)];
  return one !== null && other !== null && before.slice(one) === now.slice(other);
}

/** Where the number ends that stands at a place; null = none does. */
function numberAt(text: string, offset: number): number | null {
  let from = offset;
  while (from > 0 && isDigit(text, from - 1)) from -= 1;
  let end = offset;
  while (isDigit(text, end)) end += 1;
  return end > from && isDigit(text, from) ? end : null;
}

const isDigit = (text: string, at: number): boolean => /^[\d.,]$/.test(text.charAt(at));
