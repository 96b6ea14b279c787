/**
 * What a trace is. These shapes are the public contract of `spanwise/core`: names and meanings stay, additions are
 * welcome.
 */

// ---------------------------------------------------------------- time, identity, kinds

/** Whole nanoseconds relative to `Trace.originUnixNano`; exact below 2^53 ns (104 days). NaN = unknown. */
export type Nanos = number & { readonly unit?: 'ns' };

/**
 * `traceId/spanId`, with `#2`, `#3`… where one id carries different spans. Stable under order of arrival. State, URLs,
 * diagnostics and diffs speak in keys; an index is valid only within one `Trace.version`.
 */
export type SpanKey = string;

/**
 * What the step is to an LLM application. `span` = nothing known (the recorded word, if any, is `rawKind`). Hosts may
 * add kinds.
 */
export type SpanKind =
  | 'agent'
  | 'chain'
  | 'llm'
  | 'tool'
  | 'retriever'
  | 'reranker'
  | 'embedding'
  | 'guardrail'
  | 'evaluator'
  | 'prompt'
  | 'parser'
  | 'memory'
  | 'event'
  | 'http'
  | 'db'
  | 'rpc'
  | 'messaging'
  | 'span'
  | (string & {});

/** OpenTelemetry's own span kind. */
export type OtelKind = 'internal' | 'server' | 'client' | 'producer' | 'consumer';

/** `running` = no end recorded and not failed. Whether it still moves is `Trace.live`, not this. */
export type SpanStatus = 'ok' | 'error' | 'warning' | 'unset' | 'running';

// ---------------------------------------------------------------- amounts

/**
 * Tokens in disjoint buckets; null = unknown, never 0. input = inputUncached + cacheRead + cacheWrite + audioInput;
 * output = outputText + reasoning + audioOutput. `other` keeps what producers add (image tokens, …).
 */
export interface Usage {
  readonly input: number | null;
  readonly output: number | null;
  readonly total: number | null;
  readonly inputUncached: number | null;
  readonly cacheRead: number | null;
  readonly cacheWrite: number | null;
  readonly audioInput: number | null;
  readonly outputText: number | null;
  readonly reasoning: number | null;
  readonly audioOutput: number | null;
  readonly other: Readonly<Record<string, number>>;
}

export interface Cost {
  /** US dollars unless `currency` says otherwise; null = unknown. */
  readonly total: number | null;
  readonly currency: string;
  readonly origin: 'reported' | 'computed' | 'mixed' | 'unknown';
  readonly parts: Readonly<Partial<Record<keyof Usage | (string & {}), number>>>;
}

/** Sums that count nothing twice; `ledger` says how. */
export interface Ledger {
  readonly total: LedgerEntry;
  /** What the span itself reports. */
  own(index: number): LedgerEntry;
  /** The span and everything below it. */
  subtree(index: number): LedgerEntry;
  /** Spans whose own amount disagrees with the sum below them; the sum below is the one that counts. */
  readonly conflicts: readonly { readonly key: SpanKey; readonly own: LedgerEntry; readonly below: LedgerEntry }[];
  /** Spans that look like a second record of a call that counts already, and that call. */
  readonly countedOnce: readonly { readonly key: SpanKey; readonly of: SpanKey }[];
}

export interface LedgerEntry {
  readonly usage: Usage;
  readonly cost: Cost;
  /** How many model calls there are, and how many of them have tokens and a cost ("5 of 7 priced"). */
  readonly calls: number;
  readonly callsWithUsage: number;
  readonly callsWithCost: number;
}

// ---------------------------------------------------------------- the trace

export interface TraceSet {
  /** Name of the format that was read; `mixed` where inputs differ. */
  readonly format: string;
  readonly traces: readonly Trace[];
  /** Of reading the envelopes. */
  readonly diagnostics: readonly Diagnostic[];
  /** entries = shown + merged + skipped, always. */
  readonly accounting: {
    readonly entries: number;
    readonly shown: number;
    readonly merged: number;
    readonly skipped: number;
  };
}

export interface Trace {
  readonly key: string;
  readonly traceId: string;
  readonly name: string;
  /** Grows when a stream publishes a new state; indices belong to one version. */
  readonly version: number;
  /** An open stream feeds it: bars may grow, "now" exists. False for files, however many spans lack an end. */
  readonly live: boolean;
  readonly originUnixNano: bigint;
  /** `step`: the source has no clock. Spans are in order, and no time is known. @default 'clock' */
  readonly timeBasis: 'clock' | 'step';
  /** Last instant known of any span or event. */
  readonly end: Nanos;
  readonly spanCount: number;
  readonly columns: TraceColumns;
  /** The span at an index; throws RangeError outside `0 … spanCount - 1`. */
  span(index: number): Span;
  find(keyOrSpanId: string): Span | undefined;
  /** Pre-order. */
  spans(): IterableIterator<Span>;
  /** The only gate to what a span holds; may be remote, so callers await it. */
  content(index: number): SpanContent | Promise<SpanContent>;
  readonly sessionId?: string;
  readonly userId?: string;
  readonly tags: readonly string[];
  readonly metadata: Readonly<Record<string, unknown>>;
  /** Of the trace and of its session; those of a span are in `Span.scores`. */
  readonly scores: readonly Score[];
}

