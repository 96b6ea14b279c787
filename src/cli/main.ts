#!/usr/bin/env node
import { view } from './view.ts';

const USAGE = `usage: spanwise view [FILE…] [--port N] [--no-open]

Shows trace files in a page on this machine; several files of one trace join. Without a file it shows a recorded example.
`;

/** Words go to stderr, data to stdout; exit 2 means that the call or its input was wrong. */
async function main([command, ...rest]: readonly string[]): Promise<void> {
  if (command === 'view') return view(rest);
  process.stderr.write(USAGE);
  process.exitCode = command === undefined || command === '--help' || command === 'help' ? 0 : 2;
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`spanwise: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(2);
});
