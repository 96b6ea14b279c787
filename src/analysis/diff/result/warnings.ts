import { SPAN_FLAGS } from '../../../model/codes.ts';
import type { Alignment } from '../match/alignment.ts';
import type { RowTable } from './diffRows.ts';
import type { SignedTree } from '../signs/signTree.ts';

/** What a reader should know before he believes the rest. */
export function warningsOf(
  { a, b, confidence, mateA, areUnrelated }: Alignment,
  { masked }: RowTable,
): readonly string[] {
  const list: string[] = [];
  if (!a.texts.complete || !b.texts.complete) list.push('contents are elsewhere: shape alone was compared');
  if (a.size > 1 && b.size > 1 && mateA[1] === -1) list.push('different roots');
  if (isPartial(a) !== isPartial(b)) list.push('one trace is partial or still running');
  else if (isPartial(a)) list.push('both traces are partial or still running');
  if (masked) list.push('text redacted: whether it is the same is not known');
  if (hasFlag(a, SPAN_FLAGS['clock-skew']) || hasFlag(b, SPAN_FLAGS['clock-skew'])) list.push('clock skew');
  if (areUnrelated) list.push('low evidence: the traces have hardly a text in common');
  else if (meanOf(confidence, mateA) < 0.7) list.push('low evidence: most pairs rest on names and order');
  return list;
}

function isPartial(tree: SignedTree): boolean {
  // Without a clock no end is recorded, of what is over too.
  const open = tree.trace.timeBasis === 'step' ? 0 : SPAN_FLAGS['missing-end'];
  return tree.trace.live || hasFlag(tree, SPAN_FLAGS['missing-parent'] | open);
}

function hasFlag(
  {
    trace: {
      columns: { flags },
    },
    first,
    size,
  }: SignedTree,
  bits: number,
): boolean {
  for (let index = first; index < first + size - 1; index += 1) if ((flags[index]! & bits) !== 0) return true;
  return false;
}

function meanOf(confidence: Float32Array, mateA: Int32Array): number {
  let sum = 0;
  let count = 0;
  for (let node = 1; node < mateA.length; node += 1) {
    if (mateA[node] === -1) continue;
    sum += confidence[node]!;
    count += 1;
  }
  return count === 0 ? 1 : sum / count;
}
