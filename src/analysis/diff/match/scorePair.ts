import type { Matching } from './matching.ts';
import { SKETCH, sketchLikeness } from '../signs/textSketch.ts';

/** Link weight inside the subtree of a node of a; of b. */
export const weightInA = ({ a, links }: Matching, node: number): number =>
  links.sumA[a.end[node]!]! - links.sumA[node]!;
export const weightInB = ({ b, links }: Matching, node: number): number =>
  links.sumB[b.end[node]!]! - links.sumB[node]!;

/** 0 … 1: how much of what speaks for these two subtrees speaks for them together. */
export function dice(votes: number, inA: number, inB: number): number {
  return votes === 0 ? 0 : Math.min(1, (2 * votes) / (inA + inB));
}

/**
 * How well two nodes fit, given the votes from inside the one to inside the other. Above 0: rather yes. Names are a
 * strong hint, never a condition; what speaks for somebody else counts against.
 */
export function scorePair(matching: Matching, x: number, y: number, votes: number): number {
  const { a, b } = matching;
  const inA = weightInA(matching, x);
  const inB = weightInB(matching, y);
  let score = 2.2 * dice(votes, inA, inB);
  const sameLabel = a.label[x] === b.label[y];
  if (sameLabel) score += a.exact[x] === b.exact[y] ? 1.05 : 1;
  else if (a.steady[x] === b.steady[y]) score += 0.4;
  else if (a.kind[x] === b.kind[y]) score -= 0.5;
  else score -= votes > 0 ? 1.1 : 9;
  if (inA > 0) score -= 0.6 * Math.max(0, 1 - votes / inA) * Math.min(1, inA / 4);
  if (inB > 0) score -= 0.6 * Math.max(0, 1 - votes / inB) * Math.min(1, inB / 4);
  score += textScore(a.inKey[x]!, b.inKey[y]!, matching.links.sketches.aIn, x, matching.links.sketches.bIn, y);
  score +=
    0.9 * textScore(a.outKey[x]!, b.outKey[y]!, matching.links.sketches.aOut, x, matching.links.sketches.bOut, y);
  if (a.failed[x] !== b.failed[y]) score -= 0.5;
  return score + shapeScore(matching, x, y, sameLabel);
}

/** 0.7 for equal texts, -0.25 for such as have nothing in common. */
function textScore(keyA: number, keyB: number, a: Int32Array, x: number, b: Int32Array, y: number): number {
  if (keyA === 0 || keyB === 0) return 0;
  if (keyA === keyB) return 0.7;
  const likeness = sketchLikeness(a, x * SKETCH, b, y * SKETCH);
  return likeness <= 0 ? -0.25 : -0.25 + Math.min(0.8, 2 * likeness);
}

function shapeScore({ a, b }: Matching, x: number, y: number, sameLabel: boolean): number {
  const sizeA = a.end[x]! - x;
  const sizeB = b.end[y]! - y;
  const sameInside = a.inside[x] === b.inside[y];
  if (sameInside && (sameLabel || sizeA > 1)) return 0.6;
  const union = bits(a.bloom[x]! | b.bloom[y]!);
  const overlap = union === 0 ? 1 : bits(a.bloom[x]! & b.bloom[y]!) / union;
  return (
    0.1 * (Math.min(sizeA, sizeB) / Math.max(sizeA, sizeB)) +
    0.15 * overlap +
    (a.childLabels[x] === b.childLabels[y] ? 0.15 : 0)
  );
}

/** How many bits are set (Hacker's Delight, 5-1). */
function bits(word: number): number {
  let count = word - ((word >>> 1) & 0x55555555);
  count = (count & 0x33333333) + ((count >>> 2) & 0x33333333);
  return Math.imul((count + (count >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
