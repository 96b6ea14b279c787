import { parseArgs } from 'node:util';
import { transcriptText } from '../export/transcriptText.ts';
import { visibleControls } from '../visibleControls.ts';
import { READ_OPTIONS, readInputs } from './readInputs.ts';
import { writeAll } from './writeAll.ts';

/** `spanwise transcript FILE…`: each trace as one conversation. */
export async function transcriptCommand(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: READ_OPTIONS });
  const { traces } = await readInputs(positionals, values);
  const texts: string[] = [];
  for (const trace of traces) {
    const text = `# ${trace.name}\n\n${await transcriptText(trace)}`;
    // Line breaks are ours or stand for those of the text; nothing else speaks to a terminal.
    texts.push(`${text.split('\n').map(visibleControls).join('\n')}\n`);
  }
  await writeAll(process.stdout, texts);
}
