import { ownValue } from '../../../model/ownValue.ts';
import { SPAN_STATUSES } from '../../../model/codes.ts';
import { excludingTerms } from './excludingTerms.ts';
import { fieldNamed, FIELDS, IS_WORDS, type Field, type FieldName } from './fields.ts';
import { nearestWord } from './nearestWord.ts';
import { queryProblem } from './problems.ts';
import { readAmount } from './readAmount.ts';
import { readHead, readQuoted, readValues, skipSpace, wordEnd, type TypedValue } from './readWords.ts';
import type { Operator, Query, QueryProblem, QueryTerm, QueryValue, TextRange } from '../types.ts';

/** A pasted page is no query: every term is looked for in every span. */
const TERMS_AT_MOST = 64;

/**
 * Reads what was typed into the find box; never throws, and what cannot be read leaves the other terms as they are.
 *
 *     kind:llm,tool status!=ok cost>0.01 duration>1s model:gpt* -is:root "two words" refund
 *
 * Words are literal text and must all be found; quotes keep spaces together, and make `*`, commas and operators plain
 * text. `-` before a letter or a quote negates, elsewhere it is text. A name that is no field is text together with
 * what follows it (`https://x.y/z?a:b`, `12:30`, `foo:bar`), with a hint where it might have been meant as a field. A
 * name with dots is an attribute key, unless a value such as `//…` or `443/…` says that it is an address.
 */
export function parseQuery(text: string): Query {
  const terms: QueryTerm[] = [];
  const problems: QueryProblem[] = [];
  for (let at = skipSpace(text, 0), count = 0; at < text.length; count += 1) {
    if (count === TERMS_AT_MOST) {
      problems.push(queryProblem('too-many-terms', [at, text.length], { text: '' }));
      break;
    }
    const { term, end } = readTerm(text, at, problems);
    if (term && !(term.type === 'text' && term.text === '')) terms.push(term);
    at = skipSpace(text, end);
  }
  problems.push(...excludingTerms(terms));
  return { text, terms, problems };
}

interface Read {
  readonly term: QueryTerm | null;
  readonly end: number;
}

