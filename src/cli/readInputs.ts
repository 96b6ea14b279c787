import { createReadStream, readFileSync, statSync, type Stats } from 'node:fs';
import { Readable } from 'node:stream';
import { parseTraces } from '../adapters/parseTraces.ts';
import type { ParseOptions } from '../adapters/types.ts';
import type { PriceTable } from '../conventions/prices.ts';
import { createRedaction, type Redaction } from '../redact/createRedaction.ts';
import { redactors } from '../redact/redactors/redactors.ts';
import type { RedactRule } from '../redact/types.ts';
import type { TraceSet } from '../model/types.ts';
import { ownValue } from '../model/ownValue.ts';
import { oneLine } from './drawTree.ts';

/** Options of all commands that read: for `parseArgs` of node:util. */
export const READ_OPTIONS = {
  format: { type: 'string' },
  redact: { type: 'string', multiple: true },
  'redact-key': { type: 'string', multiple: true },
  prices: { type: 'string' },
} as const;

export interface ReadValues {
  readonly format?: string | undefined;
  readonly redact?: readonly string[] | undefined;
  readonly 'redact-key'?: readonly string[] | undefined;
  readonly prices?: string | undefined;
}

/** Whether an input is to be masked, priced or read in a certain way, which a page does not do by itself. */
export const isReadHere = (values: ReadValues): boolean =>
  isMasked(values) || values.format !== undefined || values.prices !== undefined;

/** Whether anything is to be masked. */
export const isMasked = ({ redact = [], 'redact-key': keys = [] }: ReadValues): boolean =>
  redact.length + keys.length > 0;

/** What remembers the secrets of all that is read with it; undefined where nothing is to be masked. */
export const redactionOf = (values: ReadValues): Redaction | undefined =>
  isMasked(values) ? createRedaction(rulesOf(values)) : undefined;

/**
 * Reads files, `-` being standard input, into one set. Says on standard error how far it is, where that takes long.
 * `redaction` masks what others hold too. Rejects where a file is not there or nothing can be read.
 */
export async function readInputs(
  files: readonly string[],
  values: ReadValues,
  redaction?: Redaction,
): Promise<TraceSet> {
  if (files.length === 0) throw new Error('no file given; - is standard input');
  const progress = createProgress();
  const options: ParseOptions = { ...parseOptions(values, redaction), onProgress: progress.report };
  try {
    const inputs = files.map(open);
    return await parseTraces(inputs.length === 1 ? inputs[0]! : inputs, options);
  } finally {
    progress.clear();
  }
}

/** What the words of a command say about reading. Throws where they say what cannot be. */
export function parseOptions(values: ReadValues, redaction?: Redaction): ParseOptions {
  const rules = rulesOf(values);
  return {
    ...(values.format === undefined ? {} : { format: values.format }),
    ...(rules.length > 0 ? { redact: rules } : {}),
    ...(redaction ? { redaction } : {}),
    ...(values.prices === undefined ? {} : { prices: readPrices(values.prices) }),
  };
}

/** Says on standard error what was read, and what was repaired or left out. */
export function tellReading({ format, accounting, diagnostics }: TraceSet): void {
  const { entries, shown, merged, skipped } = accounting;
  process.stderr.write(`${format}: ${entries} entries, ${shown} written, ${merged} merged, ${skipped} left out\n`);
  for (const { severity, code, message } of diagnostics)
    if (severity !== 'info') process.stderr.write(`${code}: ${oneLine(message)}\n`);
}

/** Throws where no such file is there, or what is there is none: with the word for what it is. */
export function requireFile(file: string): void {
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found) throw new Error(`no such file: ${file}`);
  if (!found.isFile()) throw new Error(`not a file but ${kindOf(found)}: ${file}`);
}

function kindOf(found: Stats): string {
  if (found.isDirectory()) return 'a directory';
  // It can be read once only, while files are read as often as the page is loaded.
  if (found.isFIFO()) return 'a pipe (- reads standard input)';
  return found.isSocket() ? 'a socket' : 'a device (- reads standard input)';
}

function open(file: string): ReadableStream<Uint8Array> {
  if (file === '-') return Readable.toWeb(process.stdin) as ReadableStream<Uint8Array>;
  requireFile(file);
  return Readable.toWeb(createReadStream(file)) as ReadableStream<Uint8Array>;
}

/** LiteLLM's table of prices, from a file. Throws where there is none, or where it is no object of objects. */
function readPrices(file: string): PriceTable {
  requireFile(file);
  let table: unknown;
  try {
    table = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`--prices: ${file} is not JSON: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
  const isTable = table !== null && typeof table === 'object' && !Array.isArray(table);
  const entries = isTable
    ? Object.values(table as object).filter(
        (entry) =>
          entry !== null &&
          typeof entry === 'object' &&
          Object.keys(entry as object).some((name) => name.includes('cost_per')),
      )
    : [];
  if (entries.length === 0)
    throw new Error(
      `--prices takes a table in LiteLLM's shape, { "model": { "input_cost_per_token": … } }, which ${file} is not`,
    );
  return table as PriceTable;
}

function rulesOf({ redact = [], 'redact-key': keys = [] }: ReadValues): readonly RedactRule[] {
  const names = new Set(
    redact
      .flatMap((list) => list.split(','))
      .map((name) => name.trim())
      .flatMap((name) => (name === 'all' ? Object.keys(redactors) : [name])),
  );
  const ready = Array.from(names, (name) => {
    const rule = ownValue(redactors, name);
    if (!rule) throw new Error(`--redact knows ${Object.keys(redactors).join(', ')} and all, not “${name}”`);
    return rule;
  });
  return [
    ...ready,
    ...keys.map((key, at): RedactRule => ({
      name: keys.length === 1 ? 'masked' : `masked-${at + 1}`,
      key: expression(key),
    })),
  ];
}

function expression(source: string): RegExp {
  try {
    return new RegExp(source, 'i');
  } catch {
    throw new Error(`--redact-key takes a regular expression, which “${source}” is not`);
  }
}

/**
 * Reports nothing of what is over at once: the first line comes after a second, the next ones every half, or every five
 * where nobody watches.
 */
function createProgress(): { readonly report: NonNullable<ParseOptions['onProgress']>; clear(): void } {
  const { stderr } = process;
  let next = Date.now() + 1000;
  let isShown = false;
  return {
    report({ phase, bytes, spans }) {
      if (Date.now() < next) return;
      next = Date.now() + (stderr.isTTY ? 500 : 5000);
      isShown = true;
      const soFar = `${phase}: ${(bytes / 1e6).toFixed(0)} MB${spans > 0 ? `, ${spans} spans` : ''}`;
      stderr.write(stderr.isTTY ? `\r\u001B[K${soFar}` : `${soFar}\n`);
    },
    clear: () => {
      if (isShown && stderr.isTTY) stderr.write('\r\u001B[K');
    },
  };
}
