import { jsonObject } from '../../../../conventions/json.ts';
import { ownValue } from '../../../../model/ownValue.ts';

const NAMES = ['timestamp', 'createdAt', 'created_at', 'time', 'updatedAt', 'updated_at', 'modified_at'];

/** When a score was given, as its metadata say it; null where they do not. */
export function scoreTime(metadata: unknown): string | null {
  const fields = jsonObject(metadata);
  if (!fields) return null;
  for (const name of NAMES) {
    const value = ownValue(fields, name);
    if (typeof value === 'string' && value !== '') return value.slice(0, 40);
  }
  return null;
}
