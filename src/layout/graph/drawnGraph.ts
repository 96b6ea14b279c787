import type { AgentGraph, AgentGraphNode } from '../../analysis/graph/types.ts';
import type { DrawnEdge, DrawnGraph, DrawnNode } from './types.ts';

/**
 * What of a graph is drawn: at most so many nodes. Where there are more, those that took the least time and call nobody
 * are one node together, and their edges are joined; then those that call somebody.
 */
export function drawnGraph({ nodes, edges }: AgentGraph, atMost: number): DrawnGraph {
  const callers = new Set(edges.filter(({ from, to }) => from !== to).map(({ from }) => from));
  const rank = (at: number): number => (nodes[at]!.isEntry ? 2 : Number(callers.has(at)));
  const weight = ({ time, calls }: AgentGraphNode): number => time ?? calls.length;
  const kept =
    nodes.length <= atMost
      ? null
      : new Set(
          nodes
            .map((_, at) => at)
            .sort((a, b) => rank(b) - rank(a) || weight(nodes[b]!) - weight(nodes[a]!) || a - b)
            .slice(0, Math.max(1, atMost - 1)),
        );
  const drawn: { id: string; places: number[] }[] = [];
  let more = -1;
  const drawnAs = nodes.map(({ id }, at) => {
    if (!kept || kept.has(at)) return drawn.push({ id, places: [at] }) - 1;
    if (more === -1) more = drawn.push({ id: 'more', places: [] }) - 1;
    drawn[more]!.places.push(at);
    return more;
  });
  return { nodes: drawn satisfies readonly DrawnNode[], edges: joined(edges, drawn, drawnAs) };
}

function joined(
  edges: AgentGraph['edges'],
  nodes: readonly DrawnNode[],
  drawnAs: readonly number[],
): readonly DrawnEdge[] {
  const byId = new Map<string, DrawnEdge & { readonly places: number[] }>();
  edges.forEach(({ from, to, type }, at) => {
    const [start, end] = [drawnAs[from]!, drawnAs[to]!];
    const id = `${type} ${start} ${end}`;
    const known = byId.get(id);
    if (known) known.places.push(at);
    else
      byId.set(id, { id: `${type} ${nodes[start]!.id} → ${nodes[end]!.id}`, from: start, to: end, type, places: [at] });
  });
  return [...byId.values()];
}
