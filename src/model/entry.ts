import type { SpanIds } from './build/spanIds.ts';
import type { Instant } from './time.ts';
import type {
  Cost,
  Nanos,
  OtelKind,
  Score,
  SpanContent,
  SpanKind,
  SpanLink,
  SpanStatus,
  TraceColumns,
  Usage,
} from './types.ts';

/** One span on its way into a `Trace`: ids, times and envelope are read, links and order are not worked out yet. */
export interface SpanEntry {
  readonly spanId: string;
  readonly parentSpanId: string | null;
  readonly name: string;
  readonly start: Instant | null;
  readonly end: Instant | null;
  readonly kind: SpanKind;
  /** The name of the span above whose amounts stand here. */
  readonly amountsOf?: string | null;
  /** The recorded kind of the span right above, which has in full what stands here in part. */
  readonly amountsIn?: string | null;
  /** The recorded kind of the span below, whose messages stand here. */
  readonly contentOf?: string | null;
  /** Its kind where a model call is below it. */
  readonly kindOfWrapper?: SpanKind | null;
  readonly rawKind: string | null;
  readonly otelKind: OtelKind | null;
  readonly status: SpanStatus;
  /** By what sign the status is known, where it is not recorded. */
  readonly statusOrigin?: string | null;
  readonly statusMessage: string | null;
  readonly service: string | null;
  readonly model: string | null;
  readonly provider: string | null;
  readonly amounts: SpanAmounts | null;
  /** Bits of `SPAN_FLAGS` that reading the record has set. */
  readonly flags: number;
  readonly content: ContentSource;
  /** Times as recorded where `start` and `end` are others: too far off to be believed, or corrected. */
  readonly recorded?: { readonly start: Instant | null; readonly end: Instant | null };
  /** Settles the order of siblings that start together, by text. */
  readonly dottedOrder?: string | null;
  /** LangGraph's number of the step; absent = none is recorded. */
  readonly graphStep?: number | undefined;
  /** The node of a graph in which it ran, how that is called, and the id of the node before it; absent = none. */
  readonly graphNode?:
    | { readonly id: string; readonly name: string | null; readonly before: string | null }
    | undefined;
  /** Scores that the span itself carries. */
  readonly scores?: readonly RecordedScore[] | undefined;
  /** Last instant of an event, where it may lie after the end. */
  readonly lastEvent?: Instant | null;
}

/** What few spans have, and so is kept apart from the columns. */
export interface SpanAmounts {
  readonly usage: Usage | null;
  readonly cost: Cost | null;
  /** From the span's start; NaN = unknown. */
  readonly firstToken: Nanos;
}

/**
 * What a span holds, where it came from. All that a built trace keeps of its input, so it should refer to few things.
 */
export interface ContentSource {
  /**
   * Of all content: settles the order of spans that are equal in start, end and id, and tells repeats from namesakes.
   */
  hash(): number;
  /** `origin` is the instant that `Nanos` count from. */
  decode(origin: Instant, key: string): SpanContent | Promise<SpanContent>;
  /** The name of the scope that recorded it, null = none says; left out where only the content tells. */
  scopeName?(): string | null;
  /** Makes a store in which its like take less room than an object for each. */
  createStore?(): ContentStore;
}

/** What the spans of a trace hold, while they come. */
export interface ContentStore {
  add(content: ContentSource): void;
  at(number: number): ContentSource;
  /** Those of these numbers. */
  inOrder(numbers: Uint32Array): ContentList;
}

/** What the spans of a trace hold, by index. */
export interface ContentList {
  at(index: number): ContentSource | undefined;
  /** Whether contents are elsewhere, so that to look into one is a request and a promise. @default false */
  readonly remote?: RemoteContents;
}

/** What can be asked of whoever holds the contents, in place of looking into each. */
export interface RemoteContents {
  /** Answers what a work of `worker/works.ts` yields. Ends when aborted. */
  ask(work: string, given: unknown, signal: AbortSignal | undefined): AsyncIterable<unknown>;
  /** Frees what is held; from then on no content can be had. */
  close(): void;
}

/** What is known of a trace beside its spans. */
export interface TraceAbout {
  readonly name?: string | undefined;
  readonly sessionId?: string | undefined;
  readonly userId?: string | undefined;
  readonly tags?: readonly string[];
  /** Of the trace, and such as are about a span or session that is not there. */
  readonly scores?: readonly Score[];
  /** Of its session: one list for all traces of it. */
  readonly sessionScores?: readonly Score[];
  /** By span id: scores that came beside the spans, and links that lead here from other spans. */
  readonly spanScores?: ReadonlyMap<string, readonly Score[]>;
  readonly linksIn?: ReadonlyMap<string, readonly SpanLink[]>;
  readonly metadata?: Readonly<Record<string, unknown>>;
}

/** A score before it is known what key its target has; without a level it is about the span that carries it. */
export type RecordedScore = Omit<Score, 'target'> & { readonly level?: Score['target']['level'] };

/** What few spans have. */
export type ByIndex<Value> = Pick<ReadonlyMap<number, Value>, 'get' | 'has'>;

/** All that `buildTrace` worked out. Arrays and maps are by span index. */
export interface TraceParts {
  readonly traceId: string;
  readonly about: TraceAbout;
  readonly origin: Instant;
  readonly columns: TraceColumns;
  readonly amounts: readonly SpanAmounts[];
  /** Recorded times that `columns` cannot give back: ends before their start, and distances beyond 2^53 ns. */
  readonly exactTimes: ByIndex<{ readonly start: Instant | null; readonly end: Instant | null }>;
  readonly spanIds: SpanIds;
  readonly keySuffixes: ReadonlyMap<number, string>;
  /** Parent ids that lead to no parent in the tree; all others are the span id of the parent. */
  readonly strayParentIds: ByIndex<string>;
  readonly statusMessages: ByIndex<string>;
  readonly statusOrigins: ByIndex<string>;
  readonly scores: ByIndex<readonly RecordedScore[]>;
  readonly content: ContentList;
  readonly lastEvent: Nanos;
}
