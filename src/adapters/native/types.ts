import type { Cost, Diagnostic, Message, Score, Usage } from '../../model/types.ts';

/** The value of `format` in a native document. */
export const NATIVE_FORMAT = 'spanwise/1';

/** Map of attributes; values as `encodeValue` writes them. */
export type NativeAttributes = Readonly<Record<string, unknown>>;
export interface NativeScope {
  readonly name: string;
  readonly version?: string;
  readonly attributes?: NativeAttributes;
}

/** `{ "format": "spanwise/1", "traces": [...] }`. `spanwise-1.schema.json` says the same as JSON Schema. */
export interface NativeDocument {
  readonly format: typeof NATIVE_FORMAT;
  readonly traces: readonly NativeTrace[];
  /** What was missing or left out when this was written. */
  readonly diagnostics?: readonly Diagnostic[];
}

export interface NativeTrace {
  readonly traceId: string;
  /**
   * This and the next four: where they are given, and be it null or empty, attributes of spans are not asked for them.
   */
  readonly name?: string;
  readonly sessionId?: string | null;
  readonly userId?: string | null;
  readonly tags?: readonly string[];
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** Of the trace and its session, with their target. */
  readonly scores?: readonly unknown[];
  /** What spans share: `span.resource` and `span.scope` may be a place in these lists. */
  readonly resources?: readonly { readonly attributes: NativeAttributes }[];
  readonly scopes?: readonly NativeScope[];
  readonly spans: readonly NativeSpan[];
}

/** Only `spanId` must be there. Times are nanoseconds since the Unix epoch in decimal digits; null = not recorded. */
export interface NativeSpan {
  readonly spanId: string;
  readonly parentSpanId?: string | null;
  readonly name?: string;
  readonly kind?: string;
  readonly rawKind?: string;
  readonly otelKind?: string;
  readonly status?: string;
  /** By what sign the status is known, where none was recorded. */
  readonly statusOrigin?: string;
  readonly statusMessage?: string;
  readonly startUnixNano?: string | null;
  readonly endUnixNano?: string | null;
  /** Nanoseconds from the start. */
  readonly firstToken?: number;
  readonly service?: string;
  /** Of this and the next three, null: unknown, whatever the attributes say. */
  readonly model?: string | null;
  readonly provider?: string | null;
  readonly usage?: Partial<Usage> | null;
  readonly cost?: Partial<Cost> | null;
  readonly scores?: readonly Partial<Omit<Score, 'target'>>[];
  readonly attributes?: NativeAttributes;
  readonly resource?: number | { readonly attributes: NativeAttributes };
  readonly scope?: number | NativeScope;
  readonly events?: readonly {
    readonly name: string;
    readonly timeUnixNano?: string | null;
    readonly attributes?: NativeAttributes;
    readonly droppedAttributes?: number;
  }[];
  readonly links?: readonly {
    readonly traceId: string;
    readonly spanId: string;
    readonly attributes?: NativeAttributes;
    readonly traceState?: string;
    readonly droppedAttributes?: number;
  }[];
  /** What attributes and events do not say, in the shapes of `SpanContent`. */
  readonly input?: unknown;
  readonly output?: unknown;
  readonly messages?: { readonly input?: readonly Message[]; readonly output?: readonly Message[] };
  readonly toolDefinitions?: unknown;
  readonly parameters?: unknown;
  readonly promptTemplate?: unknown;
  readonly tool?: unknown;
  readonly documents?: unknown;
  readonly embeddings?: unknown;
  readonly dropped?: unknown;
  readonly traceState?: string;
  readonly traceFlags?: number;
  readonly remoteParent?: boolean;
  readonly schemaUrl?: string;
  /** Settles the order of siblings that start together, by text. */
  readonly dottedOrder?: string;
  /** What reading the first record has repaired (`bad-timestamp`, `unit-guessed`, `bad-id`, `missing-span-id`). */
  readonly repairs?: readonly string[];
  /** Tells spans apart that share an id, and their order where all else is equal. */
  readonly ordinal?: number;
  /**
   * The records that the span was read from, in their own format; what the fields above say already is referred to
   * (`rawReferences.ts`).
   */
  readonly raw?: readonly unknown[];
}
