import type { Trace } from '../../model/types.ts';
import { printText } from '../query/syntax/printQuery.ts';
import type { CallGraph } from './types.ts';

/** Calls that are asked for by their ids, and names by which a node is asked for, at most. */
const BY_ID = 24;
const BY_NAME = 6;

export interface CallQuery {
  readonly text: string;
  /** Whether it finds these calls and no other ones; else it finds all calls of the same one, whoever called it. */
  readonly isExact: boolean;
}

/**
 * A query that finds the calls of an edge: by what is called where all its calls are meant, by the ids of the spans where
 * these are few.
 */
export function callQuery(trace: Trace, { nodes, nodeOf }: CallGraph, calls: readonly number[]): CallQuery {
  const node = nodes[nodeOf[calls[0]!]!]!;
  const text = nodeQuery(trace, node.kind, node.calls);
  // A node of its own is all of a kind and name, unless it is one of the steps of another; a service is more than its calls.
  if (text !== null && node.kind !== 'service' && node.within === -1 && calls.length === node.calls.length)
    return { text, isExact: true };
  if (text === null || calls.length <= BY_ID) {
    const some = calls.slice(0, BY_ID).map((call) => printText(trace.span(call).spanId));
    return { text: `id:${some.join(',')}`, isExact: calls.length <= BY_ID };
  }
  return { text, isExact: false };
}

/** All calls of a node; null where they have too many names. */
function nodeQuery(trace: Trace, kind: string, calls: readonly number[]): string | null {
  const { name, model, service, strings } = trace.columns;
  if (kind === 'service') return `service=${printText(strings[service[calls[0]!]!]!)}`;
  const isModel = ['llm', 'embedding', 'reranker'].includes(kind) && model[calls[0]!] !== 0;
  const ids = new Set<number>();
  for (const call of calls) if (ids.size <= BY_NAME) ids.add((isModel ? model : name)[call]!);
  if (ids.size > BY_NAME) return null;
  const words = Array.from(ids, (id) => printText(strings[id]!)).join(',');
  return `kind:${printText(kind)} ${isModel ? 'model' : 'name'}=${words}`;
}
