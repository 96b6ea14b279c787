import { siblings } from '../../../analysis/siblings.ts';
import { criticalWords, timelineWords } from '../../../analysis/time/timelineWords.ts';
import type { Format } from '../../../format.ts';
import type { Labels } from '../../../labels.ts';
import type { Nanos, Trace } from '../../../model/types.ts';
import { splitMasked } from '../../../redact/mark.ts';
import { visibleControls } from '../../../visibleControls.ts';

/**
 * Overlap and order cost a look at each sibling; where there are more than these, only the critical path is described.
 */
const MOST_SIBLINGS = 10_000;

/**
 * What a row's timeline shows beside its neighbours: the critical path, what ran at the same time, what came before.
 * Starts with a comma, or is empty.
 */
export function placeInWords(trace: Trace, index: number, open: boolean, format: Format, labels: Labels): string {
  // Its step says all that is known of its place.
  if (trace.timeBasis === 'step') return '';
  const parts: string[] = [];
  const critical = (own: Nanos, within: Nanos): void => {
    if (own > 0) parts.push(labels.onCriticalPath(format.duration(own)));
    else if (within > 0 && !open) parts.push(labels.criticalPathWithin(format.duration(within)));
  };
  const parent = trace.columns.parent[index]!;
  const { children, roots } = siblings(trace);
  if ((parent === -1 ? roots : children[parent]!) > MOST_SIBLINGS) {
    const { critical: own, criticalWithin } = criticalWords(trace, index);
    critical(own, criticalWithin);
  } else {
    const facts = timelineWords(trace, index);
    critical(facts.critical, facts.criticalWithin);
    if (facts.overlapping > 0)
      parts.push(labels.besideSiblings(format.count(facts.overlapping), format.count(facts.siblings), facts.siblings));
    if (facts.after !== null) parts.push(labels.afterSibling(plain(trace.span(facts.after).name, labels)));
  }
  return parts.map((part) => `, ${part}`).join('');
}

/** Recorded text where there can be no chips: what is masked is named, what is hidden is written out. */
const plain = (text: string, labels: Labels): string =>
  splitMasked(text)
    .map((piece) => (typeof piece === 'string' ? visibleControls(piece) : labels.masked(piece.rule)))
    .join('');
