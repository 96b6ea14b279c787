import type { Pieces } from './content/pieces.ts';
import type { Slice } from './content/slices.ts';
import type { PriceTable } from '../conventions/prices.ts';
import type { Envelope } from '../conventions/readEnvelope.ts';
import type { Redaction } from '../redact/createRedaction.ts';
import type { RedactRule } from '../redact/types.ts';
import type { TimeUnit } from '../model/time.ts';
import type { Score, SpanContent, Trace } from '../model/types.ts';

/** What can be read: text, bytes, a file, a response, a stream, or a document that is parsed already. */
export type TraceInput = string | Uint8Array | ArrayBuffer | Blob | Response | ReadableStream<Uint8Array> | object;

export interface ReadOptions {
  /** Name of the adapter to use; by default the structure of the document decides. */
  readonly format?: string;
  /** Adapters to choose from, in order of preference. @default `defaultAdapters` */
  readonly adapters?: readonly TraceAdapter[];
  /**
   * What is masked before anything is shown: text, names, ids, raw records, notes. With rules all content is looked at
   * once when it is read, so that a secret is masked wherever it recurs. @default none
   */
  readonly redact?: readonly RedactRule[];
  /**
   * What the rules of `redact` found in other inputs, for several that are shown side by side: it is masked here too,
   * with the same marks, and what is found here is added. @default nothing is known of others
   */
  readonly redaction?: Redaction;
  /**
   * Called once, when all is read, with what the marks stand for: for a host that answers `onReveal`. Nothing else
   * keeps these texts.
   */
  readonly onMasked?: (
    secrets: readonly { readonly id: string; readonly rule: string; readonly text: string }[],
  ) => void;
  /**
   * Prices in LiteLLM's shape, for spans with tokens and a model that report no cost themselves: theirs is `computed`.
   * @default none
   */
  readonly prices?: PriceTable;
  /**
   * Spans beyond the limit are counted and reported (`limit-dropped`): of a stream the oldest traces go first, those
   * that are over before others. Bytes beyond it, packed or unpacked, refuse the input (`too-large`). @default as many bytes as the engine can hold as text; gzip that unpacks to more than 64 MB
   * and 200 times its size is refused unless `bytes` says that so much is accepted
   */
  readonly limits?: Partial<{ readonly bytes: number; readonly spans: number }>;
}

/** How far reading is. */
export interface ReadProgress {
  /** `read`: bytes arrive. `parse`: a document was read, or is next. `build`: traces are made. `ready`: all is done. */
  readonly phase: 'read' | 'parse' | 'build' | 'ready';
  /** Bytes that have arrived, of all inputs (of texts their characters). */
  readonly bytes: number;
  /** Left out where an input does not say how long it is. */
  readonly totalBytes?: number;
  /** Entries of spans found so far. */
  readonly spans: number;
  /** 0 … 1 of the whole work; null where that is not known. It never falls. */
  readonly share: number | null;
}

export interface ParseOptions extends ReadOptions {
  /**
   * What a trace holds of OTLP, runs of LangSmith and sessions of Claude Code that come as bytes: the bytes themselves,
   * of which a span is parsed when somebody opens it, or all of them parsed. With rules to mask, or adapters of the host, they are parsed. The bytes of a
   * `Uint8Array` are those of the host: it leaves them as they are.
   * @default 'bytes' from 8 MB on, below that 'objects', which is quicker
   */
  readonly holdAs?: 'bytes' | 'objects';
  /**
   * Reads in a worker, off the thread of the page: called once for each reading, and answers a new worker that serves
   * `spanwise/worker`, or a file of the host's own that calls `serveTraces`. What spans hold stays there, so that
   * `trace.content` is a promise; masking is done there. The memory of bytes that are given moves into the worker, so
   * that they are empty afterwards; a `Blob` or `File` is read by the worker itself. The worker ends when nobody holds
   * the set any more, or at `closeTraces`. What a worker cannot be given (adapters, functions of masking rules, parsed
   * documents) is read on the page, and so is all where no worker can be started: `read-on-page` says why.
   * @default reads on the page, in slices
   */
  readonly createWorker?: () => Worker;
  /** Aborting rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Called while bytes arrive, between documents and between traces. */
  onProgress?(progress: ReadProgress): void;
}

