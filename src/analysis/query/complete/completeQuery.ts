import type { Trace } from '../../../model/types.ts';
import { fieldNamed, FIELDS, type Field, type FieldName } from '../syntax/fields.ts';
import { foldCase } from '../match/literalText.ts';
import { printText } from '../syntax/printQuery.ts';
import { readHead, readQuoted, readValues, skipSpace, wordEnd } from '../syntax/readWords.ts';
import type { TextRange } from '../types.ts';
import { mostFirst, valueCounts, WELL_KNOWN, type Counted, type ValueCounts } from './valueCounts.ts';

export interface Suggestion {
  readonly type: 'field' | 'operator' | 'value';
  /** Goes in place of `range`, and the cursor behind it. */
  readonly insert: string;
  readonly range: TextRange;
  /** How many spans have the field or the value; null = not counted. */
  readonly count: number | null;
}

const MOST = 50;

/**
 * What may stand at the cursor: fields that spans of this trace have, operators behind a field that is written out,
 * values that occur in the trace. Those of one type by the number of spans, at most 50. Within quoted text there is
 * nothing to suggest.
 */
export function completeQuery(text: string, cursor: number, trace: Trace): readonly Suggestion[] {
  const place = placeOf(text, Math.min(Math.max(cursor, 0), text.length));
  const counts = valueCounts(trace);
  switch (place?.type) {
    case 'value':
      return valueSuggestions(place, counts);
    case 'name':
      return [
        ...operatorSuggestions(place),
        ...fieldSuggestions(place, counts),
        ...wordSuggestions(place, counts),
      ].slice(0, MOST);
    default:
      return [];
  }
}

type Place =
  | { readonly type: 'name'; readonly typed: string; readonly range: TextRange; readonly operator: string | null }
  | { readonly type: 'value'; readonly named: FieldName; readonly typed: string; readonly range: TextRange };

/** What the cursor stands in; null in quoted text. */
function placeOf(text: string, cursor: number): Place | null {
  for (let at = skipSpace(text, 0); at < text.length && at <= cursor;) {
    const from = text[at] === '-' ? at + 1 : at;
    if (text[from] === '"') {
      const { end, closed } = readQuoted(text, from);
      if (cursor < end || (cursor === end && !closed))
        return cursor > from ? null : { type: 'name', typed: '', range: [cursor, cursor], operator: null };
      at = skipSpace(text, end);
      continue;
    }
    const head = readHead(text, from);
    const named = head && fieldNamed(head.name);
    const { values, end } =
      head && named ? readValues(text, head.end, false) : { values: [], end: wordEnd(text, from) };
    if (cursor <= end) {
      if (cursor < from) return null;
      if (head && cursor < head.end)
        return { type: 'name', typed: text.slice(from, cursor), range: [from, head.end], operator: head.operator };
      if (!head || !named) return { type: 'name', typed: text.slice(from, cursor), range: [from, end], operator: null };
      const range = values.find((value) => value.range[0] <= cursor && cursor <= value.range[1])?.range ?? [
        cursor,
        cursor,
      ];
      return { type: 'value', named, typed: text.slice(range[0], cursor).replace(/^"/, ''), range };
    }
    at = skipSpace(text, end);
  }
  return { type: 'name', typed: '', range: [cursor, cursor], operator: null };
}

function valueSuggestions(
  { named: { field, key }, typed, range }: Extract<Place, { type: 'value' }>,
  counts: ValueCounts,
): readonly Suggestion[] {
  const wanted = foldCase(typed);
  const values = field.type === 'has' ? counts.fields((name) => name !== 'attr') : counts.valuesOf(field.name, key);
  return firstOf(values, ({ value }) => holdsStart(foldCase(value), wanted)).map(({ value, count }) => ({
    type: 'value',
    insert: printText(value),
    range,
    count,
  }));
}

/** Whether some word in a value begins so: `shop` in `eu-1_shop`. */
function holdsStart(value: string, wanted: string): boolean {
  for (let at = value.indexOf(wanted); at !== -1; at = value.indexOf(wanted, at + 1))
    if (at === 0 || !/[\p{L}\p{N}]/u.test(value[at - 1]!)) return true;
  return false;
}

const hasAmount = ({ type }: Field): boolean =>
  type === 'count' || type === 'money' || type === 'duration' || type === 'score';

function operatorSuggestions({ typed, range, operator }: Extract<Place, { type: 'name' }>): readonly Suggestion[] {
  const named = operator === null ? fieldNamed(typed) : null;
  if (!named || (named.field.type === 'attribute' && named.key === undefined)) return [];
  const { type } = named.field;
  const forWords = type === 'is' || type === 'has' ? [':'] : [':', '=', '!='];
  const operators = hasAmount(named.field) ? ['>', '>=', '<', '<=', '=', '!='] : forWords;
  return operators.map((each) => ({ type: 'operator', insert: typed + each, range, count: null }));
}

function fieldSuggestions(
  { typed, range, operator }: Extract<Place, { type: 'name' }>,
  counts: ValueCounts,
): readonly Suggestion[] {
  const wanted = foldCase(typed);
  const named = (value: string, behind: string, count: number | null): Counted => ({
    value: value + (operator ?? behind),
    count,
  });
  const fields = counts
    .fields((name) => name.startsWith(wanted))
    .map(({ value, count }) => {
      const usual = hasAmount(FIELDS.find(({ name }) => name === value)!) ? '>' : ':';
      return named(value, value === 'attr' ? '.' : usual, count);
    });
  // Looked for in all spans, so only where somebody may want one.
  const scores = (wanted.startsWith('score') || 'score'.startsWith(wanted) ? counts.scoreNames() : []).map(
    ({ value, count }) =>
      named(`score.${/^[\w.-]+$/.test(value) ? value : `"${value.replace(/[\\"]/g, '\\$&')}"`}`, '>', count),
  );
  const asking = ['is', 'has'].map((value) => named(value, ':', null));
  // What is written out already has its operators to go on with.
  const isWhole = operator === null && fieldNamed(typed) !== null;
  return firstOf(
    [...fields, ...scores, ...asking].sort(mostFirst),
    ({ value }) => foldCase(value).startsWith(wanted) && !(isWhole && value.length === typed.length + 1),
  ).map(({ value, count }) => ({ type: 'field', insert: value, range, count }));
}

/** `err` → `status:error`: values of the fields that all know, by their first letters. */
function wordSuggestions(
  { typed, range, operator }: Extract<Place, { type: 'name' }>,
  counts: ValueCounts,
): readonly Suggestion[] {
  if (typed === '' || operator !== null) return [];
  const wanted = foldCase(typed);
  const words = WELL_KNOWN.flatMap((field) =>
    firstOf(counts.valuesOf(field), ({ value }) => foldCase(value).startsWith(wanted)).map(({ value, count }) => ({
      value: `${field}:${printText(value)}`,
      count,
    })),
  );
  return words.sort(mostFirst).map(({ value, count }) => ({ type: 'value', insert: value, range, count }));
}

function firstOf(list: readonly Counted[], wanted: (each: Counted) => boolean): readonly Counted[] {
  const found: Counted[] = [];
  for (const each of list) if (wanted(each) && found.push(each) === MOST) break;
  return found;
}
