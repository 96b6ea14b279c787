/**
 * A 52-bit hash of any plain data, independent of the order of object keys, without recursion. It settles ties between
 * spans that are equal in everything else and names spans that came without an id; it is no protection against made-up
 * collisions.
 */
export function contentHash(root: unknown): number {
  // The places of values are part of the hash (path seeds), so a stack in any order gives the same sum.
  let sum = 0;
  const open: (readonly [value: unknown, seed: number])[] = [[root, 17]];
  const seen = new Set<object>();
  for (let next = open.pop(); next; next = open.pop()) {
    const [value, seed] = next;
    if (value !== null && typeof value === 'object') {
      if (seen.has(value)) continue;
      seen.add(value);
      try {
        sum = mix(sum, seed, Array.isArray(value) ? 3 : 5);
        for (const key of Object.keys(value)) open.push([(value as Record<string, unknown>)[key], textHash(key, seed)]);
      } catch {
        // A host object that throws when looked at: what it showed before counts.
        sum = mix(sum, seed, 11);
      }
    } else {
      sum = mix(sum, textHash(`${typeof value}:${String(value)}`, seed), 7);
    }
  }
  return sum;
}

/** Commutative on `sum`: a plain addition of a scrambled term, kept within 52 bits, so that no addition rounds. */
function mix(sum: number, seed: number, salt: number): number {
  const low = Math.imul(seed ^ (salt * 0x9e3779b1), 0x85ebca6b) >>> 0;
  const high = Math.imul(low ^ (low >>> 13) ^ seed, 0xc2b2ae35) >>> 12;
  return (sum + high * 4_294_967_296 + low) % 4_503_599_627_370_496;
}

/** FNV-1a, 32 bits (Fowler, Noll, Vo). */
function textHash(text: string, seed: number): number {
  let hash = 0x811c9dc5 ^ seed;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
