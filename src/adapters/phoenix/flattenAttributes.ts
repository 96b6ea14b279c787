import { isObject, jsonObject } from '../../conventions/json.ts';
import { attributeMap } from '../../model/attributes.ts';

/** Attributes whose value may be an object, as clients write them that parse JSON first. */
const WHOLE: ReadonlySet<string> = new Set([
  'metadata',
  'input.value',
  'output.value',
  'llm.invocation_parameters',
  'embedding.invocation_parameters',
  'llm.prompt_template.variables',
  'llm.function_call',
  'llm.tools',
  'tool.parameters',
  'tool.json_schema',
  'prompt.variables',
]);
/** Far more than any attribute has; what is nested deeper is a value. */
const MOST_NAMES = 20;

/**
 * Phoenix keeps attributes nested (`{ llm: { token_count: { prompt: 3 } } }`), and its clients give them flat,
 * half-nested, nested, or as one JSON text. All become dotted names again, as OpenInference writes them; lists stay
 * lists, which `flattenedList` reads. `prefix` is the name under which `value` stands. What is null is left out, as
 * tables have a column for every attribute of any span.
 */
export function flattenAttributes(value: unknown, prefix: string, into: Map<string, unknown>): void {
  if (prefix === '' && Array.isArray(value)) {
    for (const [key, each] of attributeMap(value)) into.set(key, each);
    return;
  }
  const root = prefix === '' ? jsonObject(value) : value;
  if (prefix === '' && root === null) return;
  const open: { readonly name: string; readonly names: number; readonly value: unknown }[] = [
    { name: prefix, names: 0, value: root },
  ];
  for (let at = open.pop(); at; at = open.pop()) {
    if (at.value === null || at.value === undefined) continue;
    const keys =
      isObject(at.value) && isPlain(at.value) && !WHOLE.has(at.name) && at.names < MOST_NAMES
        ? Object.keys(at.value)
        : [];
    if (keys.length === 0) {
      if (at.name !== '') into.set(at.name, at.value);
      continue;
    }
    for (let i = keys.length - 1; i >= 0; i -= 1)
      open.push({
        name: at.name === '' ? keys[i]! : `${at.name}.${keys[i]}`,
        names: at.names + 1,
        value: (at.value as Record<string, unknown>)[keys[i]!],
      });
  }
}

const isPlain = (value: object): boolean =>
  !(value instanceof Uint8Array || value instanceof Map || value instanceof Date);
