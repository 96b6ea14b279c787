import { parseArgs } from 'node:util';
import { parseAssertion } from './assertions.ts';
import { errors } from '../analysis/errors.ts';
import { beganAt, wholeLength } from '../analysis/traces/knownTimes.ts';
import { traceFacts } from '../analysis/traces/traceFacts.ts';
import { ledger } from '../analysis/amounts/ledger.ts';
import { selfTime } from '../analysis/time/selfTime.ts';
import { createFormat } from '../format.ts';
import { correctClocks } from '../model/clocks/correctClocks.ts';
import type { Diagnostic, Trace, TraceSet } from '../model/types.ts';
import { createPaint, drawTree, oneLine, type Paint } from './drawTree.ts';
import { READ_OPTIONS, readInputs } from './readInputs.ts';
import { writeAll } from './writeAll.ts';

const format = createFormat('en', 'UTC');

/**
 * `spanwise inspect FILE…`: each trace as a tree in text, or with `--json` as data, and what was repaired in reading. Exit 1
 * where a trace breaks what `--assert` asks.
 */
export async function inspect(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...READ_OPTIONS,
      json: { type: 'boolean', default: false },
      depth: { type: 'string' },
      'correct-clocks': { type: 'boolean', default: false },
      assert: { type: 'string', multiple: true },
    },
  });
  // An empty text would be 0.
  const depth = values.depth === undefined ? Infinity : Number(values.depth || Number.NaN);
  if (!(depth >= 0)) throw new Error(`--depth takes a number from 0, not “${values.depth}”`);
  const assertions = (values.assert ?? []).map(parseAssertion);
  const recorded = await readInputs(positionals, values);
  const set = values['correct-clocks']
    ? { ...recorded, traces: recorded.traces.map((trace) => correctClocks(trace).trace) }
    : recorded;
  const paint = createPaint(process.stdout.isTTY && !process.env['NO_COLOR']);
  await writeAll(process.stdout, values.json ? inspectedJson(set) : inspectedText(set, paint, depth));
  for (const { words, broken } of assertions) {
    for (const trace of set.traces) {
      const why = await broken(trace);
      if (why === null) continue;
      process.stderr.write(`--assert ${oneLine(words)}: ${oneLine(trace.name) || trace.traceId}: ${oneLine(why)}\n`);
      process.exitCode = 1;
    }
  }
}

/** What `inspect` prints. */
export function* inspectedText(set: TraceSet, paint: Paint, depth: number): Generator<string> {
  for (const trace of set.traces) {
    for (const line of heading(trace, paint)) yield `${line}\n`;
    for (const line of drawTree(trace, paint, depth)) yield `${line}\n`;
    yield '\n';
  }
  yield `${report(set)}\n`;
  for (const note of grouped(set.diagnostics)) yield `${noteLine(note, paint)}\n`;
}

function heading(trace: Trace, paint: Paint): readonly string[] {
  const { usage, cost, calls, callsWithUsage, callsWithCost } = ledger(trace).total;
  const { errors: failed, statusKnown } = traceFacts(trace);
  const noErrors = statusKnown ? 'no errors' : 'no errors recorded';
  const length = wholeLength(trace);
  const began = beganAt(trace);
  const services = new Set(Array.from(trace.columns.service).filter((id) => id !== 0));
  const counted = callsWithUsage < calls ? ` (${callsWithUsage} of ${calls} calls counted)` : '';
  const priced = callsWithCost < calls ? ` (${callsWithCost} of ${calls} calls priced)` : '';
  const origin = cost.origin === 'reported' ? '' : ` ${cost.origin}`;
  const facts = [
    ...(Number.isNaN(length) ? [] : [format.duration(length)]),
    count(trace.spanCount, 'span'),
    failed > 0 ? paint.error(count(failed, 'error')) : noErrors,
    ...(services.size > 0 ? [count(services.size, 'service')] : []),
    ...(usage.total === null ? [] : [`${format.count(usage.total)} tokens${counted}`]),
    ...(cost.total === null ? [] : [`${format.money(cost.total, cost.currency)}${origin}${priced}`]),
  ];
  const about = [
    began === null ? 'no times recorded' : `${format.dateTime(began)} UTC`,
    `trace ${oneLine(trace.traceId)}`,
    ...(trace.sessionId === undefined ? [] : [`session ${oneLine(trace.sessionId)}`]),
    ...(trace.userId === undefined ? [] : [`user ${oneLine(trace.userId)}`]),
    ...(trace.tags.length > 0 ? [`tags ${trace.tags.map(oneLine).join(', ')}`] : []),
    ...trace.scores.map(({ name, value, label }) => `${oneLine(name)}=${value ?? oneLine(label ?? '?')}`),
  ];
  return [`${paint.strong(oneLine(trace.name) || '—')}  ${facts.join(' · ')}`, paint.faint(about.join(' · ')), ''];
}

