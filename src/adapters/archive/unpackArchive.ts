import { TraceInputError, type DiagnosticLog } from '../../model/diagnostics.ts';
import { READ_FROM } from '../text/formatWords.ts';
import { joined } from '../bytes/joined.ts';
import { unpackZip } from './unpackZip.ts';
import { unpackZstd } from './unpackZstd.ts';

/** What unpacks to more than this, and this many times its size, was made to fill the memory. */
const SUSPECT_BYTES = 64 * 2 ** 20;
const SUSPECT_RATIO = 400;

/** Unpacks a zip archive or zstd. A host that sets a limit of bytes trusts the input as far as that (`isTrusted`). */
export async function* unpackArchive(
  packed: AsyncIterable<Uint8Array>,
  isZip: boolean,
  {
    limit,
    isTrusted,
    signal,
    log,
  }: {
    readonly limit: number;
    readonly isTrusted: boolean;
    readonly signal: AbortSignal | undefined;
    readonly log: DiagnosticLog;
  },
): AsyncGenerator<Uint8Array, void> {
  let bytesIn = 0;
  let bytesOut = 0;
  const counted = async function* (): AsyncGenerator<Uint8Array, void> {
    for await (const chunk of packed) {
      bytesIn += chunk.length;
      yield chunk;
    }
  };
  try {
    for await (const chunk of isZip ? unpackZip(await joined(counted()), limit, log) : unpackZstd(counted())) {
      signal?.throwIfAborted();
      bytesOut += chunk.length;
      if (!isTrusted && bytesOut > SUSPECT_BYTES && bytesOut > SUSPECT_RATIO * bytesIn)
        throw new TraceInputError(
          'too-large',
          `The input unpacks to more than ${SUSPECT_RATIO} times its size, which no trace does; ` +
            'it was not unpacked further. A host that trusts it sets limits.bytes.',
        );
      yield chunk;
    }
  } catch (error) {
    if (signal?.aborted || error instanceof TraceInputError) throw error;
    throw new TraceInputError(
      'bad-encoding',
      `The input starts like ${isZip ? 'a zip archive' : 'zstd'} but cannot be unpacked; it may be cut off. ${READ_FROM}`,
    );
  }
}
