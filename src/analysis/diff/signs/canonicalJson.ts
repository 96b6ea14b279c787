type Step = { readonly text: string } | { readonly value: unknown } | { readonly leave: object };

/**
 * JSON with sorted keys, without recursion: equal values have equal texts. What JSON cannot say is null, and so is an
 * object inside itself.
 */
export function canonicalJson(root: unknown): string {
  if (typeof root === 'string') return root;
  let json = '';
  const steps: Step[] = [{ value: root }];
  const inside = new Set<object>();
  for (let step = steps.pop(); step; step = steps.pop()) {
    if ('text' in step) json += step.text;
    else if ('leave' in step) inside.delete(step.leave);
    else if (step.value === null || typeof step.value !== 'object' || inside.has(step.value))
      json += scalar(step.value);
    else json += open(step.value, steps, inside);
  }
  return json;
}

/** Puts the parts of a list or an object on the stack; the bracket that opens it is the answer. */
function open(value: object, steps: Step[], inside: Set<object>): string {
  inside.add(value);
  const isList = Array.isArray(value);
  const keys = isList ? Object.keys(value) : Object.keys(value).sort();
  steps.push({ leave: value }, { text: isList ? ']' : '}' });
  for (let i = keys.length - 1; i >= 0; i -= 1) {
    const before = i > 0 ? ',' : '';
    steps.push(
      { value: (value as Record<string, unknown>)[keys[i]!] },
      { text: isList ? before : `${before}${JSON.stringify(keys[i])}:` },
    );
  }
  return isList ? '[' : '{';
}

const scalar = (value: unknown): string =>
  typeof value === 'bigint' ? String(value) : typeof value === 'object' ? 'null' : (JSON.stringify(value) ?? 'null');