/** How sure an adapter is (0 … 1) that it can read a document, and by what sign. */
export interface Detection {
  readonly confidence: number;
  readonly reason: string;
}

/** One format. Hosts may pass their own in `ReadOptions.adapters`. */
export interface TraceAdapter {
  readonly name: string;
  /** Cheap: looks at structure only. Null = not this format. */
  detect(document: unknown): Detection | null;
  /** Hands every span-like entry of the document to the sink. */
  read(document: unknown, sink: SpanSink): void;
  /** In place of `read` where the documents of a format say only together what happened, as the lines of a session. */
  readonly readAll?: ReadAll;
  readonly glimpses?: readonly string[];
}

/** Hands what all documents of one format hold to the sink, once all have been found. */
export type ReadAll = (documents: readonly GatheredDocument[], sink: SpanSink) => void;

/** A document that waits for its neighbours. */
export interface GatheredDocument {
  readonly document: unknown;
  /** Which of the inputs it stands in, from 0. */
  readonly input: number;
  /** The line it begins on, where the input holds several documents. */
  readonly line?: number;
  /** Of an input in bytes: it, or its entries, are among these, and are parsed each time that somebody asks for them. */
  readonly pieces?: Pieces;
  /** It with long texts cut (`LaterAdapter.glimpses`), and its number among the pieces. */
  readonly glimpse?: unknown;
  readonly number?: number;
}

/** A format of which only the signs are here: what reads it is fetched when a document of it comes. */
export interface LaterAdapter extends Pick<TraceAdapter, 'name' | 'detect'> {
  /**
   * Of documents among bytes it holds where they stand, and looks at them one at a time, mostly with long texts cut: not
   * those in fields of these names. @default it holds documents
   */
  readonly glimpses?: readonly string[];
  fetch(): Promise<ReadAll>;
}

/** A format of which only the signs are here, and whose reader is awaited as soon as a document of it comes. */
export interface AwaitedAdapter extends Pick<TraceAdapter, 'name' | 'detect'> {
  arrival(): Promise<TraceAdapter>;
}

/** What an adapter fills; links, order, kinds and amounts are worked out behind it. */
export interface SpanSink {
  span(record: SpanRecord): void;
  /** Where several say different things, the higher revision is believed. @default revision 0 */
  trace(
    traceId: string,
    about: Partial<Pick<Trace, 'name' | 'sessionId' | 'userId' | 'tags' | 'metadata'>>,
    revision?: number,
  ): void;
  /** What a program logged: it becomes an event of the span that it names, in whatever order they come. */
  logRecord(record: LogRecord): void;
  /**
   * A score whose target is named by a span key, a span id alone, a trace id or a session id: it goes there once all is
   * read, in whatever order it came.
   */
  score(score: Score, version?: ScoreVersion): void;
  /**
   * Reports what cannot be shown. An entry that is left out is reported as `span-not-object` and counts as skipped.
   * `count`: how often it was met, where it is reported once. @default 1
   */
  diagnostic(code: string, message: string, at?: RecordPlace): void;
}

/** A log record of OpenTelemetry, or of an SDK of it. */
export interface LogRecord {
  /** Of the span during which it was written. */
  readonly traceId: unknown;
  readonly spanId: unknown;
  /** What sort of event it is; by default what its attribute `event.name` says. */
  readonly name?: unknown;
  /** Any of the accepted forms with its unit. @default unit 'ns' */
  readonly time?: unknown;
  readonly timeUnit?: TimeUnit;
  /** A text, or a structure whose fields stand among the attributes of the event. */
  readonly body?: unknown;
  readonly severity?: unknown;
  readonly attributes?: unknown;
  /** The record itself, which is kept among those of its span. */
  readonly source: object;
}

/** Where in the input something was found. */
export interface RecordPlace {
  readonly traceId?: string;
  readonly spanId?: string;
  readonly path?: string;
  readonly line?: number;
  readonly count?: number;
}

