/**
 * Scrambles 32 bits so that each bit of the input moves half of those of the answer (lowbias32, Chris Wellons, public
 * domain).
 */
export function scramble(value: number): number {
  let bits = value | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x7feb352d);
  bits = Math.imul(bits ^ (bits >>> 15), 0x846ca68b);
  return bits ^ (bits >>> 16);
}

/** Of two numbers in this order. */
export const hashPair = (first: number, second: number): number =>
  scramble(Math.imul(first, 0x9e3779b1) ^ (second + 0x85ebca6b));

const FNV_PRIME = 0x01000193;

/** FNV-1a over a stretch of a text. */
export function hashStretch(text: string, from: number, to: number, seed: number, step = 1): number {
  let hash = seed;
  for (let at = from; at < to; at += step) hash = Math.imul(hash ^ text.charCodeAt(at), FNV_PRIME);
  return hash;
}

const EDGE = 96;

/**
 * Of a whole text up to some length, beyond that of its length, both ends and a sample between; 0 = no text. Equal
 * texts have equal hashes.
 */
export function hashText(text: string): number {
  const { length } = text;
  if (length === 0) return 0;
  let hash = 0x811c9dc5 ^ length;
  if (length <= 3 * EDGE) {
    hash = hashStretch(text, 0, length, hash);
  } else {
    hash = hashStretch(text, 0, EDGE, hash);
    hash = hashStretch(text, EDGE, length - EDGE, hash, Math.max(1, Math.floor((length - 2 * EDGE) / 64)));
    hash = hashStretch(text, length - EDGE, length, hash);
  }
  return scramble(hash) || 1;
}
