import { existsSync, realpathSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { TraceSet } from '../../model/types.ts';
import { native } from '../convert.ts';
import { oneLine } from '../drawTree.ts';
import { isMasked, READ_OPTIONS, readInputs, tellReading, type ReadValues } from '../readInputs.ts';
import { sideOf, type PairSide } from '../readPair.ts';
import { reportPage, type Report } from './reportPage.ts';
import { writeOutput } from '../writeOutput.ts';

/** `spanwise report FILE… -o out.html`: the viewer and the traces as one page that asks for nothing. */
export async function report(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...READ_OPTIONS,
      output: { type: 'string', short: 'o' },
      'no-raw': { type: 'boolean', default: false },
    },
  });
  if (values.output === undefined) throw new Error('report needs -o FILE, the page to write; - is standard output');
  requireNoInput(values.output, positionals);
  const set = await readInputs(positionals, values);
  if (set.traces.length === 0) throw new Error('there are no spans to show in a report');
  const inputs = [native(set, !values['no-raw'])];
  tellReading(set);
  await writeReport(values.output, { title: titleOf(set), diff: false, inputs }, [set], values);
}

/** What `spanwise diff A B -o out.html` writes: the same page with both traces, compared. */
export async function writeDiffReport(
  output: string,
  pair: readonly PairSide[],
  raw: boolean,
  values: ReadValues,
): Promise<void> {
  const sets = pair.map(({ set }) => set);
  const names = new Set(pair.map(({ trace }) => trace.name || trace.traceId));
  const title = `${[...names].join(' → ')} · spanwise`;
  await writeReport(output, { title, diff: true, inputs: sets.map((set) => native(set, raw)) }, sets, values);
}

/** Throws where a page would be written over one of the files that it is made of. */
export function requireNoInput(output: string, words: readonly string[]): void {
  const files = words.map((word) => sideOf(word).file);
  const isOutput = (file: string): boolean => existsSync(file) && realpathSync(file) === realpathSync(output);
  if (output !== '-' && existsSync(output) && files.some(isOutput))
    throw new Error(`-o ${output} is one of the files to read, and would be lost`);
}

/** Writes the page, and says on standard error how large it is and what is masked in it. */
async function writeReport(output: string, page: Report, sets: readonly TraceSet[], values: ReadValues): Promise<void> {
  const bytes = await writeOutput(output, reportPage(page));
  const size = bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
  process.stderr.write(`${output === '-' ? 'report' : oneLine(output)}: ${size}. ${maskedWords(sets, values)}\n`);
}

function maskedWords(sets: readonly TraceSet[], values: ReadValues): string {
  if (!isMasked(values)) return 'Nothing is masked in it: --redact and --redact-key say what is to be.';
  const notes = sets.flatMap(({ diagnostics }) => diagnostics.filter(({ code }) => code === 'redacted'));
  // Both sides of a pair tell of the same values.
  const words = new Set(notes.map(({ message }) => oneLine(message)));
  return words.size === 0 ? 'Nothing was found to mask.' : [...words].join(' ');
}

function titleOf({ traces }: TraceSet): string {
  const [first] = traces;
  const name = first!.name || first!.traceId;
  return `${name}${traces.length > 1 ? ` and ${traces.length - 1} more` : ''} · spanwise`;
}
