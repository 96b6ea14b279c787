/**
 * Whether a field says something: it is neither empty nor one of the empty lists and objects that Langfuse fills fields
 * with.
 */
export function says(value: unknown): boolean {
  if (value === null || value === undefined || value === '' || value === '{}' || value === '[]') return false;
  return (
    typeof value !== 'object' ||
    value instanceof Date ||
    (Array.isArray(value) ? value.length > 0 : Object.keys(value).length > 0)
  );
}
