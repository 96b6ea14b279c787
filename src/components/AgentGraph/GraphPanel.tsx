'use client';
import { useRef } from 'react';
import { callQuery } from '../../analysis/graph/callQuery.ts';
import type { DrawnEdge, DrawnNode } from '../../layout/graph/types.ts';
import { KindGlyph, Sign } from '../parts/icons.tsx';
import { WindowedList } from '../parts/WindowedList.tsx';
import { recordedText } from '../text/recordedText.tsx';
import { edgeSentence, facts, nameOf, type Wording } from './graphWords.ts';
import { edgeSums, nodeSums, written, type Measure } from './measures.ts';
import type { ReadGraph } from './useAgentGraph.ts';
import { callsOf, type Chosen } from './useChosen.ts';

interface GraphPanelProps {
  readonly read: ReadGraph;
  readonly measure: Measure;
  readonly wording: Wording;
  readonly chosen: Chosen;
}

/** Beside the picture: all its lines as a list; of a chosen line its calls, of a chosen node its lines. */
export function GraphPanel({ read, measure, wording, chosen }: GraphPanelProps) {
  const { words, format } = wording;
  const { edges } = read.layout;
  const panel = useRef<HTMLElement>(null);
  const { edge, node } = chosen;
  return (
    <section ref={panel} className="tv-graph-panel" aria-label={words.graphConnections}>
      {edge || node ? (
        <button
          type="button"
          className="tv-jump tv-graph-all"
          onClick={() => {
            chosen.chooseEdge(null);
            panel.current?.focus();
          }}
        >
          <Sign name="back" size={11} />
          {words.graphAllConnections}
        </button>
      ) : (
        <h3>{words.graphConnectionCount(edges.length, format.count(edges.length))}</h3>
      )}
      {edge ? <ChosenEdge read={read} edge={edge} wording={wording} chosen={chosen} /> : null}
      {node ? <ChosenNode read={read} node={node} wording={wording} /> : null}
      {edge ? null : (
        <EdgeList
          read={read}
          edges={sorted(read, measure, node ? edges.filter((each) => touches(read, each, node)) : edges)}
          measure={measure}
          wording={wording}
          onChoose={chosen.chooseEdge}
        />
      )}
    </section>
  );
}

const touches = ({ layout: { nodes } }: ReadGraph, { from, to }: DrawnEdge, node: DrawnNode): boolean =>
  nodes[from]!.id === node.id || nodes[to]!.id === node.id;

function sorted({ graph }: ReadGraph, measure: Measure, edges: readonly DrawnEdge[]): readonly DrawnEdge[] {
  const amounts = new Map(edges.map((edge) => [edge, edgeSums(graph, edge.places)[measure] ?? -1]));
  return edges.toSorted((a, b) => amounts.get(b)! - amounts.get(a)!);
}

function Between({
  read,
  edge,
  wording,
}: {
  readonly read: ReadGraph;
  readonly edge: DrawnEdge;
  readonly wording: Wording;
}) {
  const { nodes } = read.layout;
  const name = (at: number) => <bdi>{recordedText(nameOf(read.graph, nodes[at]!, wording), true)}</bdi>;
  return (
    <span className="tv-graph-between" aria-hidden="true">
      {name(edge.from)}
      <Sign name="onward" size={11} />
      {name(edge.to)}
    </span>
  );
}

