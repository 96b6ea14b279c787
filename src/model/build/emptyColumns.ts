import type { SpanKind } from '../types.ts';
import type { SpanOrder } from './orderSpans.ts';

/** What numbers in columns refer to. */
interface Lists {
  readonly strings: { readonly list: readonly string[] };
  readonly kinds: { readonly list: readonly SpanKind[] };
}

/** Columns of spans that stand where `order` says, and of which nothing else is known yet. */
export function emptyColumns(
  { parent, subtreeEnd, depth }: Pick<SpanOrder, 'parent' | 'subtreeEnd' | 'depth'>,
  { strings, kinds }: Lists,
) {
  const count = parent.length;
  return {
    parent,
    subtreeEnd,
    depth,
    start: new Float64Array(count),
    end: new Float64Array(count),
    kind: new Uint8Array(count),
    kinds: kinds.list,
    status: new Uint8Array(count),
    otelKind: new Uint8Array(count),
    flags: new Uint32Array(count),
    name: new Uint32Array(count),
    service: new Uint32Array(count),
    model: new Uint32Array(count),
    provider: new Uint32Array(count),
    rawKind: new Uint32Array(count),
    strings: strings.list,
    amounts: new Int32Array(count).fill(-1),
  };
}
