import type { TraceParts } from '../entry.ts';
import type { Trace } from '../types.ts';

const known = new WeakMap<Trace, TraceParts>();

/** What a trace was built of; undefined where it is another kind of trace. Asks without fetching what builds traces. */
export const partsOf = (trace: Trace): TraceParts | undefined => known.get(trace);

export const keepParts = (trace: Trace, parts: TraceParts): void => void known.set(trace, parts);
