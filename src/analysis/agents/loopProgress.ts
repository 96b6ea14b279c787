import { answerOf, remoteOf } from '../../model/remote.ts';
import { kindCode } from '../../model/codes.ts';
import { createTimeSlices } from '../../model/timeSlices.ts';
import type { LedgerEntry, LoopFold, Nanos, SpanKey, Trace } from '../../model/types.ts';
import { ledgerOf } from '../amounts/ledger.ts';
import { canonicalJson } from '../diff/signs/canonicalJson.ts';
import { askedText, outputText } from '../diff/signs/recordedTexts.ts';
import { contentOf } from '../query/match/matchQuery.ts';
import type { StepsOptions } from '../steps.ts';
import { waits } from './waits.ts';

/** Whether a loop got anywhere. */
export interface LoopProgress {
  readonly stuck: boolean;
  /** In plain English; null where it is not stuck. */
  readonly reason: string | null;
  readonly code: 'same-arguments' | 'same-result' | null;
  /** The tool that was called in vain, how often, and the calls. */
  readonly tool: string | null;
  readonly times: number;
  readonly keys: readonly SpanKey[];
  /** What the iterations with these calls took, but for the first of them. Null where it is not stuck. */
  readonly wasted: LedgerEntry | null;
  readonly wastedTime: Nanos;
}

interface Call {
  /** Among all calls of the loop. */
  readonly place: number;
  readonly index: number;
  readonly turn: number;
  readonly name: string;
  /** Null where nothing is recorded: unknown arguments are no same ones. */
  readonly given: string | null;
  /** Null where none is recorded. */
  readonly result: string | null;
}

/** How often a tool was called, and the last of it. */
interface Called {
  readonly times: number;
  readonly last: Call;
}

const MOVED: LoopProgress = {
  stuck: false,
  reason: null,
  code: null,
  tool: null,
  times: 0,
  keys: [],
  wasted: null,
  wastedTime: 0,
};
const CALLED: ReadonlySet<number> = new Set((['tool', 'retriever'] as const).map(kindCode));
const ENOUGH = 3;
/** So many results alike are in vain, even where another one came in the end. */
const MANY = 5;
/** What a tool says that only did as it was told: it says nothing about progress. */
const DONE =
  /^[\s"'{[]*(?:"?(?:status|result|message|ok|success)"?\s*[:=]\s*"?)?(?:ok|okay|done|true|null|none|success(?:ful(?:ly)?)?|succeeded|completed?|saved|sent|created|updated|written|inserted|accepted|queued)\b[^a-z]*$/i;

/**
 * Whether a loop got anywhere, by what its tools and searches were asked and answered: the same arguments three times or
 * more without another answer (a tool that is asked until the answer changes only waits), or other arguments with the
 * same answer, which is more than a word that it is done, and no other one behind. The calls have to be at least every
 * third of all calls from the first to the last of them. Reads the contents of the calls, in slices. Rejects with the
 * reason of the signal when aborted.
 */
export async function loopProgress(trace: Trace, fold: LoopFold, { signal }: StepsOptions = {}): Promise<LoopProgress> {
  const remote = remoteOf(trace);
  if (remote) return (await answerOf(remote, 'loopProgress', fold, signal)) as LoopProgress;
  const { kind, subtreeEnd } = trace.columns;
  const yieldTurn = createTimeSlices({ signal });
  const calls: Call[] = [];
  const tools = new Map<string, Called>();
  for (const [turn, keys] of fold.iterations.entries()) {
    for (const key of keys) {
      const top = trace.find(key)?.index;
      if (top === undefined) continue;
      for (let index = top; index < subtreeEnd[top]!; index += 1) {
        if (!CALLED.has(kind[index]!)) continue;
        const rest = yieldTurn();
        if (rest) await rest;
        const content = await contentOf(trace, index);
        if (!content) continue;
        const { tool } = content;
        const span = trace.span(index);
        const given = askedText(content) || null;
        const answer = tool?.result === undefined ? outputText(content) : canonicalJson(tool.result);
        const result = answer === '' && span.status === 'error' ? (span.statusMessage ?? 'error') : answer;
        const call: Call = {
          place: calls.length,
          index,
          turn,
          name: tool?.name ?? span.name,
          given,
          result: result === '' ? null : result,
        };
        calls.push(call);
        tools.set(call.name, { times: (tools.get(call.name)?.times ?? 0) + 1, last: call });
        // What is inside a tool is its own affair.
        index = subtreeEnd[index]! - 1;
      }
    }
  }
  const same = await repeated(
    calls,
    ({ name, given }) => (given === null ? null : `${name}\n${given}`),
    sameArguments,
    yieldTurn,
  );
  const found =
    same ??
    (await repeated(
      calls,
      ({ name, result }) => (result === null ? null : `${name}\n${result}`),
      (group) => sameResult(group, tools.get(group[0]!.name)!),
      yieldTurn,
    ));
  if (!found) return MOVED;
  return inVain(trace, fold, found, same ? 'same-arguments' : 'same-result');
}

