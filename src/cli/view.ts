import { spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { serveViewer, VIEWER } from './serveViewer.ts';

const EXAMPLE = join(VIEWER, 'example.otlp.jsonl');

/** `spanwise view FILE…`: serves the viewer on loopback, prints the address and opens the browser where somebody sits before it. */
export async function view(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args], allowPositionals: true,
    options: { port: { type: 'string', default: '0' }, 'no-open': { type: 'boolean', default: false } },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`--port takes a number from 0 to 65535, not “${values.port}”`);
  for (const file of positionals) {
    if (!statSync(file, { throwIfNoEntry: false })?.isFile()) throw new Error(`no such file: ${file}`);
  }
  const files = positionals.length > 0 ? positionals : [EXAMPLE];
  const { url } = await serveViewer(files, port);
  process.stdout.write(`${url}\n`);
  process.stderr.write(`Showing ${positionals.length > 0 ? files.join(', ') : 'a recorded example'}. Ctrl-C ends.\n`);
  if (!values['no-open'] && process.stdout.isTTY && !process.env['CI']) openBrowser(url);
}

function openBrowser(url: string): void {
  const [command, ...args] = process.platform === 'darwin' ? ['open', url] : process.platform === 'win32' ? ['cmd', '/c', 'start', '', url] : ['xdg-open', url];
  spawn(command!, args, { stdio: 'ignore', detached: true }).on('error', () => {}).unref();
}
