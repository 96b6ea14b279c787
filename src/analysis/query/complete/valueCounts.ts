import { SPAN_FLAGS, SPAN_STATUSES } from '../../../model/codes.ts';
import type { Trace } from '../../../model/types.ts';
import { ledger } from '../../amounts/ledger.ts';
import { perTrace } from '../../memo.ts';
import { agentNames } from '../../statistics/agentNames.ts';
import { presence } from '../match/envelopeTest.ts';
import { atOnce, type Steps } from '../../steps.ts';
import { FIELDS, IS_WORDS } from '../syntax/fields.ts';
import { isTest } from '../match/isTest.ts';

/** A word and the number of spans it is true of, most first; null = nobody counted. */
export interface Counted {
  readonly value: string;
  readonly count: number | null;
}

/**
 * What a trace holds of the fields and values that a query can name. Each list is counted once, when it is first asked
 * for.
 */
export interface ValueCounts {
  /** Values that occur in a field; none for amounts, ids and texts that are not counted. */
  readonly valuesOf: (field: string, key?: string) => readonly Counted[];
  /**
   * Of the fields that are `wanted`, those that some span has; of those in the content nobody knows. Each is counted
   * when it is first wanted.
   */
  readonly fields: (wanted: (name: string) => boolean) => readonly Counted[];
  readonly scoreNames: () => readonly Counted[];
  /** Counts in slices what names of fields and first letters of values ask for: asking is quick from then on. */
  readonly countInSteps: () => Steps<void>;
}

/** Fields whose values are offered before the field has been named. */
export const WELL_KNOWN = ['kind', 'status', 'service', 'model'];

export const valueCounts: (trace: Trace) => ValueCounts = perTrace((trace) => {
  const known = new Map<string, readonly Counted[]>();
  const present = new Map<string, number | null>();
  function* once(id: string, count: () => Steps<ReadonlyMap<string, number>>): Steps<readonly Counted[]> {
    let list = known.get(id);
    if (!list) {
      list = Array.from(yield* count(), ([value, number]) => ({ value, count: number }))
        .filter((each) => each.value !== '' && each.count !== 0)
        .sort(mostFirst);
      known.set(id, list);
    }
    return list;
  }
  const valuesOf = (field: string, key?: string): Steps<readonly Counted[]> =>
    once(key === undefined ? field : `${field}.${key}`, () => countValues(trace, field, key));
  // Not the name of a field, which has no space.
  const scoreNames = (): Steps<readonly Counted[]> => once(' scores', () => countScores(trace, ({ name }) => name));
  function* countFields(names: readonly string[]): Steps<void> {
    for (const name of names) if (!present.has(name)) present.set(name, yield* countPresent(trace, name));
  }
  return {
    valuesOf: (field, key) => atOnce(valuesOf(field, key)),
    scoreNames: () => atOnce(scoreNames()),
    *countInSteps() {
      yield* countFields(NAMES);
      for (const field of WELL_KNOWN) yield* valuesOf(field);
      yield* scoreNames();
    },
    fields(wanted) {
      const names = NAMES.filter(wanted);
      atOnce(countFields(names));
      return names
        .map((value) => ({ value, count: present.get(value)! }))
        .filter(({ count }) => count !== 0)
        .sort(mostFirst);
    },
  };
});

const NAMES = FIELDS.map(({ name }) => name).filter((name) => name !== 'is' && name !== 'has');
/** Spans after which the page may have its turn. */
const AT_ONCE = 2 ** 14;

/** Ties keep their order. */
export const mostFirst = (a: Counted, b: Counted): number => (b.count ?? -1) - (a.count ?? -1);

