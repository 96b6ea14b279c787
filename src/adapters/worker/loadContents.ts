import type { ContentSource } from '../../model/entry.ts';
import { ColumnTrace } from '../../model/trace.ts';
import type { Trace, TraceSet } from '../../model/types.ts';

/**
 * The same set with what its spans hold on this side, for what asks without waiting, such as `toNativeJson`. A set that was
 * read on the page is given back as it is. Takes as much memory as the contents are large. Rejects where the worker is
 * gone, and with the signal's reason when aborted.
 */
export async function loadContents(
  set: TraceSet,
  { signal }: { readonly signal?: AbortSignal | undefined } = {},
): Promise<TraceSet> {
  const traces: Trace[] = [];
  for (const trace of set.traces) traces.push(await loaded(trace, signal));
  return { ...set, traces };
}

async function loaded(trace: Trace, signal: AbortSignal | undefined): Promise<Trace> {
  if (!(trace instanceof ColumnTrace) || !trace.parts.content.remote) return trace;
  const { parts } = trace;
  const content: ContentSource[] = [];
  for (let from = 0; from < trace.spanCount; from += AT_ONCE) {
    signal?.throwIfAborted();
    const asked = Array.from({ length: Math.min(AT_ONCE, trace.spanCount - from) }, async (_, at) => {
      const source = parts.content.at(from + at)!;
      const decoded = await source.decode(parts.origin, trace.span(from + at).key);
      return { ...source, decode: () => decoded };
    });
    for (const source of await Promise.all(asked)) content.push(source);
  }
  return new ColumnTrace({ ...parts, content });
}

/** Contents that are asked for together. */
const AT_ONCE = 64;
