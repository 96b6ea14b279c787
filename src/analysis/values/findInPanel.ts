import type { TextRange } from '../query/types.ts';
import type { Steps } from '../steps.ts';
import type { Finder, PanelMatch, PanelMatches, PanelSource } from './types.ts';

/** More than anyone steps through. */
export const MATCHES_AT_MOST = 10_000;
/** Nodes between two rests. */
const AT_ONCE = 200;

/**
 * All places in what a panel shows, in the order in which it shows it; of a node its key first. Closed folds and nodes
 * are looked at too.
 */
export function* findInPanel(
  sources: readonly PanelSource[],
  finder: Finder,
  most = MATCHES_AT_MOST,
): Steps<PanelMatches> {
  const matches: PanelMatch[] = [];
  const counts = new Map<string, number>();
  let more = false;
  // One more than fits tells that there are more.
  const look = (source: PanelSource, text: string) => finder.find(text, source, most - matches.length + 1);
  const add = (
    source: PanelSource,
    node: number | null,
    part: PanelMatch['part'],
    ranges: readonly TextRange[],
  ): void => {
    for (const range of ranges) {
      if (matches.length === most) more = true;
      else matches.push({ source: source.id, node, part, range });
    }
  };
  for (const source of finder.isEmpty ? [] : sources) {
    if (more) break;
    const before = matches.length;
    if ('text' in source) {
      const found = look(source, source.text);
      add(source, null, 'text', isList(found) ? found : yield* found);
    } else {
      const { size, keys, texts } = source.tree;
      for (let node = 0; node < size; node += 1) {
        if (more) break;
        if (node % AT_ONCE === 0) yield;
        const key = keys[node];
        if (typeof key === 'string') {
          const inKey = look(source, key);
          add(source, node, 'key', isList(inKey) ? inKey : yield* inKey);
        }
        if (texts[node] === '') continue;
        const found = look(source, texts[node]!);
        // Most are short: a generator for each would cost more than the search.
        add(source, node, 'value', isList(found) ? found : yield* found);
      }
    }
    counts.set(source.id, (counts.get(source.id) ?? 0) + matches.length - before);
    yield;
  }
  return { matches, more, counts };
}

const isList = (found: ReturnType<Finder['find']>): found is readonly TextRange[] => Array.isArray(found);

/**
 * The place of the next (1) or previous (-1) match, round at the end; the first or last where none is current; null
 * where there are none.
 */
export function stepMatch(
  { matches }: Pick<PanelMatches, 'matches'>,
  current: number | null,
  by: 1 | -1,
): number | null {
  if (matches.length === 0) return null;
  if (current === null) return by === 1 ? 0 : matches.length - 1;
  return (current + by + matches.length) % matches.length;
}

/**
 * The first match in the source that a hit of `searchSpans` lies in: ids of sources that are paths in `SpanContent`
 * (`messages.input[3].parts[0]`, `attributes.http.url`) are met by the `field` of the hit. The longest id counts. Null
 * where no source has it or nothing is found there.
 */
export function matchOfField({ matches }: Pick<PanelMatches, 'matches'>, field: string): number | null {
  let best: number | null = null;
  let length = -1;
  for (const [place, { source }] of matches.entries()) {
    if (
      source.length <= length ||
      !field.startsWith(source) ||
      (field.length > source.length && !'.['.includes(field[source.length]!))
    )
      continue;
    best = place;
    length = source.length;
  }
  return best;
}