function* countValues(trace: Trace, field: string, key?: string): Steps<ReadonlyMap<string, number>> {
  const { columns, spanCount } = trace;
  switch (field) {
    case 'name':
    case 'service':
    case 'model':
    case 'provider':
      return yield* countStrings(trace, columns[field]);
    case 'agent':
      return yield* countStrings(trace, agentNames(trace));
    case 'status':
      return countCodes(columns.status, SPAN_STATUSES);
    case 'kind': {
      const counts = countCodes(columns.kind, columns.kinds);
      // Words of producers for spans of no kind.
      const words = yield* countStrings(trace, columns.rawKind, (index) => columns.kind[index] === 0);
      for (const [word, count] of words) counts.set(word, (counts.get(word) ?? 0) + count);
      return counts;
    }
    case 'is':
      return yield* countEach(IS_WORDS, (word) => countIf(spanCount, isTest(trace, word)));
    case 'diag': {
      const counts = yield* countEach(Object.keys(SPAN_FLAGS), (code) => {
        const bit = SPAN_FLAGS[code as keyof typeof SPAN_FLAGS];
        return countIf(spanCount, (index) => (columns.flags[index]! & bit) !== 0);
      });
      return counts.set('usage-conflict', ledger(trace).conflicts.length);
    }
    case 'score':
      return yield* countScores(trace, (score) =>
        key === undefined || score.name.toLowerCase() === key.toLowerCase() ? score.label : null,
      );
    case 'session':
      return new Map([[trace.sessionId ?? '', spanCount]]);
    case 'user':
      return new Map([[trace.userId ?? '', spanCount]]);
    default:
      return new Map();
  }
}

function* countEach(words: readonly string[], count: (word: string) => Steps<number>): Steps<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, yield* count(word));
  return counts;
}

function* countStrings(
  { columns: { strings } }: Trace,
  column: Uint32Array,
  counts: (index: number) => boolean = () => true,
): Steps<Map<string, number>> {
  const byId = new Uint32Array(strings.length);
  for (let index = 0; index < column.length; index += 1) {
    if (index % AT_ONCE === AT_ONCE - 1) yield;
    if (counts(index)) byId[column[index]!]! += 1;
  }
  const found = new Map<string, number>();
  byId.forEach((count, id) => {
    if (count > 0) found.set(strings[id]!, count);
  });
  return found;
}

function countCodes(column: Uint8Array, words: readonly string[]): Map<string, number> {
  const byCode = new Uint32Array(256);
  for (let index = 0; index < column.length; index += 1) byCode[column[index]!]! += 1;
  return new Map(words.map((word, code) => [word, byCode[code]!]));
}

function* countScores(
  trace: Trace,
  wordOf: (score: { readonly name: string; readonly label: string | null }) => string | null,
): Steps<Map<string, number>> {
  const found = new Map<string, number>();
  for (const { index, scores } of trace.spans()) {
    if (index % AT_ONCE === AT_ONCE - 1) yield;
    if (scores.length === 0) continue;
    // A span that was judged twice is one span.
    for (const word of new Set(scores.map(wordOf))) if (word !== null) found.set(word, (found.get(word) ?? 0) + 1);
  }
  return found;
}

/** How many spans have a field; null for what only contents hold. */
function* countPresent(trace: Trace, field: string): Steps<number | null> {
  const { columns, spanCount } = trace;
  switch (field) {
    case 'kind':
    case 'status':
    case 'id':
    case 'self':
    case 'depth':
    case 'children':
      return spanCount;
    case 'session':
      return trace.sessionId === undefined ? 0 : spanCount;
    case 'user':
      return trace.userId === undefined ? 0 : spanCount;
    case 'name':
    case 'service':
    case 'model':
    case 'provider':
      return yield* countIf(spanCount, (index) => columns[field][index] !== 0);
    // Without the conflicts of amounts, for which all would have to be added up.
    case 'diag':
      return yield* countIf(spanCount, (index) => columns.flags[index] !== 0);
    case 'attr':
      return null;
    default: {
      const test = presence(trace, field);
      return test && (yield* countIf(spanCount, test));
    }
  }
}

function* countIf(spanCount: number, test: (index: number) => boolean): Steps<number> {
  let count = 0;
  for (let index = 0; index < spanCount; index += 1) {
    if (index % AT_ONCE === AT_ONCE - 1) yield;
    if (test(index)) count += 1;
  }
  return count;
}
