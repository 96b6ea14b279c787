import type { CallGraph, CallGraphNode } from '../../analysis/graph/types.ts';
import type { DrawnEdge, DrawnGraph, DrawnNode } from './types.ts';

/**
 * What of a graph is drawn: about so many nodes. Where there are more, those that took the least time and call nobody are
 * left to one node for each of who calls them most (`more`), and their edges are joined; then those that call somebody.
 */
export function drawnGraph(graph: CallGraph, atMost: number): DrawnGraph {
  const { nodes, edges } = graph;
  const kept = keptNodes(graph, atMost);
  const main = kept ? mainCallers(graph) : [];
  const drawn: { id: string; places: number[] }[] = [];
  const more = new Map<number, number>();
  const drawnAs = nodes.map(({ id }, at) => {
    if (!kept || kept.has(at)) return drawn.push({ id, places: [at] }) - 1;
    const caller = kept.has(main[at]!) ? main[at]! : -1;
    let place = more.get(caller);
    if (place === undefined)
      more.set(
        caller,
        (place = drawn.push({ id: caller === -1 ? 'more' : `more › ${nodes[caller]!.id}`, places: [] }) - 1),
      );
    drawn[place]!.places.push(at);
    return place;
  });
  return { nodes: drawn satisfies readonly DrawnNode[], edges: joined(edges, drawn, drawnAs) };
}

/** Places of the nodes that are drawn for themselves; null = all are. */
function keptNodes({ nodes, edges }: CallGraph, atMost: number): ReadonlySet<number> | null {
  if (nodes.length <= atMost) return null;
  const callers = new Set(edges.filter(({ from, to }) => from !== to).map(({ from }) => from));
  const rank = (at: number): number => (nodes[at]!.isEntry ? 2 : Number(callers.has(at)));
  const weight = ({ time, calls }: CallGraphNode): number => time ?? calls.length;
  return new Set(
    nodes
      .map((_, at) => at)
      .sort((a, b) => rank(b) - rank(a) || weight(nodes[b]!) - weight(nodes[a]!) || a - b)
      .slice(0, Math.max(1, atMost - 1)),
  );
}

/** By node, who leads to it with most calls; -1 = nobody. */
function mainCallers({ nodes, edges }: CallGraph): readonly number[] {
  const most = nodes.map(() => 0);
  const main = nodes.map(() => -1);
  for (const { from, to, calls } of edges) {
    if (from === to || calls.length <= most[to]!) continue;
    most[to] = calls.length;
    main[to] = from;
  }
  return main;
}

function joined(
  edges: CallGraph['edges'],
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
