import { createWriteStream, renameSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { aboutTrace, createShared, nativeSpans } from '../adapters/native/toNativeJson.ts';
import { NATIVE_FORMAT } from '../adapters/native/types.ts';
import { toOtlpJson } from '../adapters/otlp/toOtlpJson.ts';
import type { TraceSet } from '../model/types.ts';
import { READ_OPTIONS, readInputs } from './readInputs.ts';
import { writeAll } from './writeAll.ts';

const WRITERS: Readonly<Record<string, (set: TraceSet, raw: boolean) => Iterable<string>>> = { native, otlp };

/** `spanwise convert FILE…`: all traces as one document, in spanwise's own format or as OTLP JSON. */
export async function convert(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args], allowPositionals: true,
    options: { ...READ_OPTIONS, to: { type: 'string', default: 'native' }, output: { type: 'string', short: 'o' }, 'no-raw': { type: 'boolean', default: false } },
  });
  const write = Object.hasOwn(WRITERS, values.to) ? WRITERS[values.to] : undefined;
  if (!write) throw new Error(`--to takes ${Object.keys(WRITERS).join(' or ')}, not “${values.to}”`);
  const set = await readInputs(positionals, values);
  const pieces = write(set, !values['no-raw']);
  if (values.output === undefined || values.output === '-') await writeAll(process.stdout, pieces);
  else await writeFile(values.output, pieces);
  const { entries, shown, merged, skipped } = set.accounting;
  process.stderr.write(`${set.format}: ${entries} entries, ${shown} written, ${merged} merged, ${skipped} left out\n`);
  for (const { severity, code, message } of set.diagnostics) if (severity === 'error') process.stderr.write(`${code}: ${message}\n`);
}

/** The file is there when it is whole, and not before: the input may be the same file, or the disk full. */
async function writeFile(path: string, pieces: Iterable<string>): Promise<void> {
  const partial = `${path}.part`;
  const file = createWriteStream(partial);
  try {
    await once(file, 'open');
    await writeAll(file, pieces);
    file.end();
    await once(file, 'finish');
    renameSync(partial, path);
  } catch (error) {
    file.destroy();
    rmSync(partial, { force: true });
    throw error;
  }
}

/** A set as native JSON, span by span, so that a trace may be larger than the longest text. */
export function* native({ traces }: TraceSet, raw: boolean): Generator<string> {
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
  yield '\n]}\n';
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
