import { spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { native } from './convert.ts';
import { isMasked, READ_OPTIONS, readInputs, requireFile, type ReadValues } from './readInputs.ts';
import { ENDINGS_IN_WORDS, traceFiles, traceFilesInWords } from './traceFiles.ts';
import { serveViewer, VIEWER, type ServedInput } from './serveViewer.ts';

const EXAMPLE = join(VIEWER, 'example.otlp.jsonl');

/**
 * `spanwise view FILE…`: serves the viewer on loopback, prints the address and opens the browser where somebody sits
 * before it. Of a folder it lists what it finds and shows the newest.
 */
export async function view(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...READ_OPTIONS,
      port: { type: 'string', default: '0' },
      'no-open': { type: 'boolean', default: false },
    },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`--port takes a number from 0 to 65535, not “${values.port}”`);
  const [only, another] = positionals;
  const asked = only !== undefined && another === undefined && isFolder(only) ? newestIn(only) : positionals;
  for (const file of asked) if (file !== '-') requireFile(file);
  const files = asked.length > 0 ? asked : [EXAMPLE];
  // The page reads files by itself, unless they are to be masked, priced or read in a certain way first.
  const isReadHere =
    isMasked(values) || values.format !== undefined || values.prices !== undefined || files.includes('-');
  const { url } = await serveViewer(isReadHere ? [await inputReadHere(files, values)] : files, port);
  process.stdout.write(`${url}\n`);
  process.stderr.write(`Showing ${asked.length > 0 ? files.join(', ') : 'a recorded example'}. Ctrl-C ends.\n`);
  if (!values['no-open'] && process.stdout.isTTY && !process.env['CI']) openBrowser(url);
}

const isFolder = (path: string): boolean =>
  path !== '-' && statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

/** The newest file of a folder and those that belong to it; all are listed. */
function newestIn(folder: string): readonly string[] {
  const found = traceFiles(folder);
  const [newest] = found;
  if (!newest) throw new Error(`no traces in ${folder}: looked for files that end in ${ENDINGS_IN_WORDS}`);
  process.stderr.write(`${traceFilesInWords(found, folder)}\n`);
  return [newest.path, ...newest.parts];
}

/** What is masked is masked here, so that the page never has what it is not to show. */
async function inputReadHere(files: readonly string[], values: ReadValues): Promise<ServedInput> {
  const set = await readInputs(files, values);
  return () => native(set, true);
}

/** The command that opens an address, by platform; `xdg-open` elsewhere. */
const OPENERS: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
};

function openBrowser(url: string): void {
  const [command, ...args] = [...(OPENERS[process.platform] ?? ['xdg-open']), url];
  spawn(command!, args, { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref();
}
