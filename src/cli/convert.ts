import { createWriteStream, realpathSync, renameSync, rmSync, statSync, type WriteStream } from 'node:fs';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { aboutTrace, createShared, losses, nativeSpans } from '../adapters/native/toNativeJson.ts';
import { NATIVE_FORMAT } from '../adapters/native/types.ts';
import { toOtlpJson } from '../adapters/otlp/toOtlpJson.ts';
import type { TraceSet } from '../model/types.ts';
import { ownValue } from '../model/ownValue.ts';
import { oneLine } from './drawTree.ts';
import { READ_OPTIONS, readInputs } from './readInputs.ts';
import { writeAll } from './writeAll.ts';

const WRITERS: Readonly<Record<string, (set: TraceSet, raw: boolean) => Iterable<string>>> = { native, otlp };

/** `spanwise convert FILE…`: all traces as one document, in spanwise's own format or as OTLP JSON. */
export async function convert(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...READ_OPTIONS,
      to: { type: 'string', default: 'native' },
      output: { type: 'string', short: 'o' },
      'no-raw': { type: 'boolean', default: false },
    },
  });
  const write = ownValue(WRITERS, values.to);
  if (!write) throw new Error(`--to takes ${Object.keys(WRITERS).join(' or ')}, not “${values.to}”`);
  const set = await readInputs(positionals, values);
  const pieces = write(set, !values['no-raw']);
  if (values.output === undefined || values.output === '-') await writeAll(process.stdout, pieces);
  else await writeFile(values.output, pieces);
  const { entries, shown, merged, skipped } = set.accounting;
  process.stderr.write(`${set.format}: ${entries} entries, ${shown} written, ${merged} merged, ${skipped} left out\n`);
  for (const { severity, code, message } of set.diagnostics)
    if (severity !== 'info') process.stderr.write(`${code}: ${oneLine(message)}\n`);
}

/**
 * A file is there when it is whole, and not before: the input may be the same file, or the disk full. What is there and
 * no file (a device, a pipe) is written to as it is, and a link is followed, not replaced.
 */
async function writeFile(target: string, pieces: Iterable<string>): Promise<void> {
  const found = target === '' ? undefined : statSync(target, { throwIfNoEntry: false });
  if (target === '' || found?.isDirectory()) throw new Error(`-o takes a file, not “${target}”`);
  if (found && !found.isFile()) return writeTo(createWriteStream(target), pieces);
  const path = found ? realpathSync(target) : target;
  const partial = `${path}.${process.pid}.part`;
  const remove = (): void => rmSync(partial, { force: true });
  const stop = (): void => {
    remove();
    process.exit(130);
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    await writeTo(createWriteStream(partial, { flags: 'wx', ...(found ? { mode: found.mode } : {}) }), pieces);
    renameSync(partial, path);
  } catch (error) {
    remove();
    throw error;
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}

async function writeTo(file: WriteStream, pieces: Iterable<string>): Promise<void> {
  // Every error comes through here, also one while somebody waits for the file to drain.
  const failed = new Promise<never>((_, reject) => {
    file.once('error', reject);
  });
  try {
    await Promise.race([failed, writeAll(file, pieces)]);
    file.end();
    await Promise.race([failed, once(file, 'finish')]);
  } finally {
    file.destroy();
  }
}

/** A set as native JSON, span by span, so that a trace may be larger than the longest text. */
export function* native({ traces, diagnostics }: TraceSet, raw: boolean): Generator<string> {
  const lost = losses(diagnostics);
  yield `{"format":${JSON.stringify(NATIVE_FORMAT)},"traces":[`;
  for (const [place, trace] of traces.entries()) {
    const shared = createShared();
    yield `${place > 0 ? ',' : ''}\n${JSON.stringify(aboutTrace(trace)).slice(0, -1)},"spans":[`;
    let first = true;
    for (const span of nativeSpans(trace, shared)) {
      yield `${first ? '' : ','}\n${JSON.stringify(raw ? span : { ...span, raw: undefined })}`;
      first = false;
    }
    yield `\n],"resources":${JSON.stringify(shared.resources)},"scopes":${JSON.stringify(shared.scopes)}}`;
  }
  yield `\n]${lost.length > 0 ? `,"diagnostics":${JSON.stringify(lost)}` : ''}}\n`;
}

function* otlp(set: TraceSet): Generator<string> {
  yield '{"resourceSpans":[';
  let first = true;
  for (const trace of set.traces) {
    for (const resourceSpans of toOtlpJson(trace).resourceSpans) {
      yield `${first ? '' : ','}\n${JSON.stringify(resourceSpans)}`;
      first = false;
    }
  }
  yield '\n]}\n';
}
