import { withoutHoles } from '../../model/holes.ts';

/** Whether some list in a value has holes. What throws when looked at has none that anybody could read. */
export function hasHoles(value: unknown): boolean {
  if (value === null || typeof value !== 'object') return false;
  const open: object[] = [value];
  const seen = new Set<object>();
  for (let next = open.pop(); next; next = open.pop()) {
    if (seen.has(next) || ArrayBuffer.isView(next)) continue;
    seen.add(next);
    try {
      if (Array.isArray(next) && withoutHoles(next) !== next) return true;
      for (const key of Object.keys(next)) pushField(next, key, open);
    } catch {
      // A revoked proxy.
    }
  }
  return false;
}

function pushField(holder: object, key: string, open: object[]): void {
  try {
    const field = (holder as Readonly<Record<string, unknown>>)[key];
    if (field !== null && typeof field === 'object') open.push(field);
  } catch {
    // This field only.
  }
}
