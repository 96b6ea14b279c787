/** Freezes an object and all it holds, so that any write into it throws. */
export function deepFreeze<Value>(root: Value): Value {
  const open: unknown[] = [root];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (value === null || typeof value !== 'object' || Object.isFrozen(value)) continue;
    Object.freeze(value);
    for (const inner of Object.values(value)) if (inner !== undefined) open.push(inner);
  }
  return root;
}
