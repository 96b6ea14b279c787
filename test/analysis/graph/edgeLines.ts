import type { CallGraph } from '../../../src/core.ts';

const ARROWS = { call: '→', next: '⇢', handoff: '⇒' } as const;

/** The edges of a graph, one per line: `agent a → tool search ×3`. */
export const edgeLines = ({ nodes, edges }: CallGraph): readonly string[] =>
  edges.map(
    ({ from, to, type, calls, again }) =>
      `${nodes[from]!.id} ${ARROWS[type]} ${nodes[to]!.id} ×${calls.length}${again > 0 ? ` ↻${again}` : ''}`,
  );
