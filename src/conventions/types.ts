import type { RecordedScore } from '../model/entry.ts';
import type {
  AttributeValue,
  DocumentLists,
  Embedding,
  Message,
  Payload,
  PromptTemplate,
  SpanEvent,
  SpanKind,
  ToolDefinition,
  ToolUse,
} from '../model/types.ts';

/** The facts of a span's envelope that attributes may hold. */
export type Slot =
  | 'kind'
  | 'responseModel'
  | 'requestModel'
  | 'provider'
  | 'contextModel'
  | 'contextProvider'
  | 'tagsOfRoot'
  | 'sessionId'
  | 'userId'
  | 'tags'
  | 'metadata'
  | 'inputTokens'
  | 'outputTokens'
  | 'totalTokens'
  | 'cacheRead'
  | 'cacheWrite'
  | 'audioInput'
  | 'reasoning'
  | 'audioOutput'
  | 'otherTokens'
  | 'cacheBeside'
  | 'costTotal'
  | 'costInput'
  | 'costOutput'
  | 'costParts'
  | 'firstTokenSeconds'
  | 'firstTokenMillis'
  | 'firstTokenEither'
  | 'firstTokenAt'
  | 'name'
  | 'entityName'
  | 'status'
  | 'statusMessage'
  | 'failureMessage'
  | 'toolName'
  | 'traceName'
  | 'agentName'
  | 'workflowName'
  | 'startMarker'
  | 'markedParent'
  | 'dottedOrder'
  | 'graphStep'
  | 'graphNode'
  | 'graphName'
  | 'graphParent';

/**
 * Facts as recorded, by slot. `otherTokens` and `costParts` are records of amounts, to which several keys of one
 * dialect may add; `name` replaces the recorded name, `entityName` does where that is `<entityName>.<something>`. A
 * span that says no more of its kind than an `agentName` is an agent, but not where it has a `workflowName`, inside
 * which every span names the agent around it. `contextModel` and `contextProvider` are handed down to all spans below,
 * so they count only for those that may call a model themselves; `tagsOfRoot` are of the span, and of its trace where
 * that is a root. `firstTokenAt` is a time, `firstTokenEither` a number of seconds or, with some, of milliseconds,
 * `status` a `SpanStatus`, `kind` a `SpanKind` that yields to every other sign of one. `cacheBeside` is true where the
 * input does not hold what was read from and written to a cache. `failureMessage` are the words of a failure, where the
 * status has none; `toolName` names the row of a tool whose recorded name does not. `startMarker` is true where the record is no span but says that its parent has begun; `markedParent` is
 * then the id of that parent's own parent.
 */
export type SlotValues = Partial<Record<Slot, unknown>>;

/**
 * The meaning of one attribute key: a fact as it stands, a kind by its word, a hint of kind (which yields to any dialect
 * that names the kind outright; `words` are values that hint at another one), or several facts in one value, as in
 * `{"input": 12, "output": 3}`. `producer` = nothing alone, but the span may be of a producer that has `Dialect.own`.
 */
export type SlotReading = Slot | 'producer' | KindReading | { readonly read: (value: AttributeValue) => SlotValues };

/** A kind by its word, or a hint of one. */
export type KindReading =
  | {
      readonly slot: 'kind';
      readonly kinds: Readonly<Record<string, SpanKind>>;
      /** The word in the value, where that is not the value itself. */ readonly word?: (
        value: AttributeValue,
      ) => unknown;
    }
  | {
      readonly slot: 'kind';
      readonly hint: SpanKind;
      readonly words?: Readonly<Record<string, SpanKind>>;
      /** What the value itself is. */ readonly also?: Slot;
    };

export type Attributes = ReadonlyMap<string, AttributeValue>;

type Reader<Answer> = (attributes: Attributes, events: readonly SpanEvent[]) => Answer | null;

/**
 * Readers of what a span holds. Each answers null where its dialect says nothing; the first dialect that answers is
 * believed.
 */
export interface ContentReaders {
  readonly input: Reader<Payload>;
  readonly output: Reader<Payload>;
  readonly inputMessages: Reader<readonly Message[]>;
  readonly outputMessages: Reader<readonly Message[]>;
  readonly toolDefinitions: Reader<readonly ToolDefinition[]>;
  readonly parameters: Reader<Readonly<Record<string, unknown>>>;
  readonly promptTemplate: Reader<PromptTemplate>;
  readonly tool: Reader<ToolUse>;
  readonly documents: Reader<DocumentLists>;
  readonly embeddings: Reader<readonly Embedding[]>;
}

/** A span, as far as its producer may be known by it. */
export interface ProducedSpan {
  readonly name: string;
  /** The name of the instrumentation; '' where none is recorded. */
  readonly scope: string;
  readonly attributes: Attributes;
  readonly events: readonly Pick<SpanEvent, 'name' | 'attributes'>[];
}

/** What a producer tells in a way of its own; `step` is the kind and goes before every other sign of one. */
export type OwnValues = SlotValues & {
  readonly step?: SpanKind;
  /** The kind where a model call is below it. */
  readonly stepOfWrapper?: SpanKind;
  readonly word?: string;
  /** The name of the span above, whose amounts these are. */
  readonly amountsOf?: string;
  /** The `word` of the span right above, which has in full the amounts that this one has in part. */
  readonly amountsIn?: string;
  /** The `word` of the span below, of whose messages this one tells. */
  readonly contentOf?: string;
};

/** One vocabulary of attributes, as far as envelopes are read by it; `content/` has what it says of the rest. */
export interface Dialect {
  readonly name: string;
  /** Read for each span when a trace is opened, so a look-up by key and nothing more. */
  readonly slots: Readonly<Record<string, SlotReading>>;
  /**
   * What a producer says in words that are not its alone (`input_tokens`, `model`, the span's name), or where only
   * several attributes together tell it. It is asked about spans with a scope that begins like one of `scopes`, a name
   * whose last part (behind dots) is one of `names`, or an attribute that is a `producer` in `slots`; null = not its span.
   */
  readonly own?: {
    readonly scopes?: readonly string[];
    readonly names?: readonly string[];
    read(span: ProducedSpan): OwnValues | null;
  };
  /** Keys that begin like this hold one entry each of the trace's metadata. */
  readonly metadataPrefixes?: readonly string[];
  /** Events that mark the arrival of the first token. */
  readonly firstTokenEvents?: readonly string[];
  /** Events that give the kind of a span whose attributes give none, or only `db`. */
  readonly kindEvents?: Readonly<Record<string, SpanKind>>;
  /** Events that repeat attributes of their span and may hold more of them: they fill gaps when content is read. */
  readonly detailEvents?: readonly string[];
  /**
   * Scores that spans carry, and the signs of them: keys that begin like `prefixes`, events of such a name. Read with
   * the envelope, for rows show them.
   */
  readonly scores?: {
    readonly prefixes?: readonly string[];
    readonly events?: readonly string[];
    read(attributes: Attributes, events: readonly SpanEvent[]): readonly RecordedScore[];
  };
}