/** The largest group of calls that are alike and in vain. */
async function repeated(
  calls: readonly Call[],
  idOf: (call: Call) => string | null,
  inVainOf: (group: readonly Call[]) => readonly Call[],
  yieldTurn: () => Promise<void> | undefined,
): Promise<readonly Call[] | null> {
  const groups = new Map<string, Call[]>();
  for (const call of calls) {
    const rest = yieldTurn();
    if (rest) await rest;
    const id = idOf(call);
    if (id === null) continue;
    const group = groups.get(id);
    if (group) group.push(call);
    else groups.set(id, [call]);
  }
  let best: readonly Call[] | null = null;
  for (const group of groups.values()) {
    const rest = yieldTurn();
    if (rest) await rest;
    const found = group.length < ENOUGH ? [] : inVainOf(group);
    if (found.length === 0) continue;
    const turns = new Set(found.map(({ turn }) => turn)).size;
    const between = found.at(-1)!.place - found[0]!.place + 1;
    const isDense = found.length * 3 >= between;
    if (turns >= ENOUGH && isDense && found.length > (best?.length ?? 0)) best = found;
  }
  return best;
}

/** Of calls with the same arguments those that brought the same; none where the answer changed in the end. */
function sameArguments(group: readonly Call[]): readonly Call[] {
  const last = group.at(-1)!.result;
  const alike = group.filter(({ result }) => result === last);
  return alike.length === group.length || alike.length >= ENOUGH ? alike : [];
}

/** Of calls with the same result those with other arguments, as far as that says that they were in vain. */
function sameResult(group: readonly Call[], { times, last }: Called): readonly Call[] {
  const result = group[0]!.result!;
  if (DONE.test(result) || new Set(group.map(({ given }) => given)).size < ENOUGH) return [];
  const others = times - group.length;
  const isEnd = last.result === result && others <= group.length;
  return isEnd || (group.length >= MANY && group.length > others * 3) ? group : [];
}

function inVain(
  trace: Trace,
  { iterations }: LoopFold,
  group: readonly Call[],
  code: 'same-arguments' | 'same-result',
): LoopProgress {
  const [{ name }] = group as [Call];
  const turns = [...new Set(group.map(({ turn }) => turn))].slice(1);
  const spans = turns.flatMap((turn) => iterations[turn]!.map((key) => trace.find(key)!.index));
  const { start } = trace.columns;
  const { length } = waits(trace);
  let wastedTime = 0;
  for (const turn of turns) {
    const indices = iterations[turn]!.map((key) => trace.find(key)!.index);
    const end = indices.reduce((last, index) => Math.max(last, start[index]! + length[index]!), -Infinity);
    wastedTime += end - start[indices[0]!]!;
  }
  const what = code === 'same-arguments' ? 'with the same arguments' : 'with other arguments and the same result';
  return {
    stuck: true,
    reason: `${name} was called ${group.length} times ${what}`,
    code,
    tool: name,
    times: group.length,
    keys: group.map(({ index }) => trace.span(index).key),
    wasted: ledgerOf(trace, spans),
    wastedTime,
  };
}
