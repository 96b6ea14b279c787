import { SPAN_FLAGS } from '../model/codes.ts';
import { lowerBound } from '../model/lowerBound.ts';
import type { SpanKey, Trace } from '../model/types.ts';
import { perTrace } from './memo.ts';

/** A span of which nothing is known but its id: others name it as their parent, and it is not there. */
export interface MissingParent {
  readonly spanId: string;
  /** That it will have, should it still come. */
  readonly key: SpanKey;
  /** The spans that name it, in the order of the trace. All of them are roots of it. */
  readonly children: readonly number[];
}

/** The missing parents of a trace, in the order of their first children. They are no spans, and counted nowhere. */
export interface MissingParents {
  readonly all: readonly MissingParent[];
  /** The place in `all` of that which a root names; -1 = none. */
  of(root: number): number;
  /** The place in `all` of that above a span, however far up; -1 = none. */
  above(index: number): number;
  /** The place in `all` of that with a key or span id; -1 = none. */
  find(key: SpanKey): number;
}

const MISSING = SPAN_FLAGS['missing-parent'];

/** The parents that are not among the spans; null where all are there. One look at each root. */
export const missingParents: (trace: Trace) => MissingParents | null = perTrace((trace) => {
  const { flags, subtreeEnd } = trace.columns;
  const all: { spanId: string; key: SpanKey; children: number[] }[] = [];
  const places = new Map<string, number>();
  /** The roots that name one, rising, and which. */
  const roots: number[] = [];
  const placeOf = new Int32Array(trace.spanCount).fill(-1);
  /** By what its key ends in. */
  const named = new Map<string, number>();
  const prefix = `${trace.key}/`;
  for (let root = 0; root < trace.spanCount; root = subtreeEnd[root]!) {
    if ((flags[root]! & MISSING) === 0) continue;
    const spanId = trace.span(root).parentSpanId!;
    let place = places.get(spanId);
    if (place === undefined) {
      places.set(spanId, (place = all.length));
      // Spans that share an id have keys that the id of a parent may look like.
      let name = spanId;
      while (trace.find(prefix + name) || named.has(name)) name += '#';
      named.set(name, place);
      all.push({ spanId, key: prefix + name, children: [] });
    }
    all[place]!.children.push(root);
    roots.push(root);
    placeOf[root] = place;
  }
  if (all.length === 0) return null;
  return {
    all,
    of: (root) => placeOf[root]!,
    above(index) {
      const root = roots[lowerBound(roots, index + 1) - 1];
      return root !== undefined && index < subtreeEnd[root]! ? placeOf[root]! : -1;
    },
    find: (key) => named.get(key.startsWith(prefix) ? key.slice(prefix.length) : key) ?? -1,
  };
});
