import type { CallGraph } from '../../analysis/graph/types.ts';
import type { Format } from '../../format.ts';
import type { Labels } from '../../labels.ts';
import type { LaterLabels } from '../../laterLabels.ts';
import type { DrawnEdge, DrawnNode } from '../../layout/graph/types.ts';
import { plainText } from '../text/recordedText.tsx';
import { edgeSums, nodeSums, written, type Measure, type Sums } from './measures.ts';

/** All that words of the graph are made of. */
export interface Wording {
  readonly words: LaterLabels;
  readonly labels: Labels;
  readonly format: Format;
  readonly currency: string;
}

/** The recorded name of a drawn node, or how many it stands for. */
export function nameOf({ nodes }: CallGraph, { places }: DrawnNode, { words, format }: Wording): string {
  return places.length === 1 ? nodes[places[0]!]!.name : words.graphMore(places.length, format.count(places.length));
}

/** What is known of several calls, each in its words. */
export function facts(sums: Sums, { words, format, currency }: Wording): readonly string[] {
  const told: readonly (string | null)[] = [
    words.graphCalls(sums.calls, format.count(sums.calls)),
    sums.errors === 0 ? null : words.graphErrors(sums.errors, format.count(sums.errors)),
    written('time', sums, format, currency),
    sums.tokens === null ? null : words.graphTokens(format.count(sums.tokens)),
    written('cost', sums, format, currency),
  ];
  return told.filter((fact) => fact !== null);
}

/** A node for those who listen. */
export function nodeSentence(graph: CallGraph, node: DrawnNode, wording: Wording): string {
  const { words } = wording;
  const only = node.places.length === 1 ? graph.nodes[node.places[0]!]! : null;
  const within = only && only.within !== -1 ? words.graphWithin(plainText(graph.nodes[only.within]!.name)) : null;
  return [
    only ? words.graphKind(only.kind) : null,
    plainText(nameOf(graph, node, wording)),
    within,
    only?.isEntry ? words.graphEntry : null,
    ...facts(nodeSums(graph, node.places), wording),
  ]
    .filter(Boolean)
    .join(', ');
}

/** Between whom an edge is, for those who listen. */
function edgeTitle(graph: CallGraph, nodes: readonly DrawnNode[], edge: DrawnEdge, wording: Wording): string {
  const name = (at: number): string => plainText(nameOf(graph, nodes[at]!, wording));
  return wording.words.graphEdge(edge.type, name(edge.from), name(edge.to));
}

export const edgeSentence = (
  graph: CallGraph,
  nodes: readonly DrawnNode[],
  edge: DrawnEdge,
  wording: Wording,
): string => {
  const again = againOf(graph, edge);
  return [
    edgeTitle(graph, nodes, edge, wording),
    ...facts(edgeSums(graph, edge.places), wording),
    again > 0 ? wording.words.graphAgain(again, wording.format.count(again)) : null,
  ]
    .filter(Boolean)
    .join(', ');
};

/** How many calls of an edge begin another turn of a loop. */
export const againOf = ({ edges }: CallGraph, { places }: DrawnEdge): number =>
  places.reduce((sum, place) => sum + edges[place]!.again, 0);

/** What stands at an edge: what its width says; of calls how many, where there is more than one, and hand-overs by name. */
export function edgeLabel(graph: CallGraph, edge: DrawnEdge, measure: Measure, wording: Wording): string {
  const sums = edgeSums(graph, edge.places);
  if (measure !== 'calls') return written(measure, sums, wording.format, wording.currency) ?? '';
  return [
    edge.type === 'handoff' ? wording.words.graphHandoff : null,
    sums.calls > 1 ? written('calls', sums, wording.format, wording.currency) : null,
  ]
    .filter((word) => word !== null)
    .join(' ');
}