function EdgeList({
  read,
  edges,
  measure,
  wording,
  onChoose,
}: {
  readonly read: ReadGraph;
  readonly edges: readonly DrawnEdge[];
  readonly measure: Measure;
  readonly wording: Wording;
  onChoose(edge: DrawnEdge): void;
}) {
  const { format, currency } = wording;
  return (
    <WindowedList
      label={wording.words.graphConnections}
      count={edges.length}
      estimate={44}
      keyOf={(at) => edges[at]!.id}
      renderEntry={(at) => {
        const edge = edges[at]!;
        const sums = edgeSums(read.graph, edge.places);
        const told = [
          written('calls', sums, format, currency),
          written('time', sums, format, currency),
          written('cost', sums, format, currency),
          written('tokens', sums, format, currency),
        ].filter((fact) => fact !== null);
        return (
          <button type="button" className="tv-graph-item" data-measure={measure} onClick={() => onChoose(edge)}>
            <span className="tv-visually-hidden">{edgeSentence(read.graph, read.layout.nodes, edge, wording)}</span>
            <Between read={read} edge={edge} wording={wording} />
            <span className="tv-graph-told" aria-hidden="true">
              {told.join(' · ')}
              {sums.errors > 0 ? <span className="tv-graph-errors"> · ✗ {format.count(sums.errors)}</span> : null}
            </span>
          </button>
        );
      }}
    />
  );
}

function ChosenNode({
  read,
  node,
  wording,
}: {
  readonly read: ReadGraph;
  readonly node: DrawnNode;
  readonly wording: Wording;
}) {
  const only = read.graph.nodes[node.places[0]!]!;
  return (
    <header className="tv-graph-chosen">
      <h3 data-kind={only.kind === 'service' ? 'http' : only.kind}>
        <KindGlyph kind={only.kind === 'service' ? 'http' : only.kind} />
        <bdi>{recordedText(nameOf(read.graph, node, wording))}</bdi>
      </h3>
      <p className="tv-graph-told">{facts(nodeSums(read.graph, node.places), wording).join(' · ')}</p>
    </header>
  );
}

function ChosenEdge({
  read,
  edge,
  wording,
  chosen,
}: {
  readonly read: ReadGraph;
  readonly edge: DrawnEdge;
  readonly wording: Wording;
  readonly chosen: Chosen;
}) {
  const { words, labels, format, currency } = wording;
  const { trace, graph } = read;
  const calls = callsOf(graph.edges, edge.places);
  const { isExact } = callQuery(trace, graph, calls);
  const selectedCall = chosen.selected === -1 ? -1 : graph.callOf[chosen.selected]!;
  return (
    <>
      <header className="tv-graph-chosen">
        <h3>
          <span className="tv-visually-hidden">{edgeSentence(graph, read.layout.nodes, edge, wording)}</span>
          <Between read={read} edge={edge} wording={wording} />
        </h3>
        <p className="tv-graph-told" aria-hidden="true">
          {facts(edgeSums(graph, edge.places), wording).join(' · ')}
        </p>
        <button type="button" className="tv-button tv-line" onClick={() => chosen.find(edge)}>
          <Sign name="search" size={12} />
          {isExact ? words.graphFind : words.graphFindAll}
        </button>
      </header>
      <WindowedList
        label={words.graphCalls(calls.length, format.count(calls.length))}
        count={calls.length}
        estimate={32}
        keyOf={(at) => calls[at]!}
        renderEntry={(at) => {
          const span = trace.span(calls[at]!);
          return (
            <button
              type="button"
              className="tv-graph-item tv-graph-call"
              data-kind={span.kind}
              aria-current={calls[at] === selectedCall ? 'true' : undefined}
              onClick={() => chosen.selectCall(calls[at]!)}
            >
              <small>{words.graphCallPlace(format.count(at + 1))}</small>
              <bdi>{recordedText(span.name || words.graphKind(span.kind), true)}</bdi>
              {span.status === 'error' ? (
                <span className="tv-graph-errors" title={labels.failed}>
                  <Sign name="error" size={11} />
                  <span className="tv-visually-hidden">{labels.failed}</span>
                </span>
              ) : null}
              <span className="tv-graph-told">
                {[
                  Number.isNaN(span.duration) || trace.timeBasis === 'step' ? null : format.duration(span.duration),
                  span.cost?.total ? format.money(span.cost.total, currency) : null,
                ]
                  .filter((fact) => fact !== null)
                  .join(' · ')}
              </span>
            </button>
          );
        }}
      />
    </>
  );
}
