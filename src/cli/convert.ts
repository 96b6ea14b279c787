import { parseArgs } from 'node:util';
import { aboutTrace, createShared, losses, nativeSpans } from '../adapters/native/toNativeJson.ts';
import { NATIVE_FORMAT } from '../adapters/native/types.ts';
import { toOtlpJson } from '../adapters/otlp/toOtlpJson.ts';
import type { TraceSet } from '../model/types.ts';
import { ownValue } from '../model/ownValue.ts';
import { READ_OPTIONS, readInputs, tellReading } from './readInputs.ts';
import { writeOutput } from './writeOutput.ts';

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
  await writeOutput(values.output ?? '-', write(set, !values['no-raw']));
  tellReading(set);
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
