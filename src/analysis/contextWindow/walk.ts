import type { Span, SpanContent, Trace } from '../../model/types.ts';
import { agentAround } from '../conversation/earlierCalls.ts';
import type { HistoryChange, MessageDelta } from '../conversation/types.ts';
import type { Steps } from '../steps.ts';
import { Threads } from '../transcript/threads.ts';
import { beginsWithSummary, brokenPrefix } from './brokenPrefix.ts';
import { promptSize, type BrokenPrefix, type Characters, type Draft, type Sent } from './draft.ts';
import { firstDifference } from './firstDifference.ts';
import { answerOf, promptOf, type Piece, type ToolNames } from './prompt.ts';
import { isVolatileAt } from './volatileText.ts';

/** Fewer characters for each token than this: most of the prompt is not recorded. */
const FEWEST_FOR_TOKEN = 1.5;

interface Found {
  readonly previous: Sent | null;
  readonly delta: MessageDelta | null;
  /** Whether the messages of the previous call are among those recorded; else only what was new is. */
  readonly isSeen: boolean;
}

/** An agent, by its span and by what stands for calls outside of any. */
interface Agent {
  last: Sent | null;
}

/** Reads the calls of a trace in order of start and finds for each which one it continues. */
export class Walk {
  readonly #trace: Trace;
  readonly #agents = new Map<number, Agent>();
  readonly #threads = new Threads<Sent>();
  readonly #names: ToolNames = new Map();

  constructor(trace: Trace) {
    this.#trace = trace;
  }

