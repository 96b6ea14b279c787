import { TraceInputError } from '../model/diagnostics.ts';
import type { ParseOptions } from './types.ts';

export type Bytes = Uint8Array | ArrayBuffer | Blob | Response | ReadableStream<Uint8Array>;

export const isBytes = (input: unknown): input is Bytes =>
  input instanceof Uint8Array || input instanceof ArrayBuffer || input instanceof Blob || input instanceof Response || input instanceof ReadableStream;

/** The text of an input: gzip is unpacked, UTF-8 and UTF-16 are told by their byte order mark. Throws `TraceInputError`. */
export async function readText(input: string | Bytes, { limits, signal }: ParseOptions): Promise<string> {
  if (typeof input === 'string') return input;
  const bytes = await readBytes(input, limits?.bytes ?? Infinity, signal);
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}

async function readBytes(input: Bytes, limit: number, signal: AbortSignal | undefined): Promise<Uint8Array> {
  const given = input instanceof Uint8Array ? input : input instanceof ArrayBuffer ? new Uint8Array(input) : await joinChunks(streamOf(input), limit, signal);
  if (given.length > limit) throw tooLarge(limit);
  if (given[0] !== 0x1f || given[1] !== 0x8b) return given;
  try {
    return await joinChunks(new Blob([given as BlobPart]).stream().pipeThrough(new DecompressionStream('gzip')), limit, signal);
  } catch (error) {
    if (error instanceof TraceInputError || signal?.aborted) throw error;
    throw new TraceInputError('bad-encoding', 'The input starts like gzip but cannot be unpacked.');
  }
}

function streamOf(input: Exclude<Bytes, Uint8Array | ArrayBuffer>): ReadableStream<Uint8Array> {
  if (input instanceof Blob) return input.stream();
  if (input instanceof ReadableStream) return input;
  if (!input.ok) throw new TraceInputError('empty-input', `The server answered ${input.status} instead of a trace.`);
  return input.body ?? new Blob([]).stream();
}

async function joinChunks(stream: ReadableStream<Uint8Array>, limit: number, signal: AbortSignal | undefined): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = stream.getReader();
  try {
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      signal?.throwIfAborted();
      length += chunk.value.length;
      if (length > limit) throw tooLarge(limit);
      chunks.push(chunk.value);
    }
  } catch (error) {
    await reader.cancel().catch(() => {});
    throw error;
  }
  const joined = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    joined.set(chunk, at);
    at += chunk.length;
  }
  return joined;
}

const tooLarge = (limit: number): TraceInputError => new TraceInputError('too-large', `The input is larger than the ${limit.toLocaleString('en')} bytes that this page accepts.`);
