import { TraceInputError } from '../../model/diagnostics.ts';
import { READ_FROM } from './formatWords.ts';

/** Files that are no text, by how they begin. */
const NOT_TEXT: readonly (readonly [begin: readonly (number | null)[], what: string, instead: string])[] = [
  [[0x50, 0x4b, 5, 6], 'an empty zip archive', 'choose another file'],
  [[0x50, 0x41, 0x52, 0x31], 'a Parquet file', 'write its rows as JSON Lines'],
  [[0x25, 0x50, 0x44, 0x46], 'a PDF', 'export the data instead'],
  [[0xff, 0xfe, 0, 0], 'UTF-32', 'save it as UTF-8'],
  [[0, 0, 0xfe, 0xff], 'UTF-32', 'save it as UTF-8'],
  [[0x89, 0x50, 0x4e, 0x47], 'a PNG image', 'export the data instead'],
  [[0xff, 0xd8, 0xff], 'a JPEG image', 'export the data instead'],
  [[0x47, 0x49, 0x46, 0x38], 'a GIF image', 'export the data instead'],
  [[0x52, 0x49, 0x46, 0x46, null, null, null, null, 0x57, 0x45, 0x42, 0x50], 'a WebP image', 'export the data instead'],
  [
    [0x52, 0x49, 0x46, 0x46, null, null, null, null, 0x57, 0x41, 0x56, 0x45],
    'a WAV recording',
    'export the data instead',
  ],
  [[null, null, null, null, 0x66, 0x74, 0x79, 0x70], 'a video or photo (MP4, HEIC)', 'export the data instead'],
  [[0x42, 0x5a, 0x68], 'compressed with bzip2', 'unpack it first'],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a], 'compressed with xz', 'unpack it first'],
  [[0x04, 0x22, 0x4d, 0x18], 'compressed with LZ4', 'unpack it first'],
  [[0xff, 0x06, 0, 0, 0x73], 'compressed with Snappy', 'unpack it first'],
  [[0x37, 0x7a, 0xbc, 0xaf], 'a 7-Zip archive', 'unpack it first'],
  [[0x52, 0x61, 0x72, 0x21], 'a RAR archive', 'unpack it first'],
  [[0x53, 0x51, 0x4c, 0x69, 0x74, 0x65, 0x20], 'an SQLite database', 'write its rows as JSON Lines'],
  [[0x4f, 0x62, 0x6a, 1], 'an Avro file', 'write its rows as JSON Lines'],
  [[0x41, 0x52, 0x52, 0x4f, 0x57, 0x31], 'an Arrow file', 'write its rows as JSON Lines'],
  [[0x89, 0x48, 0x44, 0x46], 'an HDF5 file', 'write its rows as JSON Lines'],
  [[0xd0, 0xcf, 0x11, 0xe0], 'an Office document', 'export the data instead'],
  [[0x7f, 0x45, 0x4c, 0x46], 'a program (ELF)', 'choose the file with the traces'],
  [[0x4d, 0x5a, null, 0], 'a program (Windows)', 'choose the file with the traces'],
  [[0, 0x61, 0x73, 0x6d], 'a WebAssembly module', 'choose the file with the traces'],
  [[0x80, null, 0x95], 'a Python pickle', 'write it with json.dumps'],
];

/** Throws `TraceInputError` (`bad-encoding`) where bytes begin like a file that is no text. */
export function refuseOtherFiles(bytes: Uint8Array): void {
  const [, what, instead] =
    NOT_TEXT.find(([begin]) => begin.every((byte, at) => byte === null || bytes[at] === byte)) ?? [];
  if (what !== undefined)
    throw new TraceInputError(
      'bad-encoding',
      `The input is not JSON but ${what}, which is not read here: ${instead}. ${READ_FROM}`,
    );
}
