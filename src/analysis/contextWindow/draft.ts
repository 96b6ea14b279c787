import type { Span } from '../../model/types.ts';
import type { CallMessages, HistoryChange } from '../conversation/types.ts';
import type { Piece } from './prompt.ts';
import type { CacheBreak, ContextSection, PromptDifference } from './types.ts';

export type Characters = Readonly<Record<Exclude<ContextSection, 'unrecorded'>, number>>;

/** What is known of a call before its characters are weighed in tokens. */
export interface Draft {
  readonly span: Span;
  /** The call whose conversation it continues, and whether its text says so (else its tokens do). */
  readonly previous: Draft | null;
  readonly isSeen: boolean;
  /** The first call of the conversation. */
  readonly opening: Draft | null;
  readonly sizes: Characters;
  readonly results: ReadonlyMap<string, number>;
  readonly history: HistoryChange | null;
  readonly compacted: boolean;
  readonly broken: BrokenPrefix | null;
}

/** Where a prompt differs from the one before it. */
export interface BrokenPrefix {
  readonly cause: CacheBreak;
  readonly difference: PromptDifference | null;
  /** Characters that are the same from the start on, and such as were sent before and stand behind the difference. */
  readonly shared: number;
  readonly again: number;
}

/** A call as the next ones are compared with it. */
export interface Sent extends CallMessages {
  readonly draft: Draft;
  readonly prompt: readonly Piece[];
  readonly answer: readonly Piece[];
}

export const promptSize = ({ tools, system, history, toolResults, input }: Characters): number =>
  tools + system + history + toolResults + input;
