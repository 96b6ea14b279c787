'use client';
import { memo } from 'react';
import type { CallGraph } from '../../analysis/graph/types.ts';
import type { DrawnEdge, PlacedNode } from '../../layout/graph/types.ts';
import { KindGlyph, Sign } from '../parts/icons.tsx';
import { recordedText } from '../text/recordedText.tsx';
import { nameOf, nodeSentence, type Wording } from './graphWords.ts';
import { nodeSums, written, type Measure } from './measures.ts';
import type { GraphHits } from './useHits.ts';

interface GraphNodesProps {
  readonly graph: CallGraph;
  readonly nodes: readonly PlacedNode[];
  readonly measure: Measure;
  readonly wording: Wording;
  readonly hits: GraphHits | null;
  readonly chosen: string | null;
  /** A chosen edge, both ends of which can be read. */
  readonly ends: DrawnEdge | null;
  readonly selected: number;
  readonly stop: number;
  onChoose(place: number): void;
  onFocus(place: number): void;
}

/** They have calls of their own. */
const HOLDERS: ReadonlySet<string> = new Set(['agent', 'chain', 'service']);

/** Who calls and is called: a box each, with its kind, its name, and what its calls come to. */
export const GraphNodes = memo(function GraphNodes(props: GraphNodesProps) {
  const { graph, nodes, measure, wording, hits, ends } = props;
  const { format, currency } = wording;
  return nodes.map((node, at) => {
    const only = node.places.length === 1 ? graph.nodes[node.places[0]!]! : null;
    const sums = nodeSums(graph, node.places);
    const kind = only ? (only.kind === 'service' ? 'http' : only.kind) : 'span';
    const isHit = hits === null || node.places.some((place) => hits.nodes.has(place));
    const told = [
      sums.calls > 1 ? written('calls', sums, format, currency) : null,
      written(measure === 'calls' || measure === 'errors' ? 'time' : measure, sums, format, currency),
    ];
    return (
      <button
        key={node.id}
        type="button"
        className="tv-graph-node"
        style={{ left: node.x, top: node.y, width: node.width, height: node.height }}
        tabIndex={at === props.stop ? 0 : -1}
        data-node={at}
        data-kind={kind}
        data-more={only ? undefined : ''}
        data-entry={only?.isEntry || undefined}
        data-holds={only && (only.isEntry || HOLDERS.has(only.kind)) ? '' : undefined}
        data-chosen={node.id === props.chosen || undefined}
        data-dimmed={isHit || at === ends?.from || at === ends?.to ? undefined : ''}
        data-hit={hits !== null && isHit ? '' : undefined}
        aria-current={at === props.selected ? 'true' : undefined}
        onClick={() => props.onChoose(at)}
        onFocus={() => props.onFocus(at)}
      >
        <span className="tv-visually-hidden">{nodeSentence(graph, node, wording)}</span>
        <KindGlyph kind={kind} />
        <bdi className="tv-graph-name" aria-hidden="true">
          {recordedText(nameOf(graph, node, wording), true)}
        </bdi>
        {sums.errors > 0 ? (
          <span className="tv-graph-failed" aria-hidden="true">
            <Sign name="error" size={11} />
            {format.count(sums.errors)}
          </span>
        ) : null}
        <span className="tv-graph-told" aria-hidden="true">
          {told.filter((fact) => fact !== null).join(' · ')}
        </span>
      </button>
    );
  });
});
