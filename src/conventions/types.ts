import type { AttributeValue, DocumentLists, Embedding, Message, Payload, PromptTemplate, SpanEvent, SpanKind, ToolDefinition, ToolUse } from '../model/types.ts';

/** The facts of a span's envelope that attributes may tell. */
export type Slot =
  | 'kind' | 'responseModel' | 'requestModel' | 'provider' | 'sessionId' | 'userId' | 'tags' | 'metadata'
  | 'inputTokens' | 'outputTokens' | 'totalTokens' | 'cacheRead' | 'cacheWrite' | 'audioInput' | 'reasoning' | 'audioOutput'
  | 'otherTokens' | 'costTotal' | 'costInput' | 'costOutput' | 'costParts' | 'firstTokenSeconds' | 'firstTokenMillis' | 'firstTokenAt'
  | 'name' | 'status' | 'statusMessage' | 'traceName';

/** Facts as recorded, by slot. `otherTokens` and `costParts` are records of amounts, `firstTokenAt` is a time, `status` a `SpanStatus`. */
export type SlotValues = Partial<Record<Slot, unknown>>;

/**
 * What one attribute key says: a fact as it stands, a kind by its word, a hint of kind (which yields to any dialect that names the kind
 * outright), or several facts in one value, as in `{"input": 12, "output": 3}`.
 */
export type SlotReading =
  | Slot
  | { readonly slot: 'kind'; readonly kinds: Readonly<Record<string, SpanKind>> }
  | { readonly slot: 'kind'; readonly hint: SpanKind }
  | { readonly read: (value: AttributeValue) => SlotValues };

export type Attributes = ReadonlyMap<string, AttributeValue>;

/** Readers of what a span holds. Each answers null where its dialect says nothing; the first dialect that answers is believed. */
export interface ContentReaders {
  readonly input: (attributes: Attributes) => Payload | null;
  readonly output: (attributes: Attributes) => Payload | null;
  readonly inputMessages: (attributes: Attributes) => readonly Message[] | null;
  readonly outputMessages: (attributes: Attributes) => readonly Message[] | null;
  readonly toolDefinitions: (attributes: Attributes) => readonly ToolDefinition[] | null;
  readonly parameters: (attributes: Attributes) => Readonly<Record<string, unknown>> | null;
  readonly promptTemplate: (attributes: Attributes) => PromptTemplate | null;
  readonly tool: (attributes: Attributes) => ToolUse | null;
  readonly documents: (attributes: Attributes) => DocumentLists | null;
  readonly embeddings: (attributes: Attributes) => readonly Embedding[] | null;
  readonly scores: (attributes: Attributes, events: readonly SpanEvent[]) => readonly RecordedScore[] | null;
}

/** A score before it is known which span or trace carries it. */
export interface RecordedScore {
  readonly name: string;
  readonly value: number | null;
  readonly label: string | null;
  readonly comment: string | null;
  readonly source: 'human' | 'llm' | 'code' | 'api' | 'unknown';
}

/** One vocabulary of attributes. */
export interface Dialect {
  readonly name: string;
  /** Read for each span when a trace is opened, so a look-up by key and nothing more. */
  readonly slots: Readonly<Record<string, SlotReading>>;
  /** Events that mark the arrival of the first token. */
  readonly firstTokenEvents?: readonly string[];
  /** Read when a span's content is opened. */
  readonly content: Partial<ContentReaders>;
}
