#!/usr/bin/env node
import manifest from '../../package.json' with { type: 'json' };
import { oneLine } from './drawTree.ts';
import { ownValue } from '../model/ownValue.ts';

const USAGE = `usage: spanwise view    [FILE…|FOLDER] [--port N] [--no-open] [--redact …]
       spanwise view    A B --diff
       spanwise view    --listen [--save FILE] | --follow FILE|FOLDER
       spanwise report  FILE… -o FILE.html [--no-raw] [--redact …]
       spanwise inspect FILE… [--json] [--depth N] [--correct-clocks] [--assert "no QUERY"]
       spanwise digest  FILE… [--tokens N]
       spanwise transcript FILE…
       spanwise convert FILE… [--to native|otlp] [-o FILE] [--no-raw]
       spanwise diff    A B   [--json] [-o FILE.html] [--fail-on errors,structure,cost>10%,duration>20%]

view     shows trace files in a page on this machine; of a folder the newest, without a file a recorded example. --diff compares two.
         --listen takes what an OpenTelemetry exporter sends to http://localhost:4318 (OTLP over HTTP, JSON or protobuf)
         and shows it as it comes; --save also writes it to a file. --follow shows a file of lines that grows, such as the
         session of a coding agent while it runs, of a folder the newest.
report   writes the same page as one file to send, with the traces in it; it opens anywhere and asks for nothing.
inspect  prints each trace as a tree with times, tokens and cost, and what was repaired in reading.
         --assert ends a build: "no errors", "no stuck loops", "no serialised steps", "no orphans", "no first>1s".
digest   writes each trace as a short text for a model, within a budget of tokens (8000).
transcript prints each trace as one conversation: what was asked, answered and done, each thing once.
convert  writes all traces as one file, in spanwise's own format (default) or as OTLP JSON.
diff     says what changed from trace A to trace B: totals, what changed most, and where they part. -o also writes
         it as a page, as report does. A and B are files, or FILE#TRACE-ID where a file holds several traces.

Several files of one trace join (not to compare them); - is standard input, and with -o standard output. What is
masked is masked before anything is written. All commands take

  --format NAME       reads the input as that format instead of finding out
  --redact NAMES      masks email, phone, card, apiKey, jwt, ip or all, separated by commas
  --prices FILE       works out the cost of calls that report only tokens, by a table of prices in LiteLLM's shape
  --redact-key WORDS  masks every value under keys that match this regular expression, such as "password|api_?key"

Data goes to standard output, words to standard error. Exit 0: done; 1: a limit of --fail-on
is crossed, or what --assert asks is broken; 2: the call or its input was wrong.
`;

type Command = (args: readonly string[]) => Promise<void>;

/** Each comes with what it needs, and nothing else is loaded. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  view: async () => (await import('./view.ts')).view,
  report: async () => (await import('./report/report.ts')).report,
  inspect: async () => (await import('./inspect.ts')).inspect,
  digest: async () => (await import('./digest.ts')).digestCommand,
  transcript: async () => (await import('./transcript.ts')).transcriptCommand,
  convert: async () => (await import('./convert.ts')).convert,
  diff: async () => (await import('./diff.ts')).diff,
};

async function main([command, ...rest]: readonly string[]): Promise<void> {
  const help = [command, ...rest].some((word) => word === '--help' || word === '-h') || command === 'help';
  if (command === '--version') return void process.stdout.write(`${manifest.version}\n`);
  const load = ownValue(COMMANDS, command ?? '');
  if (load && !help) return (await load())(rest);
  const asked = command === undefined || help;
  (asked ? process.stdout : process.stderr).write(
    asked ? USAGE : `spanwise: there is no command “${command}”\n\n${USAGE}`,
  );
  process.exitCode = asked ? 0 : 2;
}

// A reader that has seen enough (`| head`) closes the pipe, which is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 2));

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`spanwise: ${oneLine(error instanceof Error ? error.message : String(error))}\n`);
  process.exit(2);
});
