import type { SpanEntry } from '../../model/entry.ts';
import { otelId } from '../otel/otelId.ts';

/** A record that says "my parent has begun", and the parent's own parent, as far as the record knows it. */
export interface StartMarker {
  readonly entry: SpanEntry;
  readonly parentOfMarked: string | null;
}

/** The older SDK's mark in the name (logfire/_internal/constants.py). */
const SUFFIX = / \(pending\)$/;

/**
 * Logfire announces a span when it begins, by a record of no length below it with an id of its own (`pending_span`).
 * Beside the span itself such a marker says nothing new and goes to `absorbed`; without it the marker is all there is,
 * and stands for the span, still open.
 */
export function placeMarkers(
  entries: readonly SpanEntry[],
  markers: readonly StartMarker[],
): { readonly entries: readonly SpanEntry[]; readonly absorbed: readonly string[] } {
  if (markers.length === 0) return { entries, absorbed: [] };
  const present = new Set(entries.map(({ spanId }) => spanId));
  const standing: SpanEntry[] = [];
  const absorbed: string[] = [];
  for (const { entry, parentOfMarked } of markers) {
    const marked = entry.parentSpanId;
    if (marked === null) standing.push(entry);
    else if (present.has(marked)) absorbed.push(marked);
    else standing.push(openSpan(entry, marked, parentOfMarked));
  }
  return { entries: [...entries, ...standing], absorbed };
}

const openSpan = (entry: SpanEntry, spanId: string, parent: string | null): SpanEntry => ({
  ...entry,
  spanId,
  parentSpanId: otelId(parent, 16).id,
  name: entry.name.replace(SUFFIX, ''),
  end: null,
  status: entry.status === 'error' ? 'error' : 'running',
});
