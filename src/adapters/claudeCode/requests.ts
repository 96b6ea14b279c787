import { isObject, type Fields } from '../../conventions/json.ts';
import { textOf } from '../../model/attributes.ts';
import type { Line } from './sessions.ts';

/** What was sent to the model, as far as the session says it, and the lines that say so. */
export interface SentRequest {
  readonly line: Line;
  /** That of the system prompt and tools, where they are others than in the request before. */
  readonly shape: Line | undefined;
  /** Of the messages that the request before did not have, those that stand nowhere else in the session. */
  readonly blobs: readonly Line[];
}

export interface RequestLog {
  /** Takes a line of one of `REQUEST_LINES`. */
  add(type: string, line: Line): void;
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
  const shapes = new Map<string, Line>();
  const blobs = new Map<string, Line>();
  const requests = new Map<string, Line>();
  return {
    add(type, line) {
      const fields = line.glimpse;
      const keep = (map: Map<string, Line>, key: unknown, value: unknown): void => {
        const name = textOf(key);
        if (name !== null && isObject(value)) map.set(name, line);
      };
      if (type === 'api-request') keep(requests, fields['id'], fields);
      else if (type === 'api-request-shape') keep(shapes, fields['shapeHash'], fields['shape']);
      else keep(blobs, fields['hash'], fields['message']);
    },
    of(ref) {
      const line = requests.get(textOf(ref) ?? '');
      if (!line) return null;
      const fields = line.glimpse;
      const base = requests.get(textOf(fields['base']) ?? '');
      const shapeHash = textOf(fields['shapeHash']) ?? '';
      const tail: readonly unknown[] = Array.isArray(fields['tail']) ? fields['tail'] : [];
      return {
        line,
        shape: textOf(base?.glimpse['shapeHash']) === shapeHash ? undefined : shapes.get(shapeHash),
        blobs: tail.flatMap((hash) => blobs.get(textOf(hash) ?? '') ?? []),
      };
    },
  };
}

/** When it was sent, with which system prompt and tools, and the messages that stand nowhere else. */
export function sentIn({ line, shape, blobs }: SentRequest): {
  readonly time: string | null;
  readonly system: unknown;
  readonly tools: unknown;
  readonly messages: readonly Fields[];
} {
  const sent = shape?.fields['shape'];
  const { system, tools } = isObject(sent) ? sent : ({} as Fields);
  return { time: line.time, system, tools, messages: blobs.map(({ fields }) => messageOf(fields)) };
}

export const messageOf = ({ message }: Fields): Fields => (isObject(message) ? message : {});

/**
 * Whether Qwen Code wrote an answer, in what it prints as Claude Code does (measured with 0.24.4): each block is a line
 * whose message is named after it, the last of them alone counts, and as OpenAI does, with the cache in the input.
 */
export const isOfQwen = (line: Fields): boolean => line['uuid'] !== undefined && messageOf(line)['id'] === line['uuid'];
