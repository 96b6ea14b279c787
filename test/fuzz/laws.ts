import { gzipSync } from 'node:zlib';
import {
  auditContent,
  concurrency,
  correctClocks,
  criticalPath,
  digest,
  fanOuts,
  filterRows,
  findings,
  foldLoops,
  ledger,
  parseTraces,
  readTraces,
  retries,
  searchSpans,
  selfTime,
  slack,
  speedups,
  timelineWords,
  toNativeJson,
  toOtlpJson,
  TraceInputError,
  transcript,
  type NativeDocument,
  type ReadOptions,
  type TraceSet,
} from '../../src/core.ts';
import { agentTurns } from '../../src/analysis/amounts/agentTurns.ts';
import { sessionTotals } from '../../src/analysis/traces/sessions.ts';
import { traceDiagnostics } from '../../src/analysis/traces/traceDiagnostics.ts';
import { traceFacts } from '../../src/analysis/traces/traceFacts.ts';
import { valueCounts } from '../../src/analysis/query/complete/valueCounts.ts';
import { workWindows } from '../../src/analysis/time/workWindows.ts';
import { createPaint } from '../../src/cli/drawTree.ts';
import { inspectedJson, inspectedText } from '../../src/cli/inspect.ts';
import { toJson } from '../../src/conventions/toJson.ts';
import { deepFreeze } from '../model/deepFreeze.ts';
import { holdsWhole, PASSWORD, plantSecrets, RULES, SECRETS, SECRET_PARTS } from './plantSecrets.ts';
import type { Random } from './random.ts';

/** What a case broke: the name of the law, and how. */
export class LawBroken extends Error {
  readonly law: string;
  constructor(law: string, how: string, cause?: unknown) {
    super(`${law}: ${how}`, { cause });
    this.law = law;
  }
}

const paint = createPaint(false);
const copy = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value)) as Value;

/** The set, or null where the input is refused in the way that is promised. Any other exception breaks a law. */
function read(law: string, documents: object, options: Parameters<typeof readTraces>[1] = {}): TraceSet | null {
  try {
    return readTraces(documents, options);
  } catch (error) {
    return refused(law, error);
  }
}

async function parse(
  law: string,
  input: string | Uint8Array,
  options: Parameters<typeof parseTraces>[1] = {},
): Promise<TraceSet | null> {
  return parseTraces(input, options).catch((error: unknown) => refused(law, error));
}

function refused(law: string, error: unknown): null {
  if (error instanceof TraceInputError) return null;
  throw new LawBroken(law, `threw ${String(error)}`, error);
}

/** Asks for all that a viewer, an export, a search or the command would, and gives it as text. */
async function everythingSaid(set: TraceSet): Promise<string> {
  const answers: unknown[] = [
    set.diagnostics,
    await auditContent(set),
    native(set),
    toOtlpJson(set),
    ...inspectedText(set, paint, Infinity),
    ...inspectedJson(set),
  ];
  answers.push(sessionTotals(set.traces));
  for (const trace of set.traces) {
    if (selfTime(trace).length !== trace.spanCount) throw new Error('selfTime is of another length');
    answers.push(
      ledger(trace).conflicts,
      criticalPath(trace),
      agentTurns(trace),
      traceFacts(trace),
      traceDiagnostics(trace),
      workWindows(trace),
      valueCounts(trace),
    );
    answers.push(
      await findings(trace),
      await retries(trace),
      await transcript(trace),
      await digest(trace, { tokens: 2000 }),
    );
    answers.push(foldLoops(trace), concurrency(trace), fanOuts(trace), slack(trace), speedups(trace));
    answers.push(filterRows(trace, new Uint8Array(trace.spanCount).fill(1)), correctClocks(trace).trace.spanCount);
    for (const span of trace.spans()) {
      if (trace.find(span.key)?.index !== span.index) throw new Error(`${span.key} is not found by its key`);
      if (!(span.start >= 0) || span.end < span.start)
        throw new Error(`${span.key} lies from ${span.start} to ${span.end}`);
      const { input, output, embeddings, documents, ...content } = await span.content();
      answers.push(
        span.name,
        span.statusMessage,
        timelineWords(trace, span.index),
        content,
        input?.text,
        input?.json(),
        output?.text,
        output?.json(),
        documents,
        embeddings.map(({ vector }) => vector()),
      );
    }
    for await (const hits of searchSpans(trace, 'e')) answers.push(hits.length);
  }
  return toJson(answers);
}

