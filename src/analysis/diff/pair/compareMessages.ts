import type { Message } from '../../../model/types.ts';
import { createPace } from '../match/matching.ts';
import { alignInOrder } from '../match/orderedAlignment.ts';
import { bodyText, messageText } from '../signs/recordedTexts.ts';
import { SKETCH, sketchLikeness, sketchText } from '../signs/textSketch.ts';
import { compareTexts } from './compareTexts.ts';
import type { MessageComparison } from './types.ts';

/**
 * Two lists of messages: equal ones of the same role first, then such as are like each other; what each changed one
 * says word by word, without its role. Rejects where it is aborted.
 */
export async function compareMessages(
  a: readonly Message[],
  b: readonly Message[],
  signal?: AbortSignal,
): Promise<readonly MessageComparison[]> {
  const textsA = a.map(messageText);
  const textsB = b.map(messageText);
  const list: MessageComparison[] = [];
  let fromA = 0;
  let fromB = 0;
  const alone = (endA: number, endB: number): void => {
    for (; fromA < endA; fromA += 1) list.push({ op: 'removed', a: fromA, b: null, role: a[fromA]!.role, text: null });
    for (; fromB < endB; fromB += 1) list.push({ op: 'added', a: null, b: fromB, role: b[fromB]!.role, text: null });
  };
  const pairs = aligned(a, textsA, b, textsB);
  for (let at = 0; at < pairs.length; at += 2) {
    const [i, j] = [pairs[at]!, pairs[at + 1]!];
    signal?.throwIfAborted();
    alone(i, j);
    const isSame = textsA[i] === textsB[j];
    list.push({
      op: isSame ? 'same' : 'changed',
      a: i,
      b: j,
      role: b[j]!.role,
      text: isSame ? null : await compareTexts(bodyText(a[i]!), bodyText(b[j]!)),
    });
    fromA = i + 1;
    fromB = j + 1;
  }
  alone(a.length, b.length);
  return list;
}

function aligned(
  a: readonly Message[],
  textsA: readonly string[],
  b: readonly Message[],
  textsB: readonly string[],
): readonly number[] {
  const sketchesA = sketched(textsA);
  const sketchesB = sketched(textsB);
  const steps = alignInOrder(
    {
      rows: a.length,
      columns: b.length,
      row: () => {},
      score(i, j) {
        if (a[i]!.role !== b[j]!.role) return 0;
        return textsA[i] === textsB[j]
          ? 2
          : 0.2 + Math.max(0, sketchLikeness(sketchesA, i * SKETCH, sketchesB, j * SKETCH));
      },
      isAlike: (i, j) => textsA[i] === textsB[j],
    },
    0,
    createPace(),
  );
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

function sketched(texts: readonly string[]): Int32Array {
  const sketches = new Int32Array(texts.length * SKETCH);
  texts.forEach((text, at) => sketchText(text, sketches, at * SKETCH));
  return sketches;
}
