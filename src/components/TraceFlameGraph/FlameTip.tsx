import { useRef } from 'react';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { useBrowserLayoutEffect } from '../../hooks/useBrowserLayoutEffect.ts';
import type { FlameGraph, FlameNode } from '../../layout/flame/types.ts';
import { placeTip } from '../../layout/gantt/placeTip.ts';
import type { Trace } from '../../model/types.ts';
import { recordedText } from '../text/recordedText.tsx';
import { useLaterLabels } from '../TraceFindings/useLaterLabels.ts';
import { amountText, percentText } from './flameWords.ts';

interface FlameTipProps {
  readonly trace: Trace;
  readonly graph: FlameGraph;
  readonly node: FlameNode;
  /** Where the pointer met the bar, in pixels of the frame. */
  readonly at: { readonly x: number; readonly y: number };
  readonly row: number;
  /** How far the bars are scrolled. */
  readonly top: number;
}

/** What a bar is, beside the pointer. For the eye alone: the keyboard reads the same. */
export function FlameTip({ trace, graph, node, at, row, top }: FlameTipProps) {
  const { format, labels } = useTraceContext();
  const words = useLaterLabels();
  const element = useRef<HTMLDivElement>(null);
  useBrowserLayoutEffect(() => {
    const tip = element.current!;
    const frame = tip.offsetParent ?? tip.parentElement!;
    const bar = { top: node.depth * row - top, bottom: (node.depth + 1) * row - top };
    const { left, top: y } = placeTip(
      at.x,
      bar,
      { width: tip.offsetWidth, height: tip.offsetHeight },
      { left: 0, top: 0, right: frame.clientWidth, bottom: frame.clientHeight },
      [],
    );
    tip.style.transform = `translate(${left}px, ${y}px)`;
  });
  const amount = (value: number): string => amountText(trace, graph.measure, value, format);
  return (
    <div ref={element} className="tv-tip" aria-hidden="true">
      <b>
        <bdi>{recordedText(node.name, true) || '—'}</bdi>
      </b>
      <dl>
        <dt>{words.flameMeasure(graph.measure)}</dt>
        <dd>
          {amount(node.value)} · {percentText(graph, node, format)} %
        </dd>
        {node.own > 0 && node.own < node.value ? (
          <>
            <dt>{words.flameOwnLabel}</dt>
            <dd>{amount(node.own)}</dd>
          </>
        ) : null}
        {node.cut > 0 ? (
          <>
            <dt>{words.flameCutLabel}</dt>
            <dd>{amount(node.cut)}</dd>
          </>
        ) : null}
        <dt>{labels.spans}</dt>
        <dd>{format.count(node.spans)}</dd>
        {node.failed > 0 ? (
          <>
            <dt>{labels.errors}</dt>
            <dd data-tone="error">{format.count(node.failed)}</dd>
          </>
        ) : null}
      </dl>
    </div>
  );
}
