import { ownValue } from '../model/ownValue.ts';
import { parseArgs } from 'node:util';
import { diffTraces } from '../analysis/diff/diffTraces.ts';
import { beganAt } from '../analysis/traces/knownTimes.ts';
import type { Delta, DiffChange, TraceDiffResult } from '../analysis/diff/types.ts';
import { createFormat } from '../format.ts';
import type { Trace } from '../model/types.ts';
import { createPaint, oneLine, type Paint } from './drawTree.ts';
import { parseLimits } from './failOn.ts';
import { READ_OPTIONS } from './readInputs.ts';
import { readPair } from './readPair.ts';
import { requireNoInput, writeDiffReport } from './report/report.ts';
import { writeAll } from './writeAll.ts';

const format = createFormat('en', 'UTC');

/**
 * `spanwise diff A B`: what changed from one trace to another, for a reader or with `--json` as data, and with `-o` as one
 * page. Exit 1 where a limit of `--fail-on` is crossed.
 */
export async function diff(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...READ_OPTIONS,
      json: { type: 'boolean', default: false },
      'fail-on': { type: 'string', multiple: true },
      output: { type: 'string', short: 'o' },
      'no-raw': { type: 'boolean', default: false },
    },
  });
  const limits = (values['fail-on'] ?? []).flatMap(parseLimits);
  const { output } = values;
  if (output === '-' && values.json) throw new Error('only one of --json and -o can go to standard output');
  if (output !== undefined) requireNoInput(output, positionals);
  const pair = await readPair('diff', positionals, values);
  const [a, b] = pair.map(({ trace }) => trace) as [Trace, Trace];
  const paint = createPaint(process.stdout.isTTY && !process.env['NO_COLOR']);
  if (output !== undefined) await writeDiffReport(output, pair, !values['no-raw'], values);
  if (output === '-' && limits.length === 0) return;
  const result = diffTraces(a, b);
  if (output !== '-') await writeAll(process.stdout, values.json ? json(result) : text(result, a, b, paint));
  for (const limit of limits) {
    const why = limit.crossed(result);
    if (why !== null) {
      process.stderr.write(`--fail-on ${limit.words}: ${oneLine(why)}\n`);
      process.exitCode = 1;
    } else if (limit.unknown(result)) {
      process.stderr.write(`--fail-on ${limit.words}: not known on both sides\n`);
    }
  }
}

function* text(result: TraceDiffResult, a: Trace, b: Trace, paint: Paint): Generator<string> {
  const { totals, counts, changes, divergence, warnings, rows } = result;
  yield `${paint.faint('A')} ${paint.strong(oneLine(a.name) || '—')}  ${began(a)} · trace ${oneLine(a.traceId)}\n`;
  yield `${paint.faint('B')} ${paint.strong(oneLine(b.name) || '—')}  ${began(b)} · trace ${oneLine(b.traceId)}\n\n`;
  for (const [name, total] of Object.entries(totals))
    if (total.a !== null || total.b !== null) yield `${oneLine(name).padEnd(12)} ${totalLine(name, total, paint)}\n`;
  yield `\n${counts.same} same, ${counts.changed} changed, ${counts.added} added, ${counts.removed} removed, ${counts.moved} moved\n`;
  for (const warning of warnings) yield `${paint.warn('warning')} ${oneLine(warning)}\n`;
  if (changes.length > 0) yield `\n${paint.strong('What changed most')}\n`;
  for (const change of changes) yield `  ${changeLine(change, paint)}\n`;
  if (divergence) {
    const { a: keyA, b: keyB } = rows[divergence.row]!;
    const span = (keyB === null ? undefined : b.find(keyB)) ?? (keyA === null ? undefined : a.find(keyA));
    const after =
      divergence.recoversAt === null
        ? ''
        : `, for ${divergence.recoversAt - divergence.row} ${divergence.recoversAt - divergence.row === 1 ? 'step' : 'steps'}`;
    yield `\n${paint.strong('They part')} at ${oneLine(span?.name ?? '')}: ${divergence.kind}${after}\n`;
  }
}

function began(trace: Trace): string {
  const at = beganAt(trace);
  return at === null ? 'no times recorded' : `${format.dateTime(at)} UTC`;
}

const WRITTEN: Readonly<Record<string, (amount: number) => string>> = {
  duration: (amount) => format.duration(amount),
  cost: (amount) => format.money(amount),
  tokens: (amount) => format.tokens(amount),
};
/** To six decimals, for amounts that have no form of their own. */
const rounded = (each: number): string => String(Math.round(each * 1e6) / 1e6);
const amount = (name: string, value: number | null): string =>
  value === null ? '?' : (ownValue(WRITTEN, name) ?? rounded)(value);
const signed = (name: string, value: number): string => `${value < 0 ? '−' : '+'}${amount(name, Math.abs(value))}`;

function totalLine(name: string, { a, b, delta, ratio }: Delta, paint: Paint): string {
  if (delta === 0) return amount(name, a);
  const change =
    delta === null
      ? ''
      : `  ${signed(name, delta)}${ratio === null ? '' : ` (${delta > 0 ? '+' : '−'}${Math.round(Math.abs(ratio - 1) * 1000) / 10}%)`}`;
  return `${amount(name, a)} → ${amount(name, b)}${paint.faint(change)}`;
}

function changeLine({ message, measure, amount: by }: DiffChange, paint: Paint): string {
  const words = measure === 'status' ? paint.error(oneLine(message)) : oneLine(message);
  const unit =
    measure === 'structure'
      ? `  ${by === null ? '' : `${by < 0 ? '−' : '+'}${Math.abs(by)} ${Math.abs(by) === 1 ? 'span' : 'spans'}`}`
      : '';
  const told = by !== null && Object.hasOwn(WRITTEN, measure) ? `  ${signed(measure, by)}` : unit;
  return `${words}${paint.faint(told)}`;
}

/** The whole result; pairs are told as span ids. */
function* json({ pairs, rows, ...rest }: TraceDiffResult): Generator<string> {
  const spanId = (key: string): string => key.slice(key.indexOf('/') + 1);
  yield `${JSON.stringify(rest).slice(0, -1)},"pairs":[`;
  for (const [at, pair] of pairs.entries())
    yield `${at > 0 ? ',' : ''}\n${JSON.stringify({ ...pair, a: spanId(pair.a), b: spanId(pair.b) })}`;
  yield '],"rows":[';
  for (const [at, row] of rows.entries()) yield `${at > 0 ? ',' : ''}\n${JSON.stringify(row)}`;
  yield ']}\n';
}
