export type Bytes = Uint8Array | ArrayBuffer | Blob | Response | ReadableStream<Uint8Array>;

/** False for a host object that refuses to say what it is. */
export function isBytes(input: unknown): input is Bytes {
  try {
    return (
      input instanceof Uint8Array ||
      input instanceof ArrayBuffer ||
      input instanceof Blob ||
      input instanceof Response ||
      input instanceof ReadableStream
    );
  } catch {
    return false;
  }
}

/** How many bytes an input is, where that is known for sure before they are read. */
export function byteLength(input: Bytes): number | undefined {
  if (input instanceof Uint8Array || input instanceof ArrayBuffer) return input.byteLength;
  return input instanceof Blob ? input.size : undefined;
}

/** How many bytes an input announces. */
export const announcedSize = (input: Bytes): number | undefined =>
  byteLength(input) ??
  (input instanceof Response && !input.headers.has('content-encoding')
    ? Number(input.headers.get('content-length')) || undefined
    : undefined);

export const isText = (input: unknown): input is string | Bytes => typeof input === 'string' || isBytes(input);
