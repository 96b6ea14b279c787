import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { native } from './convert.ts';
import { isMasked, READ_OPTIONS, readInputs, requireFile, type ReadValues } from './readInputs.ts';
import { readPair } from './readPair.ts';
import { serveViewer, VIEWER, type ServedInput } from './serveViewer.ts';

const EXAMPLE = join(VIEWER, 'example.otlp.jsonl');

/**
 * `spanwise view FILE…`: serves the viewer on loopback, prints the address and opens the browser where somebody sits
 * before it.
 */
export async function view(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...READ_OPTIONS,
      port: { type: 'string', default: '0' },
      'no-open': { type: 'boolean', default: false },
      diff: { type: 'boolean', default: false },
    },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`--port takes a number from 0 to 65535, not “${values.port}”`);
  const { inputs, shown } = values.diff ? await pairInputs(positionals, values) : await fileInputs(positionals, values);
  const { url } = await serveViewer(inputs, port, values.diff);
  process.stdout.write(`${url}\n`);
  process.stderr.write(`Showing ${shown}. Ctrl-C ends.\n`);
  if (!values['no-open'] && process.stdout.isTTY && !process.env['CI']) openBrowser(url);
}

interface Served {
  readonly inputs: readonly ServedInput[];
  /** In words. */
  readonly shown: string;
}

/**
 * The page reads files by itself, unless they are to be masked, priced or read in a certain way first. What is masked is
 * masked here, so that the page never has what it is not to show.
 */
async function fileInputs(files: readonly string[], values: ReadValues): Promise<Served> {
  for (const file of files) if (file !== '-') requireFile(file);
  const shown = files.length > 0 ? files.join(', ') : 'a recorded example';
  const named = files.length > 0 ? files : [EXAMPLE];
  const isReadHere =
    isMasked(values) || values.format !== undefined || values.prices !== undefined || files.includes('-');
  if (!isReadHere) return { inputs: named, shown };
  const set = await readInputs(named, values);
  return { inputs: [() => native(set, true)], shown };
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
