import { createWriteStream, statSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { parseTraces } from '../../adapters/parseTraces.ts';
import { toNativeJson } from '../../adapters/native/toNativeJson.ts';
import type { NativeDocument } from '../../adapters/native/types.ts';
import { rootName } from '../../model/trace.ts';
import type { TraceSet } from '../../model/types.ts';
import { oneLine } from '../drawTree.ts';
import { isMasked, isReadHere, parseOptions, redactionOf, type ReadValues } from '../readInputs.ts';
import type { ServedInput, ServeOptions } from '../serveViewer.ts';
import { ENDINGS_IN_WORDS, partsOf, traceFiles } from '../traceFiles.ts';
import { followFile, type Following } from './followFile.ts';
import { createLiveLines } from './liveLines.ts';

export interface Watched {
  /** Takes OTLP over HTTP. */
  readonly listen: boolean;
  /** Files of lines that grow, or folders whose newest does. */
  readonly follow: readonly string[];
  /** Where what is received is written, too. */
  readonly save?: string | undefined;
}

/** What `spanwise view --listen` and `--follow` serve: nothing at first, then lines as they come. */
export function watch(
  { listen, follow, save }: Watched,
  values: ReadValues,
): { readonly inputs: readonly ServedInput[]; readonly shown: string; readonly options: ServeOptions } {
  if (follow.length > 0 && isReadHere(values))
    throw new Error('--follow shows a file as it is: masks, prices and formats need it whole (spanwise view FILE)');
  const keep = save === undefined ? undefined : saveTo(save);
  const live = createLiveLines();
  // One that is not awaited: it ends with the command.
  const { signal } = new AbortController();
  const onNote = (note: string): void => void process.stderr.write(`${note}\n`);
  const files = follow.map(newestIn);
  for (const file of files) void followSession(file, live.add, { signal, onNote });
  const takesIn = isReadHere(values) ? readHere(values, live.add, onNote) : live.add;
  return {
    inputs: [],
    shown: [
      ...(listen
        ? ['what arrives (OTEL_EXPORTER_OTLP_ENDPOINT is this address, over http/protobuf or http/json)']
        : []),
      ...files,
    ].join(', '),
    options: {
      live,
      ...(listen
        ? {
            onReceived(line: string) {
              keep?.(line);
              takesIn(line);
            },
          }
        : {}),
    },
  };
}

/** Of a folder the newest file. */
function newestIn(path: string): string {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return path;
  const [newest] = traceFiles(path);
  if (!newest) throw new Error(`no traces in ${path}: looked for files that end in ${ENDINGS_IN_WORDS}`);
  return newest.path;
}

/** Milliseconds between two looks for files of agents that the session sent off meanwhile. */
const LOOK_FOR_PARTS = 1000;

/** A file, and those that belong to it as soon as they are there. */
async function followSession(path: string, onLines: (lines: string) => void, following: Following): Promise<void> {
  const { signal } = following;
  const followed = new Set<string>();
  while (!signal.aborted) {
    for (const file of [path, ...partsOf(path)]) {
      if (followed.has(file)) continue;
      followed.add(file);
      followFile(file, onLines, following).catch((error: unknown) => {
        process.stderr.write(`spanwise: ${oneLine(error instanceof Error ? error.message : String(error))}\n`);
        process.exit(2);
      });
    }
    // oxlint-disable-next-line no-await-in-loop
    await setTimeout(LOOK_FOR_PARTS, undefined, { signal }).catch(() => {});
  }
}

/** Appends lines to a file, and ends the command where that cannot be written: somebody counts on it. */
function saveTo(path: string): (line: string) => void {
  const file = createWriteStream(path, { flags: 'a' });
  file.on('error', (error) => {
    process.stderr.write(`spanwise: --save: ${oneLine(error.message)}\n`);
    process.exit(2);
  });
  return (line) => void file.write(`${line}\n`);
}

/**
 * What is masked is masked before the page has it, batch by batch, with one memory of what was found. Log records are
 * masked with the span they belong to, which another batch has: they are left out where there are rules.
 */
function readHere(
  values: ReadValues,
  onLine: (line: string) => void,
  onNote: (note: string) => void,
): (line: string) => void {
  const options = parseOptions(values, redactionOf(values));
  let last = Promise.resolve();
  let saidLogs = false;
  return (line) => {
    if (isLogs(line)) {
      if (!isMasked(values)) return onLine(line);
      if (!saidLogs) onNote('log records are left out: --redact masks spans');
      saidLogs = true;
      return undefined;
    }
    last = last
      .then(async () => onLine(JSON.stringify(nativeBatch(await parseTraces(line, options)))))
      .catch((error: unknown) => onNote(oneLine(error instanceof Error ? error.message : String(error))));
    return undefined;
  };
}

const isLogs = (line: string): boolean => /^\s*\{\s*"resource_?[lL]ogs"/.test(line);

/** A trace that is not all here is not called what its first span is called. */
function nativeBatch(set: TraceSet): object {
  const { traces, ...document } = toNativeJson(set) as NativeDocument;
  return {
    ...document,
    traces: traces.map((trace, at) => {
      const { columns } = set.traces[at]!;
      return trace.name === rootName(columns) ? { ...trace, name: undefined } : trace;
    }),
  };
}
