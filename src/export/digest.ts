import { foldLoops } from '../analysis/foldLoops.ts';
import { findings } from '../analysis/agents/findings.ts';
import { speedupsInSteps } from '../analysis/agents/speedups.ts';
import { ledger } from '../analysis/amounts/ledger.ts';
import { onCriticalPath } from '../analysis/criticalPath/criticalPath.ts';
import { inputText, outputText } from '../analysis/diff/signs/recordedTexts.ts';
import { errors } from '../analysis/errors.ts';
import { contentOf } from '../analysis/query/match/matchQuery.ts';
import { soon, type StepsOptions } from '../analysis/steps.ts';
import { englishFormat } from '../format.ts';
import { createTimeSlices } from '../model/timeSlices.ts';
import type { Trace } from '../model/types.ts';
import { visibleControls } from '../visibleControls.ts';

export interface DigestOptions extends StepsOptions {
  /** The budget. */
  readonly tokens: number;
}

/** Tokenizers make fewer tokens of prose, JSON and code in any script than every third byte of UTF-8. */
const BYTES_PER_TOKEN = 3;
const encoder = new TextEncoder();
/** Letters of a recorded text that stand in a line. */
const LINE = 240;
/** Steps deeper than this are indented no further. */
const INDENTED = 20;

/**
 * A faithful text of a trace for a model, within a budget of tokens (counted as a third of its bytes in UTF-8, rounded
 * up): what it came to, what is to know (`findings`), where the time went, then the steps as a tree in which a loop is
 * one line with its first iteration, failed steps with their messages, and the first lines of what was asked and
 * answered. Where the budget does not do for all of that, less of each is said, and how much was left out. Masked as the
 * contents are. The same trace and budget give the same text. Rejects with the reason of the signal when aborted.
 */
export async function digest(trace: Trace, { tokens, signal }: DigestOptions): Promise<string> {
  const text = new Budget(Math.floor(tokens * BYTES_PER_TOKEN));
  for (const line of headLines(trace)) text.line(line);
  const found = await findings(trace, { signal });
  if (found.length > 0) text.line('\n## Findings');
  text.lines(
    found.map(({ severity, message }) => `- ${severity}: ${oneLine(message)}`),
    0.4,
  );
  const gains = (await soon(speedupsInSteps(trace), { signal })).slice(0, 5);
  if (gains.length > 0) text.line('\n## Where the time went');
  text.lines(
    gains.map(
      ({ name, keys, half }) =>
        `- ${oneLine(name)}${keys.length > 1 ? ` ×${keys.length}` : ''}: ${englishFormat().duration(waited(trace, keys))} on the critical path; half of it ends the trace ${englishFormat().duration(half)} sooner`,
    ),
    0.5,
  );
  const steps = outline(trace);
  text.line('\n## Steps');
  const said = text.lines(
    steps.map(({ line }) => line),
    0.75,
  );
  const yieldTurn = createTimeSlices({ signal });
  const order = steps.slice(0, said).map(({ index }) => index);
  const isFailed = new Set(errors(trace));
  // The request and the answer first, then what failed, then the rest in order.
  const first = order.filter((index) => index === 0 || isFailed.has(index));
  text.line('\n## Contents');
  for (const index of new Set([...first, ...order])) {
    const turn = yieldTurn();
    if (turn) await turn;
    const content = await contentOf(trace, index);
    if (!content) continue;
    const [given, answer] = [oneLine(inputText(content)), oneLine(outputText(content))];
    if (given === '' && answer === '') continue;
    const isThere = text.line(
      [
        `- [${index}] ${oneLine(trace.span(index).name)}`,
        ...(given === '' ? [] : [`  in: ${given}`]),
        ...(answer === '' ? [] : [`  out: ${answer}`]),
      ].join('\n'),
    );
    if (!isThere) break;
  }
  return text.done();
}

function headLines(trace: Trace): readonly string[] {
  const { usage, cost, calls, callsWithUsage, callsWithCost } = ledger(trace).total;
  const failed = errors(trace).length;
  return [
    `# ${oneLine(trace.name) || 'A trace'}`,
    [
      `${englishFormat().count(trace.spanCount)} spans`,
      trace.timeBasis === 'step' ? 'no times recorded' : englishFormat().duration(trace.end),
      `${englishFormat().count(failed)} failed`,
      ...(usage.total === null
        ? []
        : [`${englishFormat().count(usage.total)} tokens of ${callsWithUsage} of ${calls} calls`]),
      ...(cost.total === null
        ? []
        : [
            `${englishFormat().exactMoney(cost.total, cost.currency)} (${cost.origin}) of ${callsWithCost} of ${calls} calls`,
          ]),
    ].join(' · '),
  ];
}

