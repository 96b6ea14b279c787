import type { Score } from '../../../model/types.ts';
import type { TextEquality } from '../signs/textEquality.ts';
import type { Delta } from '../types.ts';

export interface PairOptions {
  /** Attributes whose values say nothing, beside those of `VOLATILE_ATTRIBUTES`; a `*` at the end stands for any letters. */
  readonly ignoreAttributes?: readonly string[];
  /** Ends the work when another row is looked at. */
  readonly signal?: AbortSignal;
}

/** A stretch of a text: what both have, or only one. */
export interface TextPart {
  readonly op: 'same' | 'added' | 'removed';
  readonly text: string;
}

export interface TextComparison {
  readonly equality: TextEquality;
  /** 0 … 1: how much of both is the same. */
  readonly similarity: number;
  /** In order; what was removed stands before what was added in its place. */
  readonly parts: readonly TextPart[];
  /** How fine the parts are: where a text is large or all of it differs, lines or the whole. */
  readonly level: 'word' | 'line' | 'whole';
  /** Where both are JSON: what differs in it, by path. */
  readonly values: readonly ValueChange[] | null;
  readonly note: string | null;
}

/** A difference between two values, `path` as in `tools[2].name`, or `tools[id=7].name` where a list has ids. */
export interface ValueChange {
  readonly path: string;
  readonly op: 'added' | 'removed' | 'changed' | 'moved';
  readonly a?: unknown;
  readonly b?: unknown;
  /** Between numbers. */
  readonly delta?: number;
}

/** Two messages, or one that the other side does not have. Indices are into the list of that side. */
export interface MessageComparison {
  readonly op: 'same' | 'changed' | 'added' | 'removed';
  readonly a: number | null;
  readonly b: number | null;
  readonly role: string;
  readonly text: TextComparison | null;
}

/** A document with its place (from 1) and score on either side. */
export interface DocumentComparison {
  readonly op: 'same' | 'changed' | 'added' | 'removed';
  readonly id: string | null;
  readonly rank: Delta;
  readonly score: Delta;
}

/** All that differs between the two spans of a row; of a row with one span, what that has. Plain data. */
export interface PairComparison {
  readonly messages: {
    readonly input: readonly MessageComparison[];
    readonly output: readonly MessageComparison[];
  } | null;
  readonly input: TextComparison | null;
  readonly output: TextComparison | null;
  readonly model: { readonly a: string | null; readonly b: string | null; readonly changed: boolean };
  readonly status: {
    readonly a: string | null;
    readonly b: string | null;
    readonly changed: boolean;
    readonly message: TextComparison | null;
  };
  readonly parameters: readonly ValueChange[];
  /** The tools that a call was given, by name. */
  readonly toolDefinitions: readonly ValueChange[];
  /** Of a tool's own call. */
  readonly toolArguments: readonly ValueChange[];
  readonly toolResult: readonly ValueChange[];
  readonly documents: {
    readonly input: readonly DocumentComparison[];
    readonly output: readonly DocumentComparison[];
  } | null;
  readonly attributes: readonly ValueChange[];
  readonly scores: Readonly<Record<string, Delta & { readonly labels: readonly [Score['label'], Score['label']] }>>;
  readonly notes: readonly string[];
}
