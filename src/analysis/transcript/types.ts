import type { Part, SpanKey, SpanKind } from '../../model/types.ts';
import type { HistoryChange } from '../conversation/types.ts';

/** Parts of a message that are neither a call of a tool nor its result. */
export type SpokenPart = Exclude<Part, { type: 'toolCall' | 'toolResult' }>;

/** Where a line stands, and which span says it. */
interface LinePlace {
  /** The span that a press leads to. */
  readonly key: SpanKey;
  /** Its index in this version of the trace. */
  readonly index: number;
  /** How many agents are around it beyond the outermost: 0 = the main conversation. */
  readonly depth: number;
  /** The first line of what this span itself says or does: its time, tokens and cost stand beside it. */
  readonly own: boolean;
}

/**
 * A line of a transcript.
 *
 * - `agent`: an agent begins; its lines follow.
 * - `system`: the instructions of a model, once; again where they change.
 * - `said`: a part of a message, by its role; `summary` where it stands for messages that were left out; `repeats` = the
 * place of the line whose words it hands on (an answer that another model is asked about).
 * - `calls`: a model answers with calls of tools and nothing else.
 * - `tool`: a call of a tool with what came back. `call` = the model call that asks for it, `run` = the span that ran it;
 * either may be unknown. `attempt` counts runs of one call: 2 = tried again.
 * - `step`: what was looked up, checked or kept: a retriever, guardrail, evaluator, memory; a model call of which no
 * words are recorded.
 * - `history`: what became of what was said before in the call that follows; `dropped` messages are not sent any more.
 * - `event`: what the program did with the conversation (compaction, interruption, rewind).
 * - `error`: a step failed that says nothing else here.
 */
export type TranscriptLine = LinePlace &
  (
    | { readonly type: 'agent'; readonly name: string }
    | { readonly type: 'system'; readonly text: string; readonly changed: boolean }
    | {
        readonly type: 'said';
        readonly role: string;
        readonly name: string | null;
        readonly part: SpokenPart;
        readonly summary: boolean;
        readonly repeats: number | null;
      }
    | { readonly type: 'calls'; readonly names: readonly string[] }
    | {
        readonly type: 'tool';
        readonly name: string;
        readonly callId: string | null;
        /** Undefined = not recorded. */
        readonly arguments: unknown;
        readonly result: unknown;
        readonly failed: boolean;
        /** What the span says about its failure. */
        readonly message: string | null;
        readonly call: SpanKey | null;
        readonly run: SpanKey | null;
        readonly attempt: number;
      }
    | {
        readonly type: 'step';
        readonly kind: SpanKind;
        readonly name: string;
        readonly input: string | null;
        readonly output: string | null;
        readonly documents: number | null;
        readonly failed: boolean;
        readonly message: string | null;
      }
    | { readonly type: 'history'; readonly history: HistoryChange; readonly dropped: number }
    | { readonly type: 'event'; readonly name: string; readonly text: string | null }
    | { readonly type: 'error'; readonly name: string; readonly message: string | null }
  );

/** A trace as one conversation. Plain data but for `lineOf`. */
export interface Transcript {
  readonly lines: readonly TranscriptLine[];
  /**
   * The line at which a span is found: its own first line, else that of the nearest span around it that has one; -1
   * where there is none.
   */
  lineOf(index: number): number;
}
