/**
 * How well found pairs agree with the truth: `f1` counts spans that nothing but time tells apart as interchangeable,
 * `strict` does not. `trusted` is the share of right ones among the pairs with a confidence of 0.9 or more, `share` how
 * many of all pairs these are.
 */
export function scorePairs({ a, b, truth }, traceA, traceB, pairs) {
  const classA = classes(traceA, a);
  const classB = classes(traceB, b);
  const idOf = (key) => key.slice(key.indexOf('/') + 1);
  const places = new Map();
  for (const [from, to] of truth) add(places, `${classA.get(from)}|${classB.get(to)}`, 1);
  let right = 0;
  let strict = 0;
  let trusted = 0;
  let trustedRight = 0;
  const seenA = new Set();
  const seenB = new Set();
  for (const pair of [...pairs].sort((x, y) => y.confidence - x.confidence)) {
    const from = idOf(pair.a);
    const to = idOf(pair.b);
    if (seenA.has(from) || seenB.has(to)) throw new Error(`a span stands in two pairs: ${from}, ${to}`);
    seenA.add(from);
    seenB.add(to);
    const exact = truth.get(from) === to;
    const place = `${classA.get(from)}|${classB.get(to)}`;
    const isRight = (places.get(place) ?? 0) > 0;
    if (isRight) add(places, place, -1);
    right += Number(isRight);
    strict += Number(exact);
    if (pair.confidence >= 0.9) {
      trusted += 1;
      trustedRight += Number(isRight);
    }
  }
  const f1 = (hits) => (pairs.length + truth.size === 0 ? 1 : (2 * hits) / (pairs.length + truth.size));
  return {
    f1: f1(right),
    strict: f1(strict),
    trusted: trusted === 0 ? 1 : trustedRight / trusted,
    share: pairs.length === 0 ? 0 : trusted / pairs.length,
  };
}

const add = (map, key, amount) => map.set(key, (map.get(key) ?? 0) + amount);

/** By span id: what a span holds with all below it, and where that stands. Spans of one class differ by time alone. */
function classes(trace, document) {
  const texts = new Map(
    document.resourceSpans.flatMap(({ scopeSpans }) =>
      scopeSpans.flatMap(({ spans }) =>
        spans.map((span) => [span.spanId, JSON.stringify([span.name, span.attributes, span.status])]),
      ),
    ),
  );
  const { parent } = trace.columns;
  const numbers = new Map();
  const number = (text) => {
    if (!numbers.has(text)) numbers.set(text, numbers.size);
    return numbers.get(text);
  };
  const below = Array.from({ length: trace.spanCount }, () => []);
  const content = [];
  const ids = Array.from({ length: trace.spanCount }, (_, index) => trace.span(index).spanId);
  for (let index = trace.spanCount - 1; index >= 0; index -= 1) {
    content[index] = number(`${texts.get(ids[index])}|${below[index].sort((x, y) => x - y).join(',')}`);
    if (parent[index] !== -1) below[parent[index]].push(content[index]);
  }
  const place = [];
  const found = new Map();
  for (let index = 0; index < trace.spanCount; index += 1) {
    place[index] = number(`at ${parent[index] === -1 ? -1 : place[parent[index]]} ${content[index]}`);
    found.set(ids[index], place[index]);
  }
  return found;
}