  *call(index: number, content: SpanContent | null): Steps<Draft> {
    const span = this.#trace.span(index);
    const around = agentAround(this.#trace)[index]!;
    const agent = this.#agents.get(around) ?? { last: null };
    this.#agents.set(around, agent);
    const { input = [], output = [] } = content?.messages ?? {};
    const prompt = content ? promptOf(content, this.#names) : [];
    yield;
    const answer = content ? answerOf(content, this.#names) : [];
    const found = yield* this.#find(span, { input, output }, prompt, agent);
    const draft = draftOf(span, { input, prompt, answer }, found);
    const sent: Sent = { input, output, draft, prompt, answer };
    if (input.length > 0) this.#threads.add(sent, index, agent);
    agent.last = sent;
    return draft;
  }

  *#find(span: Span, messages: Pick<Sent, 'input' | 'output'>, prompt: readonly Piece[], agent: Agent): Steps<Found> {
    const { last } = agent;
    if (messages.input.length > 0) {
      const { previous, delta } = yield* this.#threads.next(messages, span.index, agent);
      if (previous) return { previous, delta, isSeen: true };
    }
    if (!last) return { previous: null, delta: null, isSeen: false };
    if (differsInTimeOnly(last.prompt, prompt)) return { previous: last, delta: null, isSeen: true };
    return goesOnUnseen(last, span, messages, prompt)
      ? { previous: last, delta: null, isSeen: false }
      : { previous: null, delta: null, isSeen: false };
  }
}

/** A conversation that begins with a time begins anew with each call, and goes on all the same. */
function differsInTimeOnly(before: readonly Piece[], now: readonly Piece[]): boolean {
  const at = firstDifference(before, now);
  const [then, next] = at ? [before[at.place]!, now[at.place]] : [];
  return (
    then?.section === 'messages' &&
    next?.section === 'messages' &&
    now.length > at!.place + 1 &&
    isVolatileAt(then.text, next.text, at!.offset)
  );
}

/**
 * Some producers record with a call only what was said since the one before: a call that begins with the result of a
 * tool, or whose text is far too short for its tokens, goes on where the tokens say so.
 */
function goesOnUnseen(
  { draft: { span: before } }: Sent,
  { usage, model }: Span,
  messages: Pick<Sent, 'input'>,
  prompt: readonly Piece[],
): boolean {
  const [then, now] = [before.usage?.input ?? null, usage?.input ?? null];
  if (then === null || now === null || !isSameModel(before.model, model)) return false;
  const first = messages.input[0];
  if (first?.parts[0]?.type === 'toolResult' || first?.role === 'tool') return true;
  const characters = prompt.reduce((sum, piece) => sum + piece.characters, 0);
  if (characters >= now * FEWEST_FOR_TOKEN) return false;
  return now >= then * 0.9 || beginsWithSummary(messages);
}

/** One name may be the dated form of the other. */
export const isSameModel = (one: string | null, other: string | null): boolean =>
  one === null || other === null || one.startsWith(other) || other.startsWith(one);

function draftOf(
  span: Span,
  { input, prompt, answer }: Pick<Sent, 'input' | 'prompt' | 'answer'>,
  { previous, delta, isSeen }: Found,
): Draft {
  const results = new Map<string, number>();
  const restarts = !isSeen && previous !== null && isShorter(span, previous.draft.span) && beginsWithSummary({ input });
  const carried = previous && !isSeen && !restarts ? previous : null;
  const sizes = sizesOf({ prompt, answer, previous, carried, summary: delta?.summary ?? null, results, restarts });
  const draft = {
    span,
    previous: previous?.draft ?? null,
    isSeen,
    opening: previous ? (previous.draft.opening ?? previous.draft) : null,
    sizes,
    results,
    history: restarts ? ('compacted' as HistoryChange) : (delta?.history ?? null),
    compacted: restarts || (delta?.history === 'compacted' && isShorter(span, previous!.draft.span, sizes, previous!)),
    broken: null as BrokenPrefix | null,
  };
  if (restarts) draft.broken = { cause: 'compaction', difference: null, shared: 0, again: 0 };
  else if (isSeen && previous) draft.broken = brokenPrefix(previous, prompt, delta);
  return draft;
}

/** By tokens where both are recorded, else by characters. */
function isShorter(now: Span, before: Span, sizes?: Characters, previous?: Sent): boolean {
  const [then, next] = [before.usage?.input ?? null, now.usage?.input ?? null];
  if (then !== null && next !== null) return next < then;
  return sizes !== undefined && previous !== undefined && promptSize(sizes) < promptSize(previous.draft.sizes);
}

interface Given {
  readonly prompt: readonly Piece[];
  readonly answer: readonly Piece[];
  readonly previous: Sent | null;
  /** The call whose prompt this one's stands behind, where only what is new is recorded. */
  readonly carried: Sent | null;
  /** Place of the message that stands for others. */
  readonly summary: number | null;
  /** A summary begins it. */
  readonly restarts: boolean;
  /** Filled: characters of results, by tool. */
  readonly results: Map<string, number>;
}

function sizesOf({ prompt, answer, previous, carried, summary, restarts, results }: Given): Characters {
  const sizes = { tools: 0, system: 0, history: 0, toolResults: 0, input: 0, output: 0 };
  if (carried) {
    const before = carried.draft.sizes;
    // What is told anew with each call stands there once.
    if (!prompt.some(({ section }) => section === 'tools')) sizes.tools += before.tools;
    if (!prompt.some(({ section }) => section === 'system')) sizes.system += before.system;
    sizes.history += before.history + before.input + before.output;
    sizes.toolResults += before.toolResults;
    for (const [name, characters] of carried.draft.results) results.set(name, characters);
  }
  const known = carried || !previous ? null : new Set(previous.prompt.map(({ text }) => text));
  for (const piece of prompt) {
    const { section, characters } = piece;
    let told = 0;
    for (const [name, count] of piece.results) {
      told += count;
      results.set(name, (results.get(name) ?? 0) + count);
    }
    sizes.toolResults += told;
    const isNew = piece.role === 'user' && !(known?.has(piece.text) ?? false) && piece.message !== summary && !restarts;
    if (section === 'tools' || section === 'system') sizes[section] += characters - told;
    else sizes[isNew ? 'input' : 'history'] += characters - told;
  }
  for (const { characters } of answer) sizes.output += characters;
  return sizes;
}
