import { kindCode } from '../../model/codes.ts';
import { createTimeSlices } from '../../model/timeSlices.ts';
import type { Span, SpanKey, Trace } from '../../model/types.ts';
import { counting } from '../amounts/counting.ts';
import { agentAround } from '../conversation/earlierCalls.ts';
import { contentOf } from '../query/match/matchQuery.ts';
import { soon, type StepsOptions } from '../steps.ts';
import { cacheReading } from './cacheReading.ts';
import type { Draft } from './draft.ts';
import type { AgentContext, ContextCall, ContextUse, ModelFacts } from './types.ts';
import { Walk } from './walk.ts';
import { unrecordedTokens, weigh } from './weigh.ts';

export interface ContextWindowOptions extends StepsOptions {
  /**
   * What is known about a model, for its limit and for what was lost: `modelFacts` answers from a table of prices. `input`
   * = tokens of the call, null where unknown. @default nothing: no limit, and prices as far as calls say what they paid
   */
  readonly modelFacts?: (model: string, provider: string | null, input: number | null) => ModelFacts | null;
  /** Told from time to time how far it is, 0 … 1. */
  readonly onProgress?: (share: number) => void;
}

const LLM = kindCode('llm');
const RESULTS = 5;

/**
 * Where the context of each agent went, and what became of its prompt cache: call by call what fills the window of the
 * model, by section, and the first place in which a prompt differs from the one before it.
 *
 * A call belongs to the nearest agent around it; turns of one agent that go on from each other are one. Wrappers and
 * second records of a call are left out. Recorded tokens are shared out by characters (≈); where none are recorded there
 * are characters alone. Reads each content once, in slices between which the page gets its turn; masked as contents
 * are. Rejects with the reason of the signal when aborted. Work and answer grow with what is recorded.
 */
export async function contextWindow(
  trace: Trace,
  { signal, modelFacts, onProgress }: ContextWindowOptions = {},
): Promise<ContextUse> {
  const yieldTurn = createTimeSlices({ signal });
  const { kind, start } = trace.columns;
  const counted = await soon(counting.inSteps(trace), { signal });
  const calls = Array.from(counted.calls)
    .filter((index) => kind[index] === LLM)
    .sort((a, b) => start[a]! - start[b]! || a - b);
  const walk = new Walk(trace);
  const drafts: Draft[] = [];
  for (const index of calls) {
    const steps = walk.call(index, await contentOf(trace, index));
    for (let step = steps.next(); ; step = steps.next()) {
      const turn = yieldTurn();
      if (turn) {
        onProgress?.(drafts.length / calls.length);
        await turn;
      }
      if (step.done !== true) continue;
      drafts.push(step.value);
      break;
    }
  }
  const agents = groups(trace, drafts).map((group) => agentOf(trace, group, modelFacts));
  return { agents: agents.sort((a, b) => fill(b) - fill(a) || b.calls.length - a.calls.length) };
}

const fill = ({ calls, peak }: AgentContext): number => (peak === -1 ? -1 : calls[peak]!.input!);

interface Group {
  readonly agent: number;
  readonly drafts: Draft[];
}

/** Calls by agent; an agent that goes on from another one of its name is the same in its next turn. */
function groups(trace: Trace, drafts: readonly Draft[]): readonly Group[] {
  const agents = agentAround(trace);
  const nameOf = (agent: number): number => (agent === -1 ? -1 : trace.columns.name[agent]!);
  const byAgent = new Map<number, Group>();
  const byCall = new Map<Draft, Group>();
  for (const draft of drafts) {
    const agent = agents[draft.span.index]!;
    const before = draft.previous && byCall.get(draft.previous);
    const isTurn = before !== null && before !== undefined && nameOf(before.agent) === nameOf(agent);
    const group = byAgent.get(agent) ?? (isTurn ? before : { agent, drafts: [] });
    byAgent.set(agent, group);
    byCall.set(draft, group);
    group.drafts.push(draft);
  }
  return [...new Set(byAgent.values())];
}

function agentOf(trace: Trace, { agent, drafts }: Group, modelFacts: ContextWindowOptions['modelFacts']): AgentContext {
  const unrecorded = new Map<Draft, number>();
  for (const [opening, conversation] of conversations(drafts)) unrecorded.set(opening, unrecordedTokens(conversation));
  const places = new Map<Draft, number>(drafts.map((draft, place) => [draft, place]));
  const calls = drafts.map((draft): ContextCall => {
    const facts = factsOf(draft.span, modelFacts);
    const weighed = weigh(draft, unrecorded.get(draft.opening ?? draft) ?? 0);
    const { span, previous } = draft;
    return {
      key: span.key,
      index: span.index,
      model: span.model,
      previous: previous?.span.key ?? null,
      previousPlace: previous ? (places.get(previous) ?? null) : null,
      sections: weighed.sections,
      input: span.usage?.input ?? null,
      results: resultsOf(draft, weighed.tokensOf),
      limit: facts?.maxInputTokens ?? null,
      history: draft.history,
      compacted: draft.compacted,
      cache: cacheReading(draft, weighed, facts),
    };
  });
  const key: SpanKey | null = agent === -1 ? null : trace.span(agent).key;
  return { key, name: agent === -1 ? null : trace.span(agent).name, calls, ...sumsOf(calls) };
}

function conversations(drafts: readonly Draft[]): ReadonlyMap<Draft, readonly Draft[]> {
  const found = new Map<Draft, Draft[]>();
  for (const draft of drafts) {
    const opening = draft.opening ?? draft;
    const list = found.get(opening);
    if (list) list.push(draft);
    else found.set(opening, [draft]);
  }
  return found;
}

/** What the host says; nothing where it throws. */
function factsOf({ model, provider, usage }: Span, modelFacts: ContextWindowOptions['modelFacts']): ModelFacts | null {
  if (!modelFacts || model === null) return null;
  try {
    return modelFacts(model, provider, usage?.input ?? null);
  } catch {
    return null;
  }
}

const resultsOf = ({ results }: Draft, tokensOf: (characters: number) => number | null): ContextCall['results'] =>
  [...results]
    .sort(([, a], [, b]) => b - a)
    .slice(0, RESULTS)
    .map(([name, characters]) => {
      const tokens = tokensOf(characters);
      return { name, characters, tokens: tokens === null ? null : Math.round(tokens) };
    });

function sumsOf(calls: readonly ContextCall[]): Pick<AgentContext, 'peak' | 'cached' | 'lost'> {
  let peak = -1;
  const cached = { read: 0, input: 0, calls: 0 };
  const lost = { calls: 0, tokens: null as number | null, cost: null as AgentContext['lost']['cost'] };
  let isOneCurrency = true;
  for (const [place, { input, cache }] of calls.entries()) {
    if (input !== null && (peak === -1 || input > calls[peak]!.input!)) peak = place;
    if (input !== null && cache.read !== null) {
      cached.calls += 1;
      cached.read += cache.read;
      cached.input += input;
    }
    if (cache.cause === null) continue;
    lost.calls += 1;
    if (cache.lost !== null) lost.tokens = (lost.tokens ?? 0) + cache.lost;
    if (cache.lostCost === null) continue;
    isOneCurrency &&= lost.cost === null || lost.cost.currency === cache.lostCost.currency;
    lost.cost = { amount: (lost.cost?.amount ?? 0) + cache.lostCost.amount, currency: cache.lostCost.currency };
  }
  return {
    peak,
    cached: cached.calls === 0 ? null : { read: cached.read, input: cached.input },
    lost: isOneCurrency ? lost : { ...lost, cost: null },
  };
}
