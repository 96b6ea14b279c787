import type { Nanos, SpanKey } from '../../model/types.ts';
import type { HistoryChange } from '../conversation/types.ts';

/**
 * What fills the window of a model in one call, in the order in which it is sent.
 *
 * - `unrecorded`: tokens that were counted, but whose text nobody recorded (instructions and tools of many coding agents).
 * - `tools`: definitions of tools.
 * - `system`: instructions.
 * - `history`: what was said before, calls of tools among it, and a summary that stands for it.
 * - `toolResults`: what tools gave back, now and before.
 * - `input`: what the user says now.
 * - `output`: what the model answers.
 */
export type ContextSection = 'unrecorded' | 'tools' | 'system' | 'history' | 'toolResults' | 'input' | 'output';

/** Part of a prompt. */
export interface ContextSize {
  /** As recorded; a picture counts as 4,800. */
  readonly characters: number;
  /** ≈: its share of the recorded tokens, by characters. Null = no tokens are recorded. */
  readonly tokens: number | null;
}

/**
 * Why the prompt of a call could not be read from the cache as far as the one before it went.
 *
 * - `model`: another model has a cache of its own.
 * - `tools`, `toolOrder`: the definitions of tools are others, or the same in another order.
 * - `system`: the instructions are others.
 * - `volatile`: a time, a date, an id or a count within a text that is else the same.
 * - `edited`: a message that was sent before is another now.
 * - `trimmed`: messages were left out. `branched`: the conversation was taken up from an earlier point.
 * - `compaction`: a summary stands for what was said.
 * - `idle`: the beginning is the same; the pause was longer than caches are kept.
 * - `miss`: the beginning is the same, and the provider read little or nothing of it.
 * - `unrecorded`: little or nothing was read, and not enough is recorded to say why.
 */
export type CacheBreak =
  | 'model'
  | 'tools'
  | 'toolOrder'
  | 'system'
  | 'volatile'
  | 'edited'
  | 'trimmed'
  | 'branched'
  | 'compaction'
  | 'idle'
  | 'miss'
  | 'unrecorded';

/** The first place in which two prompts differ. */
export interface PromptDifference {
  readonly section: 'tools' | 'system' | 'messages';
  /** Place in the messages that were sent; null = in the tools. */
  readonly message: number | null;
  /** Of the tool that is another; null elsewhere. */
  readonly tool: string | null;
  /** Characters of that message or tool that are as before. */
  readonly offset: number;
  /** The text from a little before the difference on, then and now; '' = nothing is there. */
  readonly before: string;
  readonly now: string;
}

/**
 * What became of the prompt cache in a call.
 *
 * - `first`: no earlier call is continued.
 * - `kept`: the beginning was read from the cache, as far as it is the same; what differs cost nothing.
 * - `broken`: the prompt differs from the one before it further up than its end.
 * - `missed`: it does not, and still little or nothing was read.
 * - `short`: shorter than what providers cache (1,024 tokens).
 * - `unknown`: the beginning is the same, or what differs would cost nothing; no numbers of a cache are recorded.
 */
export type CacheState = 'first' | 'kept' | 'broken' | 'missed' | 'short' | 'unknown';

export interface CacheReading {
  readonly state: CacheState;
  /** Null where nothing broke. */
  readonly cause: CacheBreak | null;
  /** ≈ tokens at the beginning that are those of the previous call; null = unknown. */
  readonly shared: number | null;
  /** Tokens as recorded; null = not recorded. */
  readonly read: number | null;
  readonly written: number | null;
  /** ≈ tokens that stood in the previous prompt and were still paid for as new. */
  readonly lost: number | null;
  /** ≈ what these cost beyond the price of cached ones; null = prices or numbers of the cache are unknown. */
  readonly lostCost: { readonly amount: number; readonly currency: string } | null;
  readonly difference: PromptDifference | null;
  /** More was read than what is the same: the texts differ in the record only. */
  readonly contradicted: boolean;
  /** From the end of the previous call to the start of this one; NaN = unknown. */
  readonly pause: Nanos;
}

/** A call of a model in the window of its agent. */
export interface ContextCall {
  readonly key: SpanKey;
  /** Its index in this version of the trace. */
  readonly index: number;
  readonly model: string | null;
  /** The call whose conversation it continues. */
  readonly previous: SpanKey | null;
  /** Place of that call among the calls of the agent; null = another agent's. */
  readonly previousPlace: number | null;
  /** Of the input these add up to `input` tokens, where known. */
  readonly sections: Readonly<Record<ContextSection, ContextSize>>;
  /** Recorded tokens of the whole input; null = unknown. */
  readonly input: number | null;
  /** Tools whose results take most of it, at most five, largest first. */
  readonly results: readonly (ContextSize & { readonly name: string })[];
  /** Tokens that the model takes at most; null = unknown. */
  readonly limit: number | null;
  /** What became of what was said before; null where that is not recorded. */
  readonly history: HistoryChange | null;
  /** The prompt is shorter than before, and a summary stands for what was said. */
  readonly compacted: boolean;
  readonly cache: CacheReading;
}

/** All calls of an agent, in order of start. */
export interface AgentContext {
  /** The span of the agent, of several turns the first; null = calls outside any agent. */
  readonly key: SpanKey | null;
  readonly name: string | null;
  readonly calls: readonly ContextCall[];
  /** Place of the call with the largest input; -1 = no tokens are recorded. */
  readonly peak: number;
  /** Tokens over those calls that record both; null = none does. */
  readonly cached: { readonly read: number; readonly input: number } | null;
  /** Sums over breaks and misses; null = unknown for all of them. Money is in one currency, else null. */
  readonly lost: {
    readonly calls: number;
    readonly tokens: number | null;
    readonly cost: { readonly amount: number; readonly currency: string } | null;
  };
}

/** What `contextWindow` gives. */
export interface ContextUse {
  /** Agents with calls of models, the one whose window is filled most first. */
  readonly agents: readonly AgentContext[];
}

/** What a host knows about a model. Prices are for a token. */
export interface ModelFacts {
  readonly maxInputTokens: number | null;
  readonly input: number | null;
  readonly cacheRead: number | null;
  readonly cacheWrite: number | null;
}
