import { isObject, jsonObject } from '../../conventions/json.ts';
import { textOf } from '../../model/attributes.ts';
import { readableField, readableFields } from './readableFields.ts';

/**
 * Describes an attachment: its bytes stay where they are. `size` in bytes, absent where unknown; `url` is text,
 * never fetched.
 */
interface Attachment {
  readonly name: string;
  readonly mime_type?: string;
  readonly size?: number;
  readonly url?: string;
}

/**
 * The attachments of a run by name, type and size. They are `{ name: [mimeType, bytes] }`, `{ name: { mimeType, data }
 * }` or, from the
 * API, `{ name: { mime_type, presigned_url } }` (langsmith-sdk, schemas). Null where there are none.
 */
export function runAttachments(recorded: unknown): readonly Attachment[] | null {
  const held = jsonObject(recorded);
  if (!held) return null;
  const attachments = Array.from(readableFields(held).fields, ([name, value]) => attachment(name, value));
  return attachments.length > 0 ? attachments : null;
}

function attachment(name: string, value: unknown): Attachment {
  const [type, bytes] = Array.isArray(value)
    ? [value[0], value[1]]
    : [readableField(value, 'mime_type') ?? readableField(value, 'mimeType'), readableField(value, 'data')];
  const mimeType = textOf(type);
  const size = attachmentSize(bytes);
  const url = textOf(readableField(value, 'presigned_url'));
  return {
    name,
    ...(mimeType === null ? {} : { mime_type: mimeType }),
    ...(size === null ? {} : { size }),
    ...(url === null ? {} : { url }),
  };
}

/** Bytes, base64 of bytes, or what `JSON.stringify` makes of a buffer: `{ type: "Buffer", data }`. */
function attachmentSize(bytes: unknown): number | null {
  if (ArrayBuffer.isView(bytes) || bytes instanceof ArrayBuffer) return bytes.byteLength;
  if (typeof bytes === 'string') return Math.floor((bytes.replace(/=+$/, '').length * 3) / 4);
  const list = isObject(bytes) ? readableField(bytes, 'data') : bytes;
  return Array.isArray(list) ? list.length : null;
}
