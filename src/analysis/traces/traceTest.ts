import type { Trace } from '../../model/types.ts';
import { amountTest } from '../query/match/amountTest.ts';
import { compileQuery } from '../query/match/compileQuery.ts';
import { holdsText, foldCase } from '../query/match/literalText.ts';
import { textTest } from '../query/match/textTest.ts';
import { fieldByName } from '../query/syntax/fields.ts';
import type { FieldTerm, QueryTerm } from '../query/types.ts';
import { firstToken } from '../time/firstToken.ts';
import { perTrace } from '../memo.ts';
import { answeredAfter, traceFacts } from './traceFacts.ts';

/** What can be found of a trace by words. Line breaks keep the fields apart: none can be typed. */
const findable = perTrace(({ name, traceId, sessionId = '', userId = '', tags }) =>
  [name, traceId, sessionId, userId, ...tags].join('\n'),
);

/** Amounts of a whole trace; NaN = unknown. */
const AMOUNTS: ReadonlyMap<string, (trace: Trace) => number> = new Map([
  ['duration', answeredAfter],
  ['first', firstToken],
  ['cost', (trace) => traceFacts(trace).total.cost.total ?? Number.NaN],
  ['tokens', (trace) => traceFacts(trace).total.usage.total ?? Number.NaN],
  ['input', (trace) => traceFacts(trace).total.usage.input ?? Number.NaN],
  ['output', (trace) => traceFacts(trace).total.usage.output ?? Number.NaN],
  ['cached', (trace) => traceFacts(trace).total.usage.cacheRead ?? Number.NaN],
  ['reasoning', (trace) => traceFacts(trace).total.usage.reasoning ?? Number.NaN],
]);

/** Words of a trace itself. */
const WORDS: ReadonlyMap<string, (trace: Trace) => string | undefined> = new Map([
  ['name', ({ name }: Trace) => name],
  ['session', ({ sessionId }: Trace) => sessionId],
  ['user', ({ userId }: Trace) => userId],
]);

/** How a trace went, as its row says it. */
const outcomes = (trace: Trace): readonly string[] => {
  const { errors, unfinished, statusKnown } = traceFacts(trace);
  if (errors > 0) return ['error'];
  if (unfinished) return ['running'];
  return statusKnown ? ['ok'] : ['unset'];
};

/** Whether a term needs no look at what spans hold. */
export const isAnswered = (term: QueryTerm): boolean =>
  term.type === 'text' ||
  !(
    fieldByName(term.field).fromContent === true ||
    (term.field === 'has' && term.values.some(({ text }) => /^(in|out|tool|attr)\b|\./.test(text)))
  );

/** Whether a term that `isAnswered` holds of a trace; `negated` is not in it. */
export function traceTest(trace: Trace, term: QueryTerm): boolean {
  if (term.type === 'text') return holdsText(findable(trace), foldCase(term.text));
  const amount = AMOUNTS.get(term.field);
  if (amount) return amountTest(term.operator, term.values)(amount(trace));
  const words = WORDS.get(term.field);
  if (words) return wordHolds(words(trace), term);
  if (term.field === 'status') return outcomes(trace).some((outcome) => wordHolds(outcome, term));
  if (term.field === 'score' && trace.scores.length > 0 && scoreHolds(trace, term)) return true;
  if (term.field === 'id' && wordHolds(trace.traceId, term)) return true;
  return anySpan(trace, term);
}

function wordHolds(word: string | undefined, { field, operator, values }: FieldTerm): boolean {
  return word !== undefined && textTest(values, fieldByName(field).type === 'label' || operator === '=').fits(word);
}

function scoreHolds(trace: Trace, { key, operator, values }: FieldTerm): boolean {
  const amounts = amountTest(operator, values);
  const labels = operator === ':' || operator === '=' ? textTest(values, true) : null;
  return trace.scores.some(
    ({ name, value, label }) =>
      (key === undefined || name.toLowerCase() === key.toLowerCase()) &&
      ((value !== null && amounts(value)) || (label !== null && labels?.fits(label) === true)),
  );
}

function anySpan(trace: Trace, term: FieldTerm): boolean {
  const { state } = compileQuery(trace, { text: '', terms: [{ ...term, negated: false }], problems: [] });
  for (let index = 0; index < trace.spanCount; index += 1) if (state(index) === 1) return true;
  return false;
}