async function askAll(law: string, set: TraceSet): Promise<string> {
  try {
    return await everythingSaid(set);
  } catch (error) {
    throw new LawBroken(law, `asking for everything threw ${String(error)}`, error);
  }
}

/** Every entry is shown, merged or left out, and what is shown is there. */
function balances(
  law: string,
  { traces, accounting: { entries, shown, merged, skipped }, diagnostics }: TraceSet,
): void {
  const there = traces.reduce((sum, { spanCount }) => sum + spanCount, 0);
  if (entries !== shown + merged + skipped || there !== shown)
    throw new LawBroken(
      law,
      `${entries} entries, ${shown} shown (${there} there), ${merged} merged, ${skipped} skipped`,
    );
  const empty = diagnostics.find(({ count }) => !(count > 0));
  if (empty) throw new LawBroken(law, `a diagnostic that counts ${empty.count}: ${empty.code}`);
}

const written = new WeakMap<TraceSet, string>();
/** A set as native JSON; written once, since much is compared with it. */
function native(set: TraceSet | null): string {
  if (!set) return 'refused';
  let json = written.get(set);
  if (json === undefined) written.set(set, (json = toJson(toNativeJson(set))));
  return json;
}
/** Without what was reported of its reading: a second reading says that it was so before. */
const nativeTraces = (set: TraceSet): string => toJson((JSON.parse(native(set)) as NativeDocument).traces);

/** Where two texts begin to differ. */
function difference(a: string, b: string): string {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  const around = (each: string): string => JSON.stringify(each.slice(Math.max(0, at - 60), at + 60));
  return `${around(a)} is not ${around(b)}`;
}

/** The order of keys says nothing. */
function same(law: string, a: string, b: string): void {
  if (a === b) return;
  if (a === 'refused' || b === 'refused')
    throw new LawBroken(law, `one is ${a.slice(0, 20)}, the other ${b.slice(0, 20)}`);
  const [left, right] = [a, b].map((each) => sorted(JSON.parse(each)));
  if (left !== right) throw new LawBroken(law, difference(left!, right!));
}

const sorted = (value: unknown): string =>
  JSON.stringify(value, (_, item: unknown) =>
    item !== null && typeof item === 'object' && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );

/**
 * Lists of records that arrive one by one, and lists above them. Other lists, such as messages, have an order that
 * means something.
 */
const ARRIVING = new Set(['spans', 'batch', 'post', 'patch', 'observations']);
const ABOVE = new Set(['resourceSpans', 'scopeSpans', 'traces']);

/** The same documents, arriving in another order. */
function rearranged(documents: readonly unknown[], random: Random): unknown[] {
  const root = copy(documents) as unknown[];
  const shuffle = (list: unknown[]): void => {
    list.splice(0, list.length, ...random.shuffled(list));
  };
  const open: unknown[][] = [root];
  for (let list = open.pop(); list; list = open.pop()) {
    shuffle(list);
    for (const entry of list) {
      if (entry === null || typeof entry !== 'object' || Array.isArray(entry)) continue;
      for (const [key, inner] of Object.entries(entry)) {
        if (!Array.isArray(inner)) continue;
        if (ABOVE.has(key)) open.push(inner);
        else if (ARRIVING.has(key)) shuffle(inner);
      }
    }
  }
  return root;
}

/** All that does not depend on who came first: what is shown, and what was reported how often. */
function settled(set: TraceSet | null): string {
  if (!set) return 'refused';
  return toJson({
    traces: (JSON.parse(native(set)) as NativeDocument).traces,
    accounting: set.accounting,
    notes: set.diagnostics.map(({ code, count }) => `${code} ${count}`).sort(),
  });
}

