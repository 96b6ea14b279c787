/** Places in a text, in UTF-16 units: from, up to but not with. */
export type TextRange = readonly [from: number, to: number];

export type Operator = ':' | '=' | '<' | '<=' | '>' | '>=';

/** What a field is compared with. Several stand for "any of". */
export interface QueryValue {
  readonly text: string;
  /** `*` stands for any text: written without quotes. */
  readonly pattern: boolean;
  /** Nanoseconds, dollars or a plain number; null where the field is text or the value was quoted. */
  readonly amount: number | null;
}

/**
 * All terms of a query must hold. `!=` is `=` negated; what is negated holds exactly where the term alone does not, so
 * also where nothing is known.
 */
export type QueryTerm =
  | { readonly type: 'text'; readonly text: string; readonly negated: boolean; readonly range: TextRange }
  | FieldTerm;

export interface FieldTerm {
  readonly type: 'field';
  /** The name in the table of fields, whatever alias was typed. */
  readonly field: string;
  /** Attribute key or name of a score. */
  readonly key?: string;
  readonly operator: Operator;
  readonly values: readonly QueryValue[];
  readonly negated: boolean;
  readonly range: TextRange;
}

export type QueryProblemCode =
  | 'unknown-field'
  | 'unknown-value'
  | 'bad-number'
  | 'bad-duration'
  | 'bad-operator'
  | 'missing-value'
  | 'missing-key'
  | 'unclosed-quote'
  | 'no-boolean'
  | 'excluding-terms'
  | 'too-many-terms';

export interface QueryProblem {
  readonly code: QueryProblemCode;
  /** `error`: what stands at the range is not applied. `hint`: it is, but perhaps not as meant. */
  readonly severity: 'error' | 'hint';
  readonly range: TextRange;
  /**
   * For hosts that word it themselves: what was typed, and the nearest known word where there is one. Of
   * `excluding-terms`, `text` is the term that asks for any of the values.
   */
  readonly facts: { readonly text: string; readonly field?: string; readonly nearest?: string };
  /** In English. */
  readonly message: string;
}

export interface Query {
  readonly text: string;
  readonly terms: readonly QueryTerm[];
  readonly problems: readonly QueryProblem[];
}

/** Asks of the span at an index. */
export type IndexTest = (index: number) => boolean;
