import { spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { native } from './convert.ts';
import { isReadHere, parseOptions, READ_OPTIONS, readInputs, requireFile, type ReadValues } from './readInputs.ts';
import { watch } from './live/watch.ts';
import { readPair } from './readPair.ts';
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
      port: { type: 'string' },
      'no-open': { type: 'boolean', default: false },
      diff: { type: 'boolean', default: false },
      listen: { type: 'boolean', default: false },
      follow: { type: 'string', multiple: true, default: [] },
      save: { type: 'string' },
    },
  });
  const isLive = values.listen || values.follow.length > 0;
  if (isLive && (positionals.length > 0 || values.diff))
    throw new Error('--listen and --follow show what comes, not files or a comparison beside it');
  if (values.save !== undefined && !values.listen) throw new Error('--save keeps what --listen receives');
  const port = portOf(values.port ?? (values.listen ? OTLP_PORT : '0'));
  const { inputs, shown, options } = isLive
    ? watch(values, values)
    : { ...(await staticInputs(positionals, values)), options: { diff: values.diff } };
  const { prices } = parseOptions(values);
  const { url } = await serveViewer(inputs, port, { ...options, prices }).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EADDRINUSE' ? new Error(`port ${port} is taken: --port N listens elsewhere`) : error;
  });
  process.stdout.write(`${url}\n`);
  process.stderr.write(`Showing ${shown}. Ctrl-C ends.\n`);
  if (!values['no-open'] && process.stdout.isTTY && !process.env['CI']) openBrowser(url);
}

/** Where exporters of OTLP over HTTP send if nobody tells them otherwise. */
const OTLP_PORT = '4318';

function portOf(word: string): number {
  const port = Number(word);
  if (!Number.isInteger(port) || port < 0 || port > 65_535 || word.trim() === '')
    throw new Error(`--port takes a number from 0 to 65535, not “${word}”`);
  return port;
}

const staticInputs = (words: readonly string[], values: ReadValues & { readonly diff: boolean }): Promise<Served> =>
  values.diff ? pairInputs(words, values) : fileInputs(words, values);

interface Served {
  readonly inputs: readonly ServedInput[];
  /** In words. */
  readonly shown: string;
}

/**
 * The page reads files by itself, unless they are to be masked, priced or read in a certain way first. What is masked is
 * masked here, so that the page never has what it is not to show.
 */
async function fileInputs(given: readonly string[], values: ReadValues): Promise<Served> {
  const [only, another] = given;
  const files = only !== undefined && another === undefined && isFolder(only) ? newestIn(only) : given;
  for (const file of files) if (file !== '-') requireFile(file);
  const shown = files.length > 0 ? files.join(', ') : 'a recorded example';
  const named = files.length > 0 ? files : [EXAMPLE];
  if (!isReadHere(values) && !files.includes('-')) return { inputs: named, shown };
  const set = await readInputs(named, values);
  return { inputs: [() => native(set, true)], shown };
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

/** Two traces are read and chosen here, as `spanwise diff` does. */
async function pairInputs(words: readonly string[], values: ReadValues): Promise<Served> {
  const pair = await readPair('view --diff', words, values);
  return {
    inputs: pair.map(
      ({ set }) =>
        () =>
          native(set, true),
    ),
    shown: `what changed from ${words.join(' to ')}`,
  };
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