/** All laws of parsed documents. Throws `LawBroken` with the first one that does not hold. */
export async function lawsOfDocuments(documents: unknown[], random: Random): Promise<void> {
  const set = read('reads or refuses', copy(documents));
  if (set) {
    balances('counts every entry', set);
    await askAll('answers everything', set);
  }
  const plain = native(set);
  // Both at once, and apart only where something differs.
  const other = settled(read('reads what is frozen', deepFreeze(rearranged(documents, random))));
  if (settled(set) !== other) {
    same('reads what is frozen', plain, native(read('reads what is frozen', deepFreeze(copy(documents)))));
    same('does not depend on the order of arrival', settled(set), other);
  }
  if (set && set.traces.length > 0) {
    const again = read('round trip', JSON.parse(plain) as object);
    if (!again) throw new LawBroken('round trip', 'what was written is refused');
    balances('round trip', again);
    same('round trip', nativeTraces(set), nativeTraces(again));
  }
  await secretsStay(documents, random);
}

async function secretsStay(documents: readonly unknown[], random: Random): Promise<void> {
  const law = 'tells no secret';
  const planted = copy(documents) as unknown[];
  plantSecrets(planted, random);
  await revealsNone(law, (options) => readTraces(deepFreeze(planted), options));
}

type Masking = Required<Pick<ReadOptions, 'redact' | 'onMasked'>>;

async function revealsNone(
  law: string,
  reading: (options: Masking) => TraceSet | Promise<TraceSet>,
  input = '',
): Promise<void> {
  let answers: string;
  let isPasswordKnown = false;
  try {
    const set = await reading({
      redact: RULES,
      onMasked: (secrets) => {
        isPasswordKnown = secrets.some(({ rule, text: secret }) => rule === 'password' && secret === PASSWORD);
      },
    });
    balances(law, set);
    answers = await askAll(law, set);
  } catch (error) {
    if (!(error instanceof TraceInputError))
      throw error instanceof LawBroken ? error : new LawBroken(law, `threw ${String(error)}`, error);
    answers = error.message;
  }
  for (const [place, secretPart] of SECRET_PARTS.entries()) {
    // Its key may have come to stand outside of all records, where nothing is looked at and nothing is shown.
    if ((PASSWORD.includes(secretPart) && !isPasswordKnown) || !holdsWhole(input, SECRETS[place]!, secretPart))
      continue;
    const at = answers.indexOf(secretPart);
    if (at >= 0) throw new LawBroken(law, `says ${JSON.stringify(answers.slice(Math.max(0, at - 120), at + 60))}`);
  }
}

/** All laws of texts, and of the bytes that hold them. */
export async function lawsOfText(text: string, random: Random): Promise<void> {
  const set = await parse('parses or refuses', text);
  if (set) balances('counts every entry', set);
  const bytes = random.pick([
    () => new TextEncoder().encode(text),
    () => new Uint8Array(gzipSync(text)),
    () => utf16(text, true),
    () => utf16(text, false),
  ])();
  // Half a pair is no text that bytes could hold.
  if (!/\p{Cs}/u.test(text))
    same('bytes say what their text says', native(set), native(await parse('parses or refuses bytes', bytes)));
}

/** Of bytes that may hold no text. */
export async function lawsOfBytes(bytes: Uint8Array): Promise<void> {
  const set = await parse('parses or refuses bytes', bytes);
  if (!set) return;
  balances('counts every entry', set);
  await askAll('answers everything', set);
}

/** Of texts that hold secrets, however broken: neither a set nor an error tells them. */
export async function lawsOfMaskedText(text: string): Promise<void> {
  await revealsNone('tells no secret of a broken text', (options) => parseTraces(text, options), text);
}

function utf16(text: string, isLittle: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(2 + text.length * 2));
  view.setUint16(0, 0xfeff, isLittle);
  for (let at = 0; at < text.length; at += 1) view.setUint16(2 + at * 2, text.charCodeAt(at), isLittle);
  return new Uint8Array(view.buffer);
}
