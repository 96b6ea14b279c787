import { ledger } from '../../analysis/amounts/ledger.ts';
import type { Format } from '../../format.ts';
import type { FlameGraph, FlameMeasure, FlameNode } from '../../layout/flame/types.ts';
import type { LaterLabels } from '../../laterLabels.ts';
import type { Labels } from '../../labels.ts';
import type { Trace } from '../../model/types.ts';
import { plainText } from '../text/recordedText.tsx';

/** A width as it is written. */
export function amountText(trace: Trace, measure: FlameMeasure, amount: number, format: Format): string {
  if (measure === 'time' || measure === 'own') return format.duration(Math.round(amount));
  if (measure === 'cost') return format.money(amount, ledger(trace).total.cost.currency);
  return measure === 'errors' ? format.count(amount) : format.tokens(amount);
}

export const percentText = ({ total }: FlameGraph, node: FlameNode, format: Format): string => {
  const percent = (node.value / (total ?? Number.NaN)) * 100;
  return format.count(percent < 10 ? Math.round(percent * 10) / 10 : Math.round(percent));
};

/** A bar in one sentence, for who does not see it. */
export function nodeWords(
  trace: Trace,
  graph: FlameGraph,
  node: FlameNode,
  { format, labels, words }: { readonly format: Format; readonly labels: Labels; readonly words: LaterLabels },
): string {
  const amount = (value: number): string => amountText(trace, graph.measure, value, format);
  return [
    plainText(node.name) || '—',
    labels.kind(node.kind),
    words.flameShare(amount(node.value), percentText(graph, node, format)),
    ...(node.own > 0 && node.own < node.value ? [words.flameOwn(amount(node.own))] : []),
    words.flameSpans(node.spans, format.count(node.spans)),
    ...(node.failed > 0 ? [words.failedSpans(format.count(node.failed))] : []),
  ].join(', ');
}
