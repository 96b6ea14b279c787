import { isObject, type Fields } from '../../conventions/json.ts';
import { SpanList } from '../content/spanList.ts';

/** So many spans are read in a few milliseconds. */
const AT_ONCE = 1000;

/** A large document as several, which say the same one after the other, so that the reader can rest between them. */
export function* pieces(document: unknown): Generator<unknown, void> {
  const name = 'resourceSpans';
  if (!isObject(document) || !Array.isArray(document[name]) || 'resource_spans' in document) {
    yield document;
    return;
  }
  // What else the document says is said once.
  let around: Fields = document;
  let batch: unknown[] = [];
  let spans = 0;
  for (const whole of document[name] as readonly unknown[]) {
    for (const entry of entriesOf(whole)) {
      if (spans >= AT_ONCE) {
        yield { ...around, [name]: batch };
        around = {};
        batch = [];
        spans = 0;
      }
      batch.push(entry);
      spans += spansIn(entry);
    }
  }
  yield { ...around, [name]: batch };
}

const scopesIn = (entry: unknown): readonly unknown[] =>
  isObject(entry) && Array.isArray(entry['scopeSpans']) ? (entry['scopeSpans'] as readonly unknown[]) : [];

const spansOf = (scope: unknown): SpanList | null =>
  isObject(scope) && scope['spans'] instanceof SpanList ? scope['spans'] : null;

function spansIn(entry: unknown): number {
  let spans = 0;
  for (const scope of scopesIn(entry)) spans += spansOf(scope)?.count ?? 0;
  return spans;
}

/** What is odd in an entry is told of it once, so only one in which all is as it should be is divided. */
function* entriesOf(entry: unknown): Generator<unknown, void> {
  const scopes = scopesIn(entry);
  const mayDivide = isObject(entry) && isObjectOrNone(entry['resource']) && scopes.every(isWellFormed);
  if (!mayDivide || spansIn(entry) <= AT_ONCE) {
    yield entry;
    return;
  }
  for (const scope of scopes) {
    const spans = spansOf(scope)!;
    for (let from = 0; from < spans.count; from += AT_ONCE)
      yield { ...entry, scopeSpans: [{ ...(scope as Fields), spans: spans.part(from, from + AT_ONCE) }] };
  }
}

const isWellFormed = (scope: unknown): boolean =>
  isObject(scope) && isObjectOrNone(scope['scope']) && spansOf(scope) !== null;
const isObjectOrNone = (value: unknown): boolean => value === undefined || isObject(value);
