/**
 * Whether two recorded values are alike in all that JSON tells of them, and bytes. Without recursion; what throws when
 * looked at is like nothing.
 */
export function sameValue(a: unknown, b: unknown): boolean {
  const open: (readonly [unknown, unknown])[] = [[a, b]];
  /** What is being compared already, and with what: an object may be inside itself. */
  const met = new Map<object, unknown>();
  try {
    for (let pair = open.pop(); pair; pair = open.pop()) {
      const [left, right] = pair;
      if (Object.is(left, right)) continue;
      if (left === null || right === null || typeof left !== 'object' || typeof right !== 'object') return false;
      if (met.get(left) === right) continue;
      met.set(left, right);
      if (!pushEntries(left, right, open)) return false;
    }
    return true;
  } catch {
    return false;
  }
}

/** Puts what two objects hold side by side; false where they do not hold the same keys. */
function pushEntries(left: object, right: object, open: (readonly [unknown, unknown])[]): boolean {
  if (Array.isArray(left) || Array.isArray(right) || ArrayBuffer.isView(left) || ArrayBuffer.isView(right)) {
    const [one, other] = [left as readonly unknown[], right as readonly unknown[]];
    if (Array.isArray(left) !== Array.isArray(right) || one.length !== other.length) return false;
    for (let at = 0; at < one.length; at += 1) if (!Object.is(one[at], other[at])) open.push([one[at], other[at]]);
    return true;
  }
  const keys = Object.keys(left);
  if (keys.length !== Object.keys(right).length) return false;
  for (const key of keys) {
    if (!Object.hasOwn(right, key)) return false;
    open.push([(left as Record<string, unknown>)[key], (right as Record<string, unknown>)[key]]);
  }
  return true;
}