/**
 * Which score it is: of several with one id the highest revision is shown. `source` is the record that it was read
 * from: what masking rules find there is masked in the score.
 */
export interface ScoreVersion {
  readonly id?: string;
  readonly revision?: number;
  readonly source?: object;
}

export interface SpanRecord {
  /**
   * Null and '' = none is recorded. Undefined = that of the root above the span, found by parent ids among all that is
   * read.
   */
  readonly traceId: unknown;
  readonly spanId: unknown;
  /** Null, undefined and '' = root. */
  readonly parentSpanId?: unknown;
  readonly name?: unknown;
  /** Any of the accepted forms (decimal string, number, bigint, [s, ns], ISO text) with its unit. @default unit 'ns' */
  readonly start?: unknown;
  readonly end?: unknown;
  readonly timeUnit?: TimeUnit;
  /** `ok`, `error`, `warning`, `unset`; anything else counts as unset. */
  readonly status?: unknown;
  readonly statusMessage?: unknown;
  /** `internal`, `server`, `client`, `producer`, `consumer`; anything else counts as unspecified. */
  readonly otelKind?: unknown;
  /** The record itself, kept by reference and decoded later. */
  readonly source: object;
  /**
   * Where the record stands among bytes. `source` and `attributes` are then only what of it places the span, and the
   * rest is read from there when somebody opens it.
   */
  readonly slice?: Slice | undefined;
  /** With a `slice`: nothing is missing in the record. @default false */
  readonly isWhole?: boolean;
  /**
   * Reads the record again from its source, parsed anew: where that stands among bytes, nothing else is held of it.
   * Null where the source has changed. @default it is held
   */
  readonly again?: ((source: object) => SpanRecord | null) | undefined;
  /** Fields of `source` in which other records stand, such as `child_runs`: they are no part of this one. */
  readonly inner?: readonly string[];
  /**
   * A list of `{ key, value }` (value plain or AnyValue), an object of such values, or a `Map`, whose values are plain
   * and taken as they are.
   */
  readonly attributes: unknown;
  /** `{ attributes }` of what produced the span; `service.name` in it is the service. */
  readonly resource?: object | undefined;
  /** Goes before what the resource says. */
  readonly service?: unknown;
  /** `{ name, version, attributes }`: the instrumentation. */
  readonly scope?: object | undefined;
  /** Of what produced the span, or of its instrumentation: where its conventions are written down. */
  readonly schemaUrl?: unknown;
  /**
   * Lists of `{ name, timeUnixNano or time, attributes }` (time in `timeUnit`) and `{ traceId, spanId, attributes }`.
   */
  readonly events?: unknown;
  readonly links?: unknown;
  /** What was wrong with the ids, or is known of the times: bits of `SPAN_FLAGS`. */
  readonly idFlags?: number;
  /** It is known to be over, though no end is recorded. @default false: without an end it is running */
  readonly isOver?: boolean;
  /** What the format itself reports: goes before what attributes mean. */
  readonly reported?: Partial<Envelope>;
  /** Reads, when content is opened, what else the source says of it: goes before what attributes and events mean. */
  readonly content?: ((source: object) => Partial<SpanContent>) | undefined;
  /**
   * Same trace and span id again: `merge` makes one span of the records, field by field, that of the higher revision
   * first (start and end, post and patch); `version` does so with whole records, but for those that contradict each
   * other: another start, or other values in one revision; `conflict` shows what differs as spans of their own.
   * @default 'conflict'
   */
  readonly onDuplicate?: 'merge' | 'version' | 'conflict';
  /** @default 0 */
  readonly revision?: number;
  /**
   * It speaks of a trace as a whole, and is shown as its only span where no span of that trace is in the input; else it
   * counts as nothing.
   */
  readonly standIn?: boolean;
  /**
   * Of the content, where `source` is not all of it: settles ties, and tells repeats from namesakes. @default worked
   * out
   */
  readonly hash?: number;
  /** All records that the span was made of, where these are several. @default `source` alone */
  readonly sources?: readonly object[];
}