function waited(trace: Trace, keys: readonly string[]): number {
  const path = onCriticalPath(trace);
  const { subtreeEnd } = trace.columns;
  let sum = 0;
  for (const key of keys) {
    const { index } = trace.find(key)!;
    for (let at = index; at < subtreeEnd[index]!; at += 1) sum += path[at]!;
  }
  return sum;
}

interface Step {
  readonly index: number;
  readonly line: string;
}

/** The steps as a tree; of a loop one line and its first iteration, and what failed in the others. */
function outline(trace: Trace): readonly Step[] {
  const { depth, subtreeEnd } = trace.columns;
  const heads = new Map<number, string>();
  const hidden = new Uint8Array(trace.spanCount);
  const isFailed = new Uint8Array(trace.spanCount);
  for (const index of errors(trace)) isFailed[index] = 1;
  for (const { iterations } of foldLoops(trace)) {
    const first = trace.find(iterations[0]![0]!)!.index;
    heads.set(first, `loop ×${iterations.length}, the first iteration:`);
    for (const keys of iterations.slice(1))
      for (const key of keys) {
        const { index } = trace.find(key)!;
        hidden.fill(1, index, subtreeEnd[index]);
      }
  }
  const steps: Step[] = [];
  for (let index = 0; index < trace.spanCount; index += 1) {
    if (hidden[index] === 1 && isFailed[index] === 0) continue;
    const indent = '  '.repeat(Math.min(depth[index]!, INDENTED));
    const head = heads.get(index);
    const loop = head === undefined || hidden[index] === 1 ? '' : `${indent}- ${head}\n`;
    steps.push({ index, line: `${loop}${indent}- ${stepLine(trace, index)}` });
  }
  return steps;
}

function stepLine(trace: Trace, index: number): string {
  const { kind, name, duration, status, statusMessage, model } = trace.span(index);
  const { usage, cost } = ledger(trace).subtree(index);
  const isStep = trace.timeBasis === 'step';
  const failed = status === 'error' ? ` FAILED${statusMessage === null ? '' : `: ${oneLine(statusMessage)}`}` : '';
  return [
    `[${index}] ${kind === 'span' ? '' : `${kind} `}${oneLine(name)}`,
    ...(model === null || name.includes(model) ? [] : [oneLine(model)]),
    ...(isStep ? [] : [englishFormat().duration(duration)]),
    ...(usage.total === null ? [] : [`${englishFormat().tokens(usage.total)} tokens`]),
    ...(cost.total === null ? [] : [englishFormat().money(cost.total, cost.currency)]),
  ]
    .join(' ')
    .concat(failed);
}

/** One line of a recorded text; a mark of what is masked is not cut in two. */
function oneLine(text: string): string {
  const line = visibleControls(
    text
      .slice(0, LINE * 2)
      .replaceAll(/\s+/g, ' ')
      .trim(),
  );
  if (line.length <= LINE && text.length <= LINE * 2) return line;
  return `${line
    .slice(0, LINE)
    .replace(/⟦[^⟦⟧]*$/, '')
    .replace(/[\uD800-\uDBFF]$/, '')}…`;
}

/** A text that stays within so many bytes. */
class Budget {
  readonly #most: number;
  readonly #lines: string[] = [];
  #bytes = 0;
  constructor(most: number) {
    this.#most = most;
  }

  /** Whether the line had room. */
  line(text: string, most = this.#most): boolean {
    const bytes = encoder.encode(text).length + 1;
    if (this.#bytes + bytes > most) return false;
    this.#lines.push(text);
    this.#bytes += bytes;
    return true;
  }

  /** As many lines as have room up to a part of the whole, with how many were left out. Gives how many are there. */
  lines(texts: readonly string[], part: number): number {
    let said = 0;
    while (said < texts.length && this.line(texts[said]!, this.#most * part)) said += 1;
    if (said < texts.length) this.line(`- … ${texts.length - said} more, left out`);
    return said;
  }

  done(): string {
    return this.#lines.join('\n').trim();
  }
}
