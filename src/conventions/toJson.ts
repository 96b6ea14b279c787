import { withoutHoles } from '../model/holes.ts';

/**
 * JSON text of plain data; bigints as their digits, bytes as `0x` and hexadecimal, `null` for what JSON cannot say, and
 * never an exception.
 */
export function toJson(value: unknown, indent?: number): string {
  try {
    return (
      JSON.stringify(
        value,
        (_, item: unknown) => {
          if (typeof item === 'bigint') return item.toString();
          if (item instanceof Uint8Array) return hexOf(item);
          return Array.isArray(item) ? withoutHoles(item) : item;
        },
        indent,
      ) ?? 'null'
    );
  } catch {
    // Nested too deeply for the engine's recursion, or an object inside itself.
    return deepJson(value);
  }
}

/** Bytes as `0x` and two digits each. */
export function hexOf(bytes: Uint8Array): string {
  let text = '0x';
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0');
  return text;
}

type Step = { readonly text: string } | { readonly value: unknown } | { readonly leave: object };

/** The same without recursion and without indentation; an object inside itself is null there. */
function deepJson(root: unknown): string {
  let json = '';
  const steps: Step[] = [{ value: root }];
  const inside = new Set<object>();
  for (let step = steps.pop(); step; step = steps.pop()) {
    if ('text' in step) {
      json += step.text;
    } else if ('leave' in step) {
      inside.delete(step.leave);
    } else if (step.value instanceof Uint8Array) {
      json += JSON.stringify(hexOf(step.value));
    } else if (step.value === null || typeof step.value !== 'object' || inside.has(step.value)) {
      json += scalar(step.value);
    } else {
      const { value } = step as { readonly value: object };
      inside.add(value);
      const list = Array.isArray(value);
      const held = list ? withoutHoles(value as readonly unknown[]) : value;
      steps.push({ leave: value }, { text: list ? ']' : '}' });
      const keys = keysOf(held);
      for (let i = keys.length - 1; i >= 0; i -= 1) {
        const before = (i > 0 ? ',' : '') + (list ? '' : `${JSON.stringify(keys[i])}:`);
        steps.push({ value: readField(held, keys[i]!) }, { text: before });
      }
      json += list ? '[' : '{';
    }
  }
  return json;
}

/** A host object that throws when looked at is empty there. */
function keysOf(value: object): readonly string[] {
  try {
    return Object.keys(value);
  } catch {
    return [];
  }
}

function readField(value: object, key: string): unknown {
  try {
    return (value as Record<string, unknown>)[key];
  } catch {
    return null;
  }
}

function scalar(value: unknown): string {
  if (typeof value === 'bigint') return `"${value}"`;
  return typeof value === 'object' ? 'null' : (JSON.stringify(value) ?? 'null');
}
