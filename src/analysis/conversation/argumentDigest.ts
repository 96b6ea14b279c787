import type { SpanContent } from '../../model/types.ts';

/** A longer text is not parsed for one line: its beginning is shown. */
const PARSED_AT_MOST = 100_000;
/** Entries that are looked at. */
const ENTRIES = 12;

/**
 * One line about what a tool was called with, for its row: `service=checkout limit=5`. Plain values first, as they tell
 * calls apart, then `filter={3}` and `ids=[12]` for what is structured. At most `most` letters; what is longer ends in
 * `…`. Masked as the content is: a mark is never cut in two. Null where nothing is recorded.
 */
export function argumentDigest({ tool, input }: Pick<SpanContent, 'tool' | 'input'>, most = 80): string | null {
  const given = tool?.arguments ?? (input === null ? undefined : parsed(input.text));
  const line = digestOf(typeof given === 'string' ? parsed(given) : given, most);
  return line === '' ? null : shortened(line, most);
}

function parsed(text: string): unknown {
  if (text.length > PARSED_AT_MOST || !/^\s*[[{]/.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function digestOf(given: unknown, most: number): string {
  if (given === null || typeof given !== 'object' || ArrayBuffer.isView(given))
    return given === undefined || given === null || typeof given === 'object' ? '' : oneLine(String(given), most);
  if (Array.isArray(given))
    return given
      .slice(0, ENTRIES)
      .map((item) => wordOf(item, most))
      .join(', ');
  const plain: string[] = [];
  const structured: string[] = [];
  try {
    for (const [key, value] of Object.entries(given).slice(0, ENTRIES)) {
      if (value === null || value === undefined || value === '') continue;
      (typeof value === 'object' ? structured : plain).push(`${oneLine(key, most)}=${wordOf(value, most)}`);
    }
  } catch {
    // An object of the host that throws when looked at: what came before it stands.
  }
  return [...plain, ...structured].join(' ');
}

/** Text with spaces in it stands in quotes, as the next name follows a space. */
function wordOf(value: unknown, most: number): string {
  if (Array.isArray(value)) return `[${value.length}]`;
  if (value !== null && typeof value === 'object') return ArrayBuffer.isView(value) ? '…' : `{${sizeOf(value)}}`;
  const word = oneLine(String(value), most);
  return typeof value === 'string' && /\s/.test(word) ? `“${word}”` : word;
}

function sizeOf(value: object): number | '…' {
  try {
    return Object.keys(value).length;
  } catch {
    return '…';
  }
}

/** The beginning of a text without line breaks; a little more than can be shown, so that it shows that it goes on. */
const oneLine = (text: string, most: number): string =>
  cutAt(
    cutAt(text, most * 4)
      .replaceAll(/\s+/g, ' ')
      .trim(),
    most + 24,
  );

/** What a mark that stands for something masked looks like while it is open. */
const OPEN_MARK = /⟦[^⟦⟧]*$/;

const shortened = (line: string, most: number): string =>
  line.length <= most ? line : `${cutAt(line, most - 1).trimEnd()}…`;

/** The beginning of a text, which ends neither within a mark nor within a character. */
function cutAt(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = text.slice(0, most);
  const open = OPEN_MARK.exec(cut);
  return (open ? cut.slice(0, open.index) : cut).replace(/[\uD800-\uDBFF]$/, '');
}
