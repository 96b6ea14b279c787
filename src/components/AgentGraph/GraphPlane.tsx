'use client';
import {
  forwardRef,
  useEffect,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
  type CSSProperties,
  type KeyboardEvent,
} from 'react';
import { useBrowserLayoutEffect } from '../../hooks/useBrowserLayoutEffect.ts';
import { useTraceStore } from '../../hooks/useTraceStore.ts';
import { GraphEdges, GraphLabels } from './GraphEdges.tsx';
import { GraphNodes } from './GraphNodes.tsx';
import type { Wording } from './graphWords.ts';
import { edgeSums, type Measure } from './measures.ts';
import { stepInGraph, type Stop } from './stepInGraph.ts';
import type { ReadGraph } from './useAgentGraph.ts';
import type { Chosen } from './useChosen.ts';
import { useHits } from './useHits.ts';
import { watchPlane, type PlaneView } from './watchPlane.ts';

interface GraphPlaneProps {
  readonly read: ReadGraph;
  readonly measure: Measure;
  readonly wording: Wording;
  readonly chosen: Chosen;
  readonly label: string;
  onShowAll(): void;
}

export interface GraphPlaneRef {
  zoom(factor: number): void;
  /** The whole graph, as large as it fits. */
  fit(): void;
}

/** How large the graph is by itself: on paper it is as large as there is room. */
const sizesOf = ({ width, height }: ReadGraph['layout']): CSSProperties =>
  ({ '--tv-graph-layout-width': `${width}px`, '--tv-graph-layout-height': `${height}px` }) as CSSProperties;

/** Lines that are drawn at most; thinner ones are in the list alone. */
const LINES = 240;

/** The picture: it scrolls, is dragged, and zooms under the pointer; the arrow keys go along its lines. */
export const GraphPlane = forwardRef<GraphPlaneRef, GraphPlaneProps>(function GraphPlane(props, ref) {
  const { read, measure, wording, chosen } = props;
  const { graph, layout } = read;
  const area = useRef<HTMLDivElement>(null);
  const view = useRef<PlaneView | null>(null);
  const hits = useHits(graph);
  const takeFocus = useTraceStore((state) => state.takeFocus);
  const lookAt = useTraceStore((state) => state.lookAt);
  const [focused, setFocused] = useState<Stop | null>(null);
  const shown = useMemo(() => {
    const places = layout.edges.map((_, at) => at);
    if (places.length <= LINES) return places;
    const amount = (at: number): number => edgeSums(graph, layout.edges[at]!.places)[measure] ?? 0;
    return places.sort((a, b) => amount(b) - amount(a) || a - b).slice(0, LINES);
  }, [graph, layout, measure]);
  const isThere = (stop: Stop | null): stop is Stop =>
    stop !== null && stop.at < (stop.type === 'node' ? layout.nodes : layout.edges).length;
  const first = Math.max(chosen.selectedNode, 0);
  const stop: Stop = isThere(focused) ? focused : { type: 'node', at: first };

  useBrowserLayoutEffect(() => {
    view.current = watchPlane(area.current!);
    return () => view.current!.end();
  }, []);
  useBrowserLayoutEffect(() => {
    const [entry] = layout.nodes;
    view.current!.show(layout.width, layout.height, entry ? entry.y + entry.height / 2 : 0);
  }, [layout]);
  useImperativeHandle(ref, () => ({
    zoom: (factor) => view.current?.zoom(factor),
    fit: () => view.current?.fit(),
  }));
  const elementOf = ({ type, at }: Stop): HTMLElement | SVGElement | null =>
    area.current?.querySelector(`[data-${type}="${at}"]`) ?? null;
  const [seen] = useState(takeFocus);
  useEffect(() => {
    if (takeFocus && takeFocus !== seen) elementOf(stop)?.focus();
    // Once for each wish.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [takeFocus]);
  useEffect(() => {
    if (lookAt && chosen.selectedNode !== -1) view.current?.bring(layout.nodes[chosen.selectedNode]!);
    // Once for each wish.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [lookAt]);

  const press = (at: Stop): void => {
    if (at.type === 'edge') return chosen.chooseEdge(layout.edges[at.at]!);
    const node = layout.nodes[at.at]!;
    if (node.places.length > 1) props.onShowAll();
    else chosen.chooseNode(node);
  };
  const acts = useRef({ press });
  useEffect(() => {
    acts.current = { press };
  });
  const [turn] = useState(() => ({
    node: (at: number) => acts.current.press({ type: 'node', at }),
    edge: (at: number) => acts.current.press({ type: 'edge', at }),
    onNode: (at: number) => setFocused({ type: 'node', at }),
    onEdge: (at: number) => setFocused({ type: 'edge', at }),
  }));
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.altKey || event.metaKey || event.ctrlKey) return;
    const done = pressed(event);
    if (!done) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const pressed = (event: KeyboardEvent<HTMLElement>): boolean => {
    const { key } = event;
    if (key === 'Enter' || key === ' ') return event.shiftKey ? false : (press(stop), true);
    if (key === '+' || key === '=') return (view.current?.zoom(1.25), true);
    if (key === '-') return (view.current?.zoom(1 / 1.25), true);
    if (key === '0') return (view.current?.fit(), true);
    if (key === 'Escape' && (chosen.edge || chosen.node)) return (chosen.chooseEdge(null), true);
    if (!/^(?:Arrow|Home|End)/.test(key) || event.shiftKey) return false;
    const to = stepInGraph(key, stop, layout.nodes, layout.edges, shown);
    if (to) {
      setFocused(to);
      elementOf(to)?.focus({ preventScroll: true });
      const { nodes, edges } = layout;
      const box = to.type === 'node' ? nodes[to.at]! : edges[to.at]!;
      view.current?.bring('label' in box ? { x: box.label[0], y: box.label[1], width: 0, height: 0 } : box);
    }
    return true;
  };
  const drawing = {
    graph,
    nodes: layout.nodes,
    edges: layout.edges,
    shown,
    measure,
    wording,
    hits,
    chosen: chosen.edge?.id ?? null,
    selected: chosen.selectedEdge,
  };
  return (
    // Its nodes and edges are the controls; the keys go from one to another.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div ref={area} className="tv-graph-area" role="group" aria-label={props.label} onKeyDown={onKeyDown}>
      {shown.length < layout.edges.length ? (
        <p className="tv-graph-note">
          {wording.words.graphHidden(wording.format.count(layout.edges.length - shown.length))}
        </p>
      ) : null}
      <div className="tv-graph-room" style={sizesOf(layout)}>
        <div className="tv-graph-plane" style={{ width: layout.width, height: layout.height }}>
          <svg width={layout.width} height={layout.height} viewBox={`0 0 ${layout.width} ${layout.height}`}>
            <GraphEdges
              {...drawing}
              stop={stop.type === 'edge' ? stop.at : -1}
              onChoose={turn.edge}
              onFocus={turn.onEdge}
            />
            <g aria-hidden="true">
              <GraphLabels {...drawing} />
            </g>
          </svg>
          <GraphNodes
            graph={graph}
            nodes={layout.nodes}
            measure={measure}
            wording={wording}
            hits={hits}
            chosen={chosen.node?.id ?? null}
            ends={chosen.edge}
            selected={chosen.selectedNode}
            stop={stop.type === 'node' ? stop.at : -1}
            onChoose={turn.node}
            onFocus={turn.onNode}
          />
        </div>
      </div>
    </div>
  );
});