/**
 * Spans in pre-order; siblings by start, then dotted order, end, span id, content hash (so arrival order never
 * matters).
 */
export interface TraceColumns {
  /** Index of the parent; -1 = root. */
  readonly parent: Int32Array;
  /** First index after the subtree. */
  readonly subtreeEnd: Uint32Array;
  readonly depth: Uint32Array;
  /** Nanos. A span without a start stands at its parent's start and carries the `missing-start` flag. */
  readonly start: Float64Array;
  /** Nanos, NaN = open. */
  readonly end: Float64Array;
  /** Ids into `kinds`, `SPAN_STATUSES` and `OTEL_KINDS`. */
  readonly kind: Uint8Array;
  /** `SPAN_KINDS`, and behind them the kinds of the host that this trace has. */
  readonly kinds: readonly SpanKind[];
  readonly status: Uint8Array;
  readonly otelKind: Uint8Array;
  /** Bits of `SPAN_FLAGS`. */
  readonly flags: Uint32Array;
  /** Ids into `strings`; 0 is the empty string and stands for "none". */
  readonly name: Uint32Array;
  readonly service: Uint32Array;
  readonly model: Uint32Array;
  readonly provider: Uint32Array;
  readonly rawKind: Uint32Array;
  readonly strings: readonly string[];
  /** Usage and cost exist for few spans, so they are sparse: slot per span into the amounts, -1 = none. */
  readonly amounts: Int32Array;
  /** LangGraph's number of the step in which a node ran, NaN = none; absent where no span has one. */
  readonly graphStep?: Float64Array;
  /**
   * Ids into `strings`: the node of a graph in which a span ran (OpenInference's `graph.node.id`, LangGraph's
   * `langgraph_node`), how it is called, and the node before it, as far as that is recorded; absent where no span has one.
   */
  readonly graphNode?: Uint32Array;
  readonly graphName?: Uint32Array;
  readonly graphParent?: Uint32Array;
}

/** The envelope: cheap, from columns. Made on demand; do not keep across versions, keep `key`. */
export interface Span {
  readonly key: SpanKey;
  readonly index: number;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | null;
  readonly parent: Span | null;
  readonly depth: number;
  readonly childCount: number;
  readonly descendantCount: number;
  readonly name: string;
  readonly kind: SpanKind;
  readonly rawKind: string | null;
  readonly otelKind: OtelKind | null;
  readonly status: SpanStatus;
  readonly statusMessage: string | null;
  /**
   * How the status is known: `recorded`, or the sign of a failure where none is recorded: the key of an attribute
   * (`error.type`, `http.response.status_code`…), `exception` (an event), `tool result`. Null = there is none, or the span
   * is not over.
   */
  readonly statusOrigin: string | null;
  readonly start: Nanos;
  readonly end: Nanos;
  /** end - start; NaN when either is unknown, 0 when the end lies before the start. */
  readonly duration: Nanos;
  /** As recorded, exact; null = not recorded. */
  readonly startUnixNano: bigint | null;
  readonly endUnixNano: bigint | null;
  /** Nanos from the span's start to the first token; NaN = unknown. */
  readonly firstToken: Nanos;
  readonly service: string | null;
  readonly model: string | null;
  readonly provider: string | null;
  readonly usage: Usage | null;
  readonly cost: Cost | null;
  /** What somebody thought of this span, from wherever that was recorded. */
  readonly scores: readonly Score[];
  readonly diagnostics: readonly Diagnostic[];
  content(): SpanContent | Promise<SpanContent>;
}

/** Everything else a span holds, decoded when asked for. */
export interface SpanContent {
  readonly attributes: ReadonlyMap<string, AttributeValue>;
  readonly resource: ReadonlyMap<string, AttributeValue>;
  readonly scope: {
    readonly name: string;
    readonly version?: string;
    readonly attributes: ReadonlyMap<string, AttributeValue>;
  } | null;
  readonly events: readonly SpanEvent[];
  readonly links: readonly SpanLink[];
  readonly input: Payload | null;
  readonly output: Payload | null;
  readonly messages: { readonly input: readonly Message[]; readonly output: readonly Message[] } | null;
  readonly toolDefinitions: readonly ToolDefinition[];
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly promptTemplate: PromptTemplate | null;
  readonly tool: ToolUse | null;
  readonly documents: DocumentLists | null;
  readonly embeddings: readonly Embedding[];
  readonly scores: readonly Score[];
  /** How many attributes, events and links the producer dropped; absent where it dropped none. */
  readonly dropped?: Dropped;
  /** W3C trace state, as recorded. */
  readonly traceState?: string;
  /** OTLP's flags: bits 0-7 are those of W3C, bit 8 says that bit 9 is known, bit 9 that the parent is remote. */
  readonly flags?: number;
  /** Whether the parent is in another process; absent where nobody says so. */
  readonly remoteParent?: boolean;
  /** Which version of the conventions the attributes follow. */
  readonly schemaUrl?: string;
  /** What could not be read in it as it stands. */
  readonly diagnostics?: readonly Diagnostic[];
  /** The span's place among siblings that start together, in words that sort. */
  readonly dottedOrder?: string;
  /**
   * Fields of a record in spanwise's own format that this does not define. Only there where the record is of that
   * format.
   */
  readonly extra?: Readonly<Record<string, unknown>>;
  /** The record(s) as given, unknown fields included. Several where a span came in parts. */
  readonly raw: readonly unknown[];
}

