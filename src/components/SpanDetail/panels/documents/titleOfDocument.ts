import { parsed } from '../../../../conventions/json.ts';
import { ownValue } from '../../../../model/ownValue.ts';
import type { Document } from '../../../../model/types.ts';

const NAMES = ['title', 'name', 'source', 'file', 'file_name', 'filename', 'path', 'url'];

/** What a document is called: its id, else what its metadata name it; null where nobody does. */
export function titleOfDocument({ id, metadata }: Document): string | null {
  if (id !== undefined && id !== '') return id.slice(0, 200);
  const fields = parsed(metadata);
  if (fields === null || typeof fields !== 'object') return null;
  for (const name of NAMES) {
    const value = ownValue(fields as Readonly<Record<string, unknown>>, name);
    if (typeof value === 'string' && value !== '') return value.slice(0, 200);
  }
  return null;
}
