import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createGzip } from 'node:zlib';
import { visibleControls } from '../../visibleControls.ts';
import { VIEWER } from '../serveViewer.ts';
import { writeAll } from '../writeAll.ts';

/** Bytes of packed data in one element: the page unpacks one after the other, and stays alive meanwhile. */
const BLOCK = 3 << 16;

/** What a report shows: native documents, each as pieces of text. */
export interface Report {
  readonly title: string;
  /** The two inputs are compared. */
  readonly diff: boolean;
  readonly inputs: readonly Iterable<string>[];
}

/**
 * The page of `spanwise view` as one file that asks for nothing: script and styles are inside, and a policy in its head
 * allows these two, by their hashes, and forbids every request. The inputs are packed (gzip) and written in letters that
 * are no markup (base64), whatever they hold. Throws where the built page is not there.
 */
export async function* reportPage({ title, diff, inputs }: Report): AsyncGenerator<string> {
  const script = inScript(readFileSync(join(VIEWER, 'viewer.js'), 'utf8'));
  const style = inStyle(readFileSync(join(VIEWER, 'viewer.css'), 'utf8'));
  const policy = [
    "default-src 'none'",
    `script-src ${hash(script)}`,
    `style-src ${hash(style)}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
  const [head, end] = filled(readFileSync(join(VIEWER, 'index.html'), 'utf8'), [
    [/(?<=<meta charset="utf-8">)/, `\n<meta http-equiv="content-security-policy" content="${policy}">`],
    [/(?<=<title>)[^<]*(?=<\/title>)/, asText(visibleControls(title))],
    [/<script type="module"[^>]*><\/script>/, `<script type="module">${script}</script>`],
    [/<link rel="stylesheet"[^>]*>/, `<style>${style}</style>`],
  ]);
  yield head;
  const sizes: number[] = [];
  for (const [place, pieces] of inputs.entries()) {
    const packed = pack(pieces);
    for await (const block of blocksOf(packed.bytes))
      yield `<script type="application/gzip" data-input="${place}">${block.toString('base64')}</script>\n`;
    sizes.push(await packed.size);
  }
  yield `<script type="application/json" id="inputs">${JSON.stringify({ diff, sizes })}</script>\n${end}`;
}

/**
 * The built page with each place filled, up to the end of its body, and from there. Places are looked for in what was
 * built, one after the other, not in what they were filled with.
 */
function filled(page: string, places: readonly (readonly [place: RegExp, text: string])[]): readonly [string, string] {
  let head = '';
  let rest = page;
  for (const [place, text] of [...places, [/(?=<\/body>)/, ''] as const]) {
    const found = place.exec(rest);
    if (!found) throw new Error(`the viewer's page is not as it was built: there is no ${place.source}`);
    head += rest.slice(0, found.index) + text;
    rest = rest.slice(found.index + found[0].length);
  }
  return [head, rest];
}

const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const asText = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
/** A script may hold these words in texts and expressions only, where the sign can be written by its number. */
const inScript = (script: string): string => script.replaceAll(/<(?=!--|\/?script)/gi, '\\x3C');
const inStyle = (style: string): string => style.replaceAll(/<(?=\/style)/gi, '\\3C ');

/** The text packed, and how many bytes it was. */
function pack(pieces: Iterable<string>): { readonly bytes: AsyncIterable<Buffer>; readonly size: Promise<number> } {
  const bytes = createGzip();
  const size = writeAll(bytes, pieces).finally(() => bytes.end());
  // What cannot be written ends the reading, which tells it.
  size.catch((error: Error) => bytes.destroy(error));
  return { bytes, size };
}

async function* blocksOf(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let waiting: Buffer[] = [];
  let length = 0;
  for await (const piece of bytes) {
    waiting.push(piece);
    length += piece.length;
    if (length < BLOCK) continue;
    yield Buffer.concat(waiting);
    [waiting, length] = [[], 0];
  }
  if (length > 0) yield Buffer.concat(waiting);
}