export type AttributeValue =
  | string
  | number
  | boolean
  | bigint
  | null
  | Uint8Array
  | readonly AttributeValue[]
  | { readonly [key: string]: AttributeValue };

export interface Dropped {
  readonly attributes: number;
  readonly events: number;
  readonly links: number;
}
export interface SpanEvent {
  readonly name: string;
  /** NaN where none is known. */
  readonly time: Nanos;
  /**
   * Nanoseconds since the Unix epoch, as recorded: only where `time`, which counts from the trace's origin, is too far
   * from it to be exact.
   */
  readonly timeUnixNano?: bigint;
  readonly attributes: ReadonlyMap<string, AttributeValue>;
  readonly droppedAttributes?: number;
}
export interface SpanLink {
  readonly traceId: string;
  readonly spanId: string;
  readonly direction: 'out' | 'in';
  readonly attributes: ReadonlyMap<string, AttributeValue>;
  readonly traceState?: string;
  readonly droppedAttributes?: number;
}
/** Text as recorded; parsed only when opened. `json()` is undefined where the text is not JSON. */
export interface Payload {
  readonly text: string;
  readonly mimeType: string;
  json(): unknown | undefined;
}
export interface Message {
  readonly role: 'system' | 'developer' | 'user' | 'assistant' | 'tool' | (string & {});
  readonly name?: string;
  readonly parts: readonly Part[];
  readonly finishReason?: string;
}
export type Part =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'reasoning'; readonly text: string; readonly redacted?: boolean }
  | { readonly type: 'refusal'; readonly text: string }
  | { readonly type: 'toolCall'; readonly id?: string; readonly name: string; readonly arguments: unknown }
  | {
      readonly type: 'toolResult';
      readonly id?: string;
      readonly name?: string;
      readonly result: unknown;
      readonly error?: boolean;
    }
  | {
      readonly type: 'image' | 'audio' | 'video' | 'file';
      readonly mimeType?: string;
      readonly uri?: string;
      readonly data?: string;
      readonly transcript?: string;
    }
  | { readonly type: 'unknown'; readonly value: unknown };
export interface ToolDefinition {
  readonly name: string;
  readonly description?: string;
  readonly parameters?: unknown;
}
export interface PromptTemplate {
  readonly template: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly version?: string;
}
export interface ToolUse {
  readonly name: string;
  readonly description?: string;
  readonly arguments?: unknown;
  readonly result?: unknown;
  readonly callId?: string;
}
export interface Document {
  readonly id?: string;
  readonly content?: string;
  readonly score?: number;
  readonly scoreKind?: 'similarity' | 'distance' | 'relevance';
  readonly metadata?: unknown;
}
export interface DocumentLists {
  readonly query?: string;
  readonly input: readonly Document[];
  readonly output: readonly Document[];
}
export interface Embedding {
  readonly text?: string;
  readonly dimensions?: number;
  vector(): ArrayLike<number> | null;
}
export interface Score {
  readonly name: string;
  readonly value: number | null;
  readonly label: string | null;
  readonly comment: string | null;
  readonly source: 'human' | 'llm' | 'code' | 'api' | 'unknown';
  readonly target: { readonly level: 'span' | 'trace' | 'session'; readonly key: string };
  readonly metadata?: unknown;
}

/** Something that was repaired, guessed or left out. Equal ones are grouped; `count` is never capped, `keys` may be. */
export interface Diagnostic {
  readonly code: string;
  readonly severity: 'info' | 'warning' | 'error';
  readonly message: string;
  readonly count: number;
  readonly keys?: readonly SpanKey[];
  readonly path?: string;
  readonly line?: number;
  readonly position?: number;
}

/**
 * Siblings that repeat: each iteration is one span, or several that follow each other. What is below them belongs to
 * it.
 */
export interface LoopFold {
  readonly key: string;
  readonly parent: SpanKey | null;
  readonly iterations: readonly (readonly SpanKey[])[];
}