function readTerm(text: string, at: number, problems: QueryProblem[]): Read {
  const negated = text[at] === '-' && /[\p{L}_"]/u.test(text[at + 1] ?? '');
  const from = negated ? at + 1 : at;
  if (text[from] === '"') {
    const { text: found, end, closed } = readQuoted(text, from);
    if (!closed) problems.push(queryProblem('unclosed-quote', [from, end], { text: found }));
    return { term: { type: 'text', text: found, negated, range: [at, end] }, end };
  }
  return (
    readSpaced(text, at, from, negated) ??
    readComparison(text, at, from, negated, problems) ??
    readText(text, at, from, negated, wordEnd(text, from), problems)
  );
}

function readText(
  text: string,
  at: number,
  from: number,
  negated: boolean,
  end: number,
  problems: QueryProblem[],
): Read {
  const word = text.slice(from, end);
  if (word === 'OR' || word === 'AND' || word === 'NOT')
    problems.push(queryProblem('no-boolean', [from, end], { text: word }));
  return { term: { type: 'text', text: word, negated, range: [at, end] }, end };
}

const SPACED = /([A-Za-z_][\w.-]*)\s*(<=|>=|!=|<|>|=)\s*(\S+)/y;

/**
 * `cost > 0.01`: an amount may be compared with spaces around the sign, where only an amount follows; else these are
 * words.
 */
function readSpaced(text: string, at: number, from: number, negated: boolean): Read | null {
  SPACED.lastIndex = from;
  const found = SPACED.exec(text);
  const named = found && fieldNamed(found[1]!);
  if (!found || !named || named.guessed || (named.field.type === 'attribute' && named.key === undefined)) return null;
  const amount = readAmount(named.field.type, found[3]!);
  // Behind `=`, commas divide values.
  if (amount === null || (found[3]!.includes(',') && found[2]!.endsWith('=') && !/[<>]/.test(found[2]!))) return null;
  const end = SPACED.lastIndex;
  return {
    term: fieldTerm(named, found[2] as Operator | '!=', [{ text: found[3]!, pattern: false, amount }], negated, [
      at,
      end,
    ]),
    end,
  };
}

function readComparison(
  text: string,
  at: number,
  from: number,
  negated: boolean,
  problems: QueryProblem[],
): Read | null {
  const head = readHead(text, from);
  if (!head) return null;
  const named = fieldNamed(head.name);
  if (!named || isAddress(named, text, head.end)) {
    const typed = readValues(text, head.end, true);
    const { values } = typed;
    const end = typed.unclosed === null ? typed.end : wordEnd(text, from);
    // `https://…` and a word with a colon at its end are text without a doubt.
    if (!named && values.length > 0 && !text.startsWith('//', head.end)) {
      const nearest = nearestWord(
        head.name,
        FIELDS.map(({ name }) => name),
      );
      problems.push(
        queryProblem('unknown-field', [from, head.end], {
          text: text.slice(from, end),
          field: head.name,
          ...(nearest === undefined ? {} : { nearest }),
        }),
      );
    }
    return readText(text, at, from, negated, end, problems);
  }
  const { field } = named;
  const signed = signBehindColon(field, head, text);
  const single = /[<>]/.test(signed.operator);
  const { values: typed, end, unclosed } = readValues(text, signed.end, single);
  const range: TextRange = [at, end];
  const refuse = (problem: QueryProblem): Read => {
    problems.push(problem);
    return { term: null, end };
  };
  if (field.type === 'attribute' && named.key === undefined)
    return refuse(queryProblem('missing-key', range, { text: text.slice(from, end) }));
  if (typed.length === 0)
    return refuse(queryProblem('missing-value', range, { text: text.slice(from, signed.end), field: field.name }));
  if (single && !isOrdered(field))
    return refuse(queryProblem('bad-operator', range, { text: signed.operator, field: field.name }));
  if (unclosed !== null)
    problems.push(queryProblem('unclosed-quote', [unclosed, end], { text: text.slice(unclosed, end) }));
  const values = typed.flatMap((value) => readValue(field, value, single, problems) ?? []);
  return { term: values.length === 0 ? null : fieldTerm(named, signed.operator, values, negated, range), end };
}

function fieldTerm(
  { field, key }: FieldName,
  operator: Operator | '!=',
  values: readonly QueryValue[],
  negated: boolean,
  range: TextRange,
): QueryTerm {
  const differs = operator === '!=';
  return {
    type: 'field',
    field: field.name,
    ...(key === undefined ? {} : { key }),
    operator: differs ? '=' : operator,
    values,
    negated: negated !== differs,
    range,
  };
}

const isOrdered = ({ type }: Field): boolean =>
  type === 'count' || type === 'money' || type === 'duration' || type === 'score' || type === 'attribute';

/** `example.com:443/path`, `app.ts:12:5`, `a.b://…`: not what an attribute is compared with. */
const isAddress = ({ guessed }: FieldName, text: string, at: number): boolean =>
  guessed === true && /^(?:\/\/|\d+[/:])/.test(text.slice(at, at + 20));

/**
 * `cost:>0.01` is `cost>0.01`; behind a field of text, or before what is no number, the sign belongs to the value:
 * `in:<div>`.
 */
function signBehindColon(
  field: Field,
  head: { readonly operator: Operator | '!='; readonly end: number },
  text: string,
): { readonly operator: Operator | '!='; readonly end: number } {
  const sign =
    head.operator === ':' && isOrdered(field) ? /^[<>]=?/.exec(text.slice(head.end, head.end + 2))?.[0] : undefined;
  if (sign === undefined) return head;
  const end = head.end + sign.length;
  const mayBeText = field.type === 'score' || field.type === 'attribute';
  return mayBeText && readAmount(field.type, text.slice(end, wordEnd(text, end))) === null
    ? head
    : { operator: sign as Operator, end };
}

/** A value as its field reads it; null, and a problem, where the field cannot. */
function readValue(
  field: Field,
  { text, quoted, range }: TypedValue,
  ordered: boolean,
  problems: QueryProblem[],
): QueryValue | null {
  const refuse = (problem: QueryProblem): null => {
    problems.push(problem);
    return null;
  };
  const asText: QueryValue = { text, pattern: !quoted && text.includes('*'), amount: null };
  switch (field.type) {
    case 'label': {
      if (
        field.name === 'status' &&
        !asText.pattern &&
        !(SPAN_STATUSES as readonly string[]).includes(text.toLowerCase())
      )
        problems.push(unknownValue(field, text, range, SPAN_STATUSES, 'hint'));
      return asText;
    }
    case 'text':
      return asText;
    case 'is':
      return (IS_WORDS as readonly string[]).includes(text.toLowerCase())
        ? { text: text.toLowerCase(), pattern: false, amount: null }
        : refuse(unknownValue(field, text, range, IS_WORDS));
    case 'has': {
      const named = fieldNamed(text);
      if (
        named &&
        named.field.type !== 'is' &&
        named.field.type !== 'has' &&
        (named.field.type !== 'attribute' || named.key !== undefined)
      )
        return { text, pattern: false, amount: null };
      return refuse(
        unknownValue(
          field,
          text,
          range,
          FIELDS.map(({ name }) => name).filter((name) => !['is', 'has', 'attr'].includes(name)),
        ),
      );
    }
    default: {
      const isEither = field.type === 'score' || field.type === 'attribute';
      const amount = isEither && quoted && !ordered ? null : readAmount(field.type, text);
      if (amount !== null) return { text, pattern: false, amount };
      if (isEither && !ordered) return asText;
      if (field.type === 'duration') return refuse(queryProblem('bad-duration', range, { text, field: field.name }));
      // Who looks for words in the input finds them by `in:`.
      const nearest = ownValue({ input: 'in', output: 'out' }, field.name);
      return refuse(
        queryProblem('bad-number', range, { text, field: field.name, ...(nearest === undefined ? {} : { nearest }) }),
      );
    }
  }
}

function unknownValue(
  field: Field,
  text: string,
  range: TextRange,
  known: readonly string[],
  severity?: 'hint',
): QueryProblem {
  const nearest = nearestWord(text, known);
  return queryProblem(
    'unknown-value',
    range,
    { text, field: field.name, ...(nearest === undefined ? {} : { nearest }) },
    severity,
  );
}