const count = (number: number, word: string): string => `${format.count(number)} ${word}${number === 1 ? '' : 's'}`;

function report({ format: name, traces, accounting }: TraceSet): string {
  const [entries, shown, merged, skipped] = (['entries', 'shown', 'merged', 'skipped'] as const).map((what) =>
    format.count(accounting[what]),
  );
  const became = `${shown} shown, ${merged} merged, ${skipped} left out`;
  return `${name}: ${count(traces.length, 'trace')} · ${entries} entries in the input: ${became}`;
}

interface Note extends Diagnostic {
  readonly lastLine?: number;
}

/** Notes that differ in nothing but the line are one. */
function grouped(notes: readonly Diagnostic[]): readonly Note[] {
  const groups = new Map<string, Note>();
  for (const note of notes) {
    const id = JSON.stringify([note.code, note.message, note.path]);
    const group = groups.get(id);
    groups.set(
      id,
      group
        ? { ...group, count: group.count + note.count, ...(note.line === undefined ? {} : { lastLine: note.line }) }
        : note,
    );
  }
  return [...groups.values()];
}

function noteLine({ code, severity, message, count: times, line, lastLine, path }: Note, paint: Paint): string {
  const tone = { error: paint.error, warning: paint.warn, info: paint.faint }[severity];
  const howOften = times > 1 ? ` ×${format.count(times)}` : '';
  const lines = lastLine === undefined ? ` (line ${line})` : ` (lines ${line} to ${lastLine})`;
  const place = (line === undefined ? '' : lines) + (path === undefined ? '' : ` (${oneLine(path)})`);
  return `${tone(severity.padEnd(7))} ${code}${howOften}  ${oneLine(message)}${place}`;
}

/**
 * The same as data: `{ format, accounting, diagnostics, traces: [{ …, spans: [...] }] }`. Times are nanoseconds,
 * unknown amounts are null.
 */
export function* inspectedJson({ format: name, accounting, diagnostics, traces }: TraceSet): Generator<string> {
  const head = JSON.stringify({ format: name, accounting, diagnostics });
  yield `${head.slice(0, -1)},"traces":[`;
  for (const [place, trace] of traces.entries()) {
    const { total } = ledger(trace);
    const own = selfTime(trace);
    const { key, traceId, name: traceName, sessionId, userId, tags, scores } = trace;
    const about = {
      key,
      traceId,
      name: traceName,
      sessionId: sessionId ?? null,
      userId: userId ?? null,
      tags,
      scores,
      startUnixNano: beganAt(trace)?.toString() ?? null,
      duration: wholeLength(trace),
      spanCount: trace.spanCount,
      errors: errors(trace).length,
      total,
    };
    yield `${place > 0 ? ',' : ''}\n${JSON.stringify(about).slice(0, -1)},"spans":[`;
    for (let index = 0; index < trace.spanCount; index += 1) {
      const span = trace.span(index);
      // Without a recorded start it stands at that of its parent, which says nothing of its own.
      const isPlaced = span.startUnixNano === null;
      yield `${index > 0 ? ',' : ''}\n${JSON.stringify({
        key: span.key,
        parent: span.parent?.key ?? null,
        depth: span.depth,
        name: span.name,
        kind: span.kind,
        status: span.status,
        statusMessage: span.statusMessage,
        service: span.service,
        model: span.model,
        start: isPlaced ? null : span.start,
        duration: span.duration,
        selfTime: isPlaced ? null : own[index],
        firstToken: span.firstToken,
        usage: span.usage,
        cost: span.cost,
        scores: span.scores,
        diagnostics: span.diagnostics.map(({ code }) => code),
      })}`;
    }
    yield ']}';
  }
  yield ']}\n';
}
