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
  | 'costTotal'
  | 'costInput'
  | 'costOutput'
  | 'costParts'
  | 'firstTokenSeconds'
  | 'firstTokenMillis'
  | 'firstTokenAt'
  | 'name'
  | 'entityName'
  | 'status'
  | 'statusMessage'
  | 'traceName'
  | 'agentName'
  | 'workflowName'
  | 'startMarker'
  | 'markedParent'
  | 'dottedOrder';

/**
 * Facts as recorded, by slot. `otherTokens` and `costParts` are records of amounts, to which several keys of one
 * dialect may add; `name` replaces the recorded name, `entityName` does where that is `<entityName>.<something>`. A
 * span that says no more of its kind than an `agentName` is an agent, but not where it has a `workflowName`, inside
 * which every span names the agent around it. `contextModel` and `contextProvider` are handed down to all spans below,
 * so they count only for those that may call a model themselves; `tagsOfRoot` are of the span, and of its trace where
 * that is a root. `firstTokenAt` is a time, `status` a `SpanStatus`, `kind` a `SpanKind` that yields to every other
 * sign of one. `startMarker` is true where the record is no span but says that its parent has begun; `markedParent` is
 * then the id of that parent's own parent.
 */
export type SlotValues = Partial<Record<Slot, unknown>>;

/**
 * The meaning of one attribute key: a fact as it stands, a kind by its word, a hint of kind (which yields to any
 * dialect that names the kind outright; `words` are values that hint at another one), or several facts in one value, as
 * in `{"input": 12, "output": 3}`.
 */
export type SlotReading =
  | Slot
  | {
      readonly slot: 'kind';
      readonly kinds: Readonly<Record<string, SpanKind>>;
      /** The word in the value, where that is not the value itself. */ readonly word?: (
        value: AttributeValue,
      ) => unknown;
    }
  | { readonly slot: 'kind'; readonly hint: SpanKind; readonly words?: Readonly<Record<string, SpanKind>> }
  | { readonly read: (value: AttributeValue) => SlotValues };

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

/** One vocabulary of attributes, as far as envelopes are read by it; `content/` has what it says of the rest. */
export interface Dialect {
  readonly name: string;
  /** Read for each span when a trace is opened, so a look-up by key and nothing more. */
  readonly slots: Readonly<Record<string, SlotReading>>;
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
