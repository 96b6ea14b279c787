import type { Instant } from './time.ts';
import type { Cost, Nanos, OtelKind, SpanContent, SpanKind, SpanStatus, Usage } from './types.ts';

/** One span on its way into a `Trace`: ids, times and envelope are read, links and order are not worked out yet. */
export interface SpanEntry {
  readonly spanId: string;
  readonly parentSpanId: string | null;
  readonly name: string;
  readonly start: Instant | null;
  readonly end: Instant | null;
  readonly kind: SpanKind;
  readonly rawKind: string | null;
  readonly otelKind: OtelKind | null;
  readonly status: SpanStatus;
  readonly statusMessage: string | null;
  readonly service: string | null;
  readonly model: string | null;
  readonly provider: string | null;
  readonly amounts: SpanAmounts | null;
  /** Bits of `SPAN_FLAGS` that reading the record has set. */
  readonly flags: number;
  readonly content: ContentSource;
  /** Times as recorded that are too far off to be believed: `start` and `end` are null in their place. */
  readonly stray?: { readonly start: Instant | null; readonly end: Instant | null };
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

/** What a span holds, where it came from. All that a built trace keeps of its input, so it should refer to few things. */
export interface ContentSource {
  /** Of all content: settles the order of spans that are equal in start, end and id, and tells repeats from namesakes. */
  hash(): number;
  /** `origin` is the instant that `Nanos` count from. */
  decode(origin: Instant, key: string): SpanContent;
}

/** What is known of a trace beside its spans. */
export interface TraceAbout {
  readonly name?: string | undefined;
  readonly sessionId?: string | undefined;
  readonly userId?: string | undefined;
  readonly tags?: readonly string[];
  readonly metadata?: Readonly<Record<string, unknown>>;
}
