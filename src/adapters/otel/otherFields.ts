import type { Fields } from '../../conventions/json.ts';

/**
 * Keeps the fields of a record that no reader asks for as attributes under a prefix of the vendor. What is null or an
 * empty list, and what the attributes already say, is left out.
 */
export function otherFields(
  record: Fields,
  read: Pick<ReadonlySet<string>, 'has'>,
  prefix: string,
  attributes: Map<string, unknown>,
): void {
  for (const key of Object.keys(record)) {
    if (read.has(key)) continue;
    const value = record[key];
    if (
      value === null ||
      value === undefined ||
      typeof value === 'function' ||
      (Array.isArray(value) && value.length === 0)
    )
      continue;
    if (!attributes.has(prefix + key)) attributes.set(prefix + key, value);
  }
}
