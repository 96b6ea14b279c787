import { SPAN_FLAGS, SPAN_STATUSES } from '../../../model/codes.ts';
import type { Score, Trace } from '../../../model/types.ts';
import { ledger } from '../../amounts/ledger.ts';
import { agentNames } from '../../statistics/agentNames.ts';
import { amountTest } from './amountTest.ts';
import { fieldNamed, fieldByName } from '../syntax/fields.ts';
import { isTest } from './isTest.ts';
import { amountOf } from './spanAmounts.ts';
import { textTest, type TextTest } from './textTest.ts';
import type { FieldTerm, IndexTest } from '../types.ts';

/**
 * The test of a field that the envelope answers; null where what the span holds has to be looked at. `negated` is not
 * in it.
 */
export function envelopeTest(trace: Trace, term: FieldTerm): IndexTest | null {
  const { field, operator, values } = term;
  const { name, type, fromContent } = fieldByName(field);
  if (type === 'is') return anyOf(values.map(({ text }) => isTest(trace, text)));
  if (type === 'has') {
    const tests = values.map(({ text }) => presence(trace, text));
    return tests.some((test) => test === null) ? null : anyOf(tests as IndexTest[]);
  }
  if (fromContent) return null;
  if (type === 'score') return scoreTest(trace, term);
  if (type === 'count' || type === 'money' || type === 'duration') {
    const holds = amountTest(operator, values);
    const amount = amountOf(trace, name);
    return (index) => holds(amount(index));
  }
  const words = textTest(values, type === 'label' || operator === '=');
  // A key holds a slash, an id does not: only who asks for a key has them all put together.
  return name === 'id' && !values.some(({ text, pattern }) => pattern || /[/#]/.test(text))
    ? (index) => words.fits(trace.span(index).spanId)
    : wordTest(trace, name, words);
}

const anyOf = (tests: readonly IndexTest[]): IndexTest =>
  tests.length === 1 ? tests[0]! : (index) => tests.some((test) => test(index));

function wordTest(trace: Trace, field: string, { fits }: Pick<TextTest, 'fits'>): IndexTest {
  const { columns } = trace;
  switch (field) {
    case 'name':
    case 'service':
    case 'model':
    case 'provider':
      return stringTest(trace, columns[field], fits);
    case 'agent':
      return stringTest(trace, agentNames(trace), fits);
    case 'kind': {
      const known = columns.kinds.map(fits);
      // Of a span of no kind, the recorded word is all that is known.
      const raw = stringTest(trace, columns.rawKind, fits);
      return (index) => known[columns.kind[index]!]! || (columns.kind[index] === 0 && raw(index));
    }
    case 'status': {
      const known = SPAN_STATUSES.map(fits);
      return (index) => known[columns.status[index]!]!;
    }
    case 'error':
      return (index) => {
        const message = trace.span(index).statusMessage;
        return message !== null && fits(message);
      };
    case 'id':
      return (index) => {
        const { spanId, key } = trace.span(index);
        return fits(spanId) || fits(key);
      };
    case 'session':
      return constant(trace.sessionId !== undefined && fits(trace.sessionId));
    case 'user':
      return constant(trace.userId !== undefined && fits(trace.userId));
    case 'diag': {
      const bits = Object.entries(SPAN_FLAGS).reduce((all, [code, bit]) => (fits(code) ? all | bit : all), 0);
      const conflicts = fits('usage-conflict') ? conflicting(trace) : NONE;
      return (index) => (columns.flags[index]! & bits) !== 0 || conflicts.has(index);
    }
    default:
      return constant(false);
  }
}

const constant =
  (answer: boolean): IndexTest =>
  () =>
    answer;
const NONE: ReadonlySet<number> = new Set();
const conflicting = (trace: Trace): ReadonlySet<number> =>
  new Set(ledger(trace).conflicts.flatMap(({ key }) => trace.find(key)?.index ?? []));

/** Each different string is looked at once, and only when a span with it comes by. "None" fits nothing. */
export function stringTest(
  { columns: { strings } }: Trace,
  column: Uint32Array,
  fits: (text: string) => boolean,
): IndexTest {
  const known = new Int8Array(strings.length);
  known[0] = -1;
  return (index) => {
    const id = column[index]!;
    if (known[id] === 0) known[id] = fits(strings[id]!) ? 1 : -1;
    return known[id] === 1;
  };
}

/** Whether a span has the field at all; null where the envelope cannot answer. */
export function presence(trace: Trace, name: string): IndexTest | null {
  const named = fieldNamed(name);
  if (!named) return constant(false);
  const { field, key } = named;
  if (field.fromContent) return null;
  if (field.type === 'score') return scored(trace, key, () => true);
  if (field.type === 'label' || field.type === 'text') return wordTest(trace, field.name, SOMETHING);
  const amount = amountOf(trace, field.name);
  return (index) => !Number.isNaN(amount(index));
}

const SOMETHING: Pick<TextTest, 'fits'> = { fits: (text) => text !== '' };

/** A score fits by its value where an amount was asked for, and by its label as a whole. */
function scoreTest(trace: Trace, { key, operator, values }: FieldTerm): IndexTest {
  const amounts = amountTest(operator, values);
  const isOrder = operator !== ':' && operator !== '=';
  const labels = textTest(values, true);
  return scored(
    trace,
    key,
    ({ value, label }) => (value !== null && amounts(value)) || (!isOrder && label !== null && labels.fits(label)),
  );
}

function scored(trace: Trace, key: string | undefined, fits: (score: Score) => boolean): IndexTest {
  const name = key?.toLowerCase();
  return (index) =>
    trace.span(index).scores.some((score) => (name === undefined || score.name.toLowerCase() === name) && fits(score));
}
