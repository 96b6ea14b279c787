'use client';
import { memo } from 'react';
import type { CallGraph } from '../../analysis/graph/types.ts';
import type { PlacedEdge, PlacedNode } from '../../layout/graph/types.ts';
import { againOf, edgeLabel, edgeSentence, type Wording } from './graphWords.ts';
import { edgeSums, type Measure } from './measures.ts';
import type { GraphHits } from './useHits.ts';

interface GraphEdgesProps {
  readonly graph: CallGraph;
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
  /** Places of those that are drawn. */
  readonly shown: readonly number[];
  readonly measure: Measure;
  readonly wording: Wording;
  readonly hits: GraphHits | null;
  readonly chosen: string | null;
  readonly selected: number;
  /** Place of the one on which the keyboard is; -1 = on none. */
  readonly stop: number;
  onChoose(place: number): void;
  onFocus(place: number): void;
}

const THINNEST = 1.5;
const WIDEST = 8;

/** The words at the lines, over all lines. */
export const GraphLabels = memo(function GraphLabels(props: Omit<GraphEdgesProps, 'stop' | 'onChoose' | 'onFocus'>) {
  const { graph, edges, shown, measure, wording, hits } = props;
  return shown.map((at) => {
    const edge = edges[at]!;
    const { errors } = edgeSums(graph, edge.places);
    const again = graph.mode === 'run' ? againOf(graph, edge) : 0;
    const isHit = hits === null || edge.places.some((place) => hits.edges.has(place));
    return (
      <text
        key={edge.id}
        className="tv-graph-label"
        data-dimmed={isHit ? undefined : ''}
        data-chosen={edge.id === props.chosen || at === props.selected || undefined}
        x={edge.label[0]}
        y={edge.label[1]}
        dy="0.34em"
        textAnchor="middle"
      >
        {edgeLabel(graph, edge, measure, wording)}
        {again > 0 ? <tspan className="tv-graph-again"> ↻{wording.format.count(again)}</tspan> : null}
        {errors > 0 && measure !== 'errors' ? (
          <tspan className="tv-graph-errors"> ✗{wording.format.count(errors)}</tspan>
        ) : null}
      </text>
    );
  });
});

/** The lines between nodes, as wide as they are many, slow, costly or failed. */
export const GraphEdges = memo(function GraphEdges(props: GraphEdgesProps) {
  const { graph, nodes, edges, shown, measure, wording, hits } = props;
  const most = Math.max(1e-12, ...shown.map((at) => edgeSums(graph, edges[at]!.places)[measure] ?? 0));
  return shown.map((at) => {
    const edge = edges[at]!;
    const sums = edgeSums(graph, edge.places);
    const amount = sums[measure];
    const width = THINNEST + (WIDEST - THINNEST) * Math.sqrt((amount ?? 0) / most);
    const isHit = hits === null || edge.places.some((place) => hits.edges.has(place));
    return (
      <g
        key={edge.id}
        role="button"
        tabIndex={at === props.stop ? 0 : -1}
        className="tv-graph-edge"
        data-edge={at}
        data-kind={kindOf(graph, nodes[edge.to]!)}
        data-type={edge.type}
        data-way={edge.way}
        data-unknown={amount === null || undefined}
        data-failed={sums.errors > 0 || undefined}
        data-chosen={edge.id === props.chosen || undefined}
        data-dimmed={isHit ? undefined : ''}
        aria-current={at === props.selected ? 'true' : undefined}
        aria-pressed={edge.id === props.chosen}
        onClick={() => props.onChoose(at)}
        onFocus={() => props.onFocus(at)}
      >
        <title>{edgeSentence(graph, nodes, edge, wording)}</title>
        <path className="tv-graph-reach" d={pathOf(edge, 0)} />
        <path className="tv-graph-line" d={pathOf(edge, HEAD)} strokeWidth={width.toFixed(2)} />
        <path className="tv-graph-head" d={headOf(edge, width)} />
      </g>
    );
  });
});

const kindOf = (graph: CallGraph, { places }: PlacedNode): string | undefined => {
  const { kind } = graph.nodes[places[0]!]!;
  if (places.length > 1) return 'span';
  return kind === 'service' ? 'http' : kind;
};

/** Pixels of the head of an arrow. */
const HEAD = 8;

/** Numbers of ours only: nothing recorded is in it. */
function pathOf({ start, bends, way }: PlacedEdge, shorter: number): string {
  const last = bends.length - 1;
  return `M${start.map(round).join(' ')}${bends
    .map(([x1, y1, x2, y2, x, y], at) => {
      const by = at === last ? shorter - 1 : 0;
      const [endX, endY] = way === 'self' ? [x, y - by] : [x - (way === 'back' ? -by : by), y];
      return `C${[x1, y1, x2, y2, endX, endY].map(round).join(' ')}`;
    })
    .join('')}`;
}

function headOf({ bends, way }: PlacedEdge, width: number): string {
  const [, , , , x, y] = bends.at(-1)!;
  const half = Math.max(4, width / 2 + 2.5);
  if (way === 'self')
    return `M${round(x - half)} ${round(y - HEAD)}L${round(x + half)} ${round(y - HEAD)}L${x} ${round(y)}Z`;
  const back = way === 'back' ? HEAD : -HEAD;
  return `M${round(x)} ${round(y)}L${round(x + back)} ${round(y - half)}L${round(x + back)} ${round(y + half)}Z`;
}

const round = (number: number): string => String(Math.round(number * 10) / 10);
