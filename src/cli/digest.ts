import { parseArgs } from 'node:util';
import { digest } from '../export/digest.ts';
import { visibleControls } from '../visibleControls.ts';
import { READ_OPTIONS, readInputs } from './readInputs.ts';
import { writeAll } from './writeAll.ts';

/** `spanwise digest FILE…`: each trace as a text for a model; the budget is that of one trace. */
export async function digestCommand(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { ...READ_OPTIONS, tokens: { type: 'string', default: '8000' } },
  });
  // An empty text would be 0.
  const tokens = Number(values.tokens || Number.NaN);
  if (!(tokens > 0)) throw new Error(`--tokens takes a number above 0, not “${values.tokens}”`);
  const { traces } = await readInputs(positionals, values);
  const texts: string[] = [];
  for (const trace of traces) {
    const text = await digest(trace, { tokens });
    // Line breaks are ours or stand for those of the text; nothing else speaks to a terminal.
    texts.push(`${text.split('\n').map(visibleControls).join('\n')}\n`);
  }
  await writeAll(process.stdout, texts);
}
