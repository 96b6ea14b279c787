import { isObject, type Fields } from '../../conventions/json.ts';
import { textOf } from '../../model/attributes.ts';

/** What was sent to the model, as far as the session says it. */
export interface SentRequest {
  /** When it was sent. */
  readonly time: string | null;
  /** System prompt and tools, where they are others than in the request before; else undefined. */
  readonly system: unknown;
  readonly tools: unknown;
  /** Of the messages that the request before did not have, those that stand nowhere else in the session. */
  readonly messages: readonly Fields[];
}

export interface RequestLog {
  /** Takes a line of one of `REQUEST_LINES`. */
  add(type: string, fields: Fields): void;
  /** By the `requestRef` of an answer; null where its request is not recorded. */
  of(ref: unknown): SentRequest | null;
}

export const REQUEST_LINES: ReadonlySet<string> = new Set(['api-request', 'api-request-shape', 'api-request-blob']);

/**
 * The requests in a session of Claude Code (measured with 2.1.332): `api-request-shape` has system prompt and tools by
 * `shapeHash`, `api-request-blob` a message by `hash`, and `api-request` names both. Of the messages it says how many of
 * those of the request `base` it keeps, and the hashes of the further ones: only messages that are no line of the session
 * have a blob.
 */
export function createRequestLog(): RequestLog {
  const shapes = new Map<string, Fields>();
  const blobs = new Map<string, Fields>();
  const requests = new Map<string, Fields>();
  return {
    add(type, fields) {
      const keep = (map: Map<string, Fields>, key: unknown, value: unknown): void => {
        const name = textOf(key);
        if (name !== null && isObject(value)) map.set(name, value);
      };
      if (type === 'api-request') keep(requests, fields['id'], fields);
      else if (type === 'api-request-shape') keep(shapes, fields['shapeHash'], fields['shape']);
      else keep(blobs, fields['hash'], fields['message']);
    },
    of(ref) {
      const request = requests.get(textOf(ref) ?? '');
      if (!request) return null;
      const base = requests.get(textOf(request['base']) ?? '');
      const shapeHash = textOf(request['shapeHash']) ?? '';
      const shape = textOf(base?.['shapeHash']) === shapeHash ? undefined : shapes.get(shapeHash);
      const tail: readonly unknown[] = Array.isArray(request['tail']) ? request['tail'] : [];
      return {
        time: textOf(request['timestamp']),
        system: shape?.['system'],
        tools: shape?.['tools'],
        messages: tail.flatMap((hash): readonly Fields[] => {
          const blob = blobs.get(textOf(hash) ?? '');
          return blob ? [blob] : [];
        }),
      };
    },
  };
}
