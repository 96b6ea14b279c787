import type { Instant } from '../../model/time.ts';
import type { SpanContent, TraceSet } from '../../model/types.ts';
import type { Redaction } from '../../redact/createRedaction.ts';
import type { ReadOptions, ReadProgress } from '../types.ts';
import type { FlatValue } from './flatValue.ts';
import type { MovedTrace, Piece } from './movedTraces.ts';

/*
 * What page and worker say to each other. The page opens a channel by one message to the worker, so that a worker of the
 * host may have other work too; all else goes through the channel.
 */

/** The message that opens a channel; its port is the worker's end. */
export interface Opening {
  readonly type: typeof OPENING;
  readonly port: MessagePort;
}
export const OPENING = 'spanwise';

export const isOpening = (data: unknown): data is Opening =>
  typeof data === 'object' && data !== null && (data as { readonly type?: unknown }).type === OPENING;

/** An input as it is handed over. A stream stays with the page, which is asked for one piece after the other. */
export type MovedInput =
  | { readonly bytes: Uint8Array | Blob }
  /** It comes before, in pieces. */
  | { readonly text: true }
  | { readonly stream: { readonly size: number | undefined; readonly status: number | null } };

/** A rule without functions: ready ones go by their names. */
export interface MovedRule {
  readonly name: string;
  readonly key?: RegExp;
  readonly value?: RegExp;
  readonly ready?: string;
}

export type MovedOptions = Pick<ReadOptions, 'format' | 'prices' | 'limits'> & {
  readonly holdAs?: 'bytes' | 'objects';
  readonly redact?: readonly MovedRule[];
  /** Whether the host wants to know. */
  readonly reportsMasked: boolean;
  readonly reportsProgress: boolean;
};

/** Where a content stands: the number of its trace, its span, and what it is to be decoded for. */
export interface ContentPlace {
  readonly trace: number;
  readonly index: number;
  readonly origin: Instant;
  readonly key: string;
}

export type ToWorker =
  | { readonly type: 'text'; readonly input: number; readonly text: string }
  | { readonly type: 'read'; readonly inputs: readonly MovedInput[]; readonly options: MovedOptions }
  /** The next piece of a stream; without one it is over, or has failed. */
  | { readonly type: 'chunk'; readonly input: number; readonly chunk?: unknown; readonly failed?: string }
  | ({ readonly type: 'content'; readonly id: number } & ContentPlace)
  | {
      readonly type: 'work';
      readonly id: number;
      readonly trace: number;
      readonly work: string;
      readonly given: unknown;
    }
  | { readonly type: 'stop'; readonly id: number };

export type FromWorker =
  | { readonly type: 'here' }
  | { readonly type: 'more'; readonly input: number }
  | { readonly type: 'enough'; readonly input: number }
  | { readonly type: 'progress'; readonly progress: ReadProgress }
  | { readonly type: 'masked'; readonly secrets: ReturnType<Redaction['secrets']> }
  | { readonly type: 'piece'; readonly piece: Piece }
  | { readonly type: 'traces'; readonly traces: readonly MovedTrace[] }
  | ({ readonly type: 'set' } & Omit<TraceSet, 'traces'>)
  /** Any of these, where it is too deep to be copied. */
  | { readonly type: 'flat'; readonly nodes: FlatValue }
  | { readonly type: 'failed'; readonly error: MovedError }
  | { readonly type: 'answer'; readonly id: number; readonly answer: unknown; readonly more?: boolean }
  | { readonly type: 'unanswered'; readonly id: number; readonly error: MovedError };

/** An error without its class. */
export interface MovedError {
  /** Of a `TraceInputError`. */
  readonly code?: string;
  readonly name: string;
  readonly message: string;
  readonly line?: number;
  readonly position?: number;
}

/** Content without functions. */
export type MovedContent = Omit<SpanContent, 'input' | 'output' | 'embeddings'> & {
  readonly input: MovedPayload | null;
  readonly output: MovedPayload | null;
  readonly embeddings: readonly { readonly numbers: ArrayLike<number> | null; readonly rest: object }[];
};
export interface MovedPayload {
  readonly text: string;
  readonly mimeType: string;
}
