'use client';
import {
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent,
} from 'react';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { useBrowserLayoutEffect } from '../../hooks/useBrowserLayoutEffect.ts';
import { useTraceStore } from '../../hooks/useTraceStore.ts';
import type { FlameGraph } from '../../layout/flame/types.ts';
import type { Trace } from '../../model/types.ts';
import { useRaise } from '../parts/useRaise.ts';
import { plainText } from '../text/recordedText.tsx';
import { useLaterLabels } from '../TraceFindings/useLaterLabels.ts';
import { watchLook } from '../canvas/watchLook.ts';
import { watchPrint } from '../canvas/watchPrint.ts';
import { drawFlame, edgesOf, nodeAt, type FlameScene } from './drawFlame.ts';
import { FlameTip } from './FlameTip.tsx';
import { nextNode } from './flameKeys.ts';
import { nodeWords } from './flameWords.ts';
import { readColors } from './readColors.ts';
import { UNZOOMED, useFlameZoom } from './useFlameZoom.ts';
import { useFoundNodes } from './useFoundNodes.ts';

interface FlameChartProps {
  readonly trace: Trace;
  readonly graph: FlameGraph;
  /** Whether it stands upside down. */
  readonly inverted: boolean;
}

const NOTHING = -1;
/** On paper: CSS pixels from top to bottom at most, and how many dots in each. */
const TALLEST = 8000;
const SHARP = 2;

/** What is looked at: of another graph it means nothing. */
interface Look {
  readonly of: FlameGraph;
  readonly focused: number;
}

/** The bars on a canvas that stands still while its room is scrolled. One of them has the keyboard. */
export function FlameChart({ trace, graph, inverted }: FlameChartProps) {
  const { store, format, labels } = useTraceContext();
  const words = useLaterLabels();
  const raise = useRaise();
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const ink = useRef<HTMLElement>(null);
  const [kept, setLook] = useState<Look>({ of: graph, focused: NOTHING });
  const look = kept.of === graph ? kept : { of: graph, focused: NOTHING };
  const [hover, setHover] = useState<{ readonly node: number; readonly x: number; readonly y: number } | null>(null);
  const [room, setRoom] = useState({ width: 0, height: 0, row: 20 });
  const [top, setTop] = useState(0);
  const [looks, setLooks] = useState(0);
  const [hasFocus, setHasFocus] = useState(false);
  const { nodes, nodeOf } = graph;
  const found = useFoundNodes(trace, graph);
  const selectedSpan = useTraceStore((state) => state.selectedSpan);
  const index = selectedSpan === null ? undefined : trace.find(selectedSpan)?.index;
  const selected = index === undefined ? NOTHING : nodeOf[index]!;
  const start = look.focused === NOTHING ? Math.max(selected, 0) : look.focused;
  const { zoomed, zoomTo } = useFlameZoom(trace, graph, inverted, selected);
  const zoom = nodes[zoomed];
  const all = graph.total ?? 0;
  const scene: FlameScene = {
    ...room,
    graph,
    top,
    range: zoom ? [zoom.from, zoom.from + zoom.value] : [0, all],
    found,
    focused: hasFocus ? start : NOTHING,
    selected,
    hovered: hover?.node ?? NOTHING,
    nameOf: (node) => plainText(node.name) || '—',
  };

  useBrowserLayoutEffect(() => {
    const element = scroller.current!;
    const read = (): void =>
      setRoom((former) => {
        const row = ink.current!.offsetHeight || former.row;
        const [width, height] = [element.clientWidth, element.clientHeight];
        return former.width === width && former.height === height && former.row === row
          ? former
          : { width, height, row };
      });
    read();
    const watch = new ResizeObserver(read);
    watch.observe(element);
    const unwatch = watchLook(canvas.current!, () => setLooks((count) => count + 1));
    return () => {
      watch.disconnect();
      unwatch();
    };
  }, []);
  const colors = useMemo(() => {
    let read: ReturnType<typeof readColors> | null = null;
    // Read when it is drawn: elements are there then.
    return () => (read ??= readColors(ink.current!, canvas.current!));
    // Anew where the look changes.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [looks]);
  useBrowserLayoutEffect(() => {
    const frame = requestAnimationFrame(() => {
      try {
        const element = canvas.current!;
        const ratio = devicePixelRatio || 1;
        const [width, height] = [Math.round(room.width * ratio), Math.round(room.height * ratio)];
        if (element.width !== width) element.width = width;
        if (element.height !== height) element.height = height;
        if (width > 0 && height > 0) drawFlame(element, scene, colors(), ratio);
      } catch (error) {
        raise(error);
      }
    });
    return () => cancelAnimationFrame(frame);
  });
  const print = useRef(() => {});
  useBrowserLayoutEffect(() => {
    print.current = () => {
      const paper = { width: scroller.current!.clientWidth, height: Math.min(graph.depth * room.row, TALLEST), top: 0 };
      const element = canvas.current!;
      element.width = paper.width * SHARP;
      element.height = paper.height * SHARP;
      const shown = { ...scene, ...paper, focused: NOTHING, hovered: NOTHING };
      drawFlame(element, shown, readColors(ink.current!, element), SHARP);
    };
  });
  useEffect(
    () =>
      watchPrint(
        () => print.current(),
        () => setLooks((count) => count + 1),
      ),
    [],
  );
  const takeFocus = useTraceStore((state) => state.takeFocus);
  const [seen] = useState(takeFocus);
  useEffect(() => {
    if (takeFocus && takeFocus !== seen) scroller.current?.focus({ preventScroll: true });
  }, [takeFocus, seen]);

  const show = (place: number): void => {
    const element = scroller.current!;
    const y = nodes[place]!.depth * room.row;
    if (y < element.scrollTop) element.scrollTop = y;
    else if (y + room.row > element.scrollTop + room.height) element.scrollTop = y + room.row - room.height;
  };
  const go = (place: number): void => {
    const node = nodes[place]!;
    // What is looked at is in sight: beside the widened bar it is not.
    const inSight = edgesOf(node, { ...scene, width: Math.max(scene.width, 1) }) !== null;
    if (!inSight) zoomTo(node.parent);
    setLook({ of: graph, focused: place });
    show(place);
  };
  const press = (place: number): void => {
    setLook({ of: graph, focused: place });
    setHover(null);
    store.actions.select(trace.span(nodes[place]!.first).key);
    zoomTo(place === zoomed ? UNZOOMED : place);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.metaKey || event.ctrlKey || event.shiftKey) return;
    const to = nextNode(nodes, start, event.key);
    const run = ((): (() => void) | null => {
      if (to !== undefined) return () => go(to);
      if (event.key === 'Enter' || event.key === ' ') return () => press(start);
      if ((event.key === 'Escape' || event.key === 'Backspace') && zoom) return () => zoomTo(zoom.parent);
      return null;
    })();
    if (!run) return;
    event.preventDefault();
    event.stopPropagation();
    setHover(null);
    run();
  };
  const under = (event: MouseEvent<HTMLElement>): number => {
    const box = scroller.current!.getBoundingClientRect();
    return nodeAt(scene, event.clientX - box.left, event.clientY - box.top);
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>): void => {
    const node = event.pointerType === 'mouse' ? under(event) : NOTHING;
    const box = scroller.current!.getBoundingClientRect();
    if (node === NOTHING) setHover(null);
    else if (node !== hover?.node) setHover({ node, x: event.clientX - box.left, y: event.clientY - box.top });
  };
  const focusedNode = nodes[start]!;
  const option = `${id}-${start}`;
  return (
    <div className="tv-flame-frame">
      <div
        ref={scroller}
        role="tree"
        className="tv-flame-bars"
        aria-label={words.flameOf(plainText(trace.name))}
        aria-activedescendant={option}
        tabIndex={0}
        data-hovered={hover ? '' : undefined}
        onFocus={() => setHasFocus(true)}
        onBlur={() => setHasFocus(false)}
        onKeyDown={onKeyDown}
        onPointerMove={onPointerMove}
        onPointerLeave={() => setHover(null)}
        onScroll={(event) => {
          setTop(event.currentTarget.scrollTop);
          setHover(null);
        }}
        onClick={(event) => {
          const place = under(event);
          if (place !== NOTHING) press(place);
        }}
      >
        <canvas ref={canvas} aria-hidden="true" style={{ width: room.width, height: room.height }} />
        <i ref={ink} className="tv-flame-ink" aria-hidden="true" />
        <div aria-hidden="true" style={{ height: Math.max(0, graph.depth * room.row - room.height) }} />
        <div
          key={option}
          id={option}
          role="treeitem"
          className="tv-visually-hidden"
          aria-level={focusedNode.depth + 1}
          aria-selected={start === selected}
          aria-expanded={focusedNode.end > start + 1 ? true : undefined}
        >
          {nodeWords(trace, graph, focusedNode, { format, labels, words })}
        </div>
      </div>
      {zoom ? (
        <button
          type="button"
          className="tv-button tv-line tv-flame-all"
          onClick={() => {
            zoomTo(UNZOOMED);
            scroller.current?.focus({ preventScroll: true });
          }}
        >
          {words.flameAll}
        </button>
      ) : null}
      {hover && nodes[hover.node] ? (
        <FlameTip trace={trace} graph={graph} node={nodes[hover.node]!} at={hover} row={room.row} top={top} />
      ) : null}
    </div>
  );
}
