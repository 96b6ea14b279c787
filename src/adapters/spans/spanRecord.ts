import { readUsage } from '../../conventions/amounts.ts';
import type { Envelope } from '../../conventions/readEnvelope.ts';
import { amount, textOf } from '../../model/attributes.ts';
import { SPAN_FLAGS } from '../../model/codes.ts';
import type { SpanContent, SpanKind } from '../../model/types.ts';
import type { SpanRecord } from '../types.ts';

/** What a format without attributes tells of a span, in its own fields. All but the ids and `source` may be unknown. */
export interface ToldSpan extends Pick<
  SpanRecord,
  | 'traceId'
  | 'spanId'
  | 'parentSpanId'
  | 'name'
  | 'start'
  | 'end'
  | 'timeUnit'
  | 'status'
  | 'statusMessage'
  | 'source'
  | 'sources'
  | 'inner'
  | 'events'
  | 'links'
  | 'resource'
  | 'scope'
  | 'service'
  | 'isOver'
  | 'onDuplicate'
  | 'revision'
  | 'otelKind'
  | 'idFlags'
  | 'content'
> {
  readonly kind?: SpanKind | undefined;
  /** The recorded word for the kind. */
  readonly rawKind?: unknown;
  readonly model?: unknown;
  readonly provider?: unknown;
  readonly tokens?: ToldTokens | undefined;
  /** US dollars. */
  readonly cost?: unknown;
  readonly firstTokenSeconds?: unknown;
  /** Its place among its siblings, in words that sort. */
  readonly order?: string | undefined;
  readonly sessionId?: unknown;
  readonly userId?: unknown;
  /** Messages in any form that `readMessages` takes. */
  readonly inputMessages?: unknown;
  readonly outputMessages?: unknown;
  readonly instructions?: unknown;
  readonly toolDefinitions?: unknown;
  /** What went in and came out, where that is no chat. */
  readonly input?: unknown;
  readonly output?: unknown;
  readonly tool?:
    | { readonly name: unknown; readonly callId?: unknown; readonly arguments?: unknown; readonly result?: unknown }
    | undefined;
  /** A time of it is an estimate. */
  readonly isEstimated?: boolean | undefined;
  /** It says only that the span above has begun; the id is that of the latter's own parent. */
  readonly marks?: { readonly parent: string | null } | undefined;
  /** All else that is recorded, by keys of attributes. */
  readonly attributes?: Iterable<readonly [string, unknown]> | undefined;
}

/**
 * Tokens as a producer counts them: cached ones are part of the input and reasoning part of the output, unless
 * `cacheBeside` or `reasoningBeside` say that they come on top.
 */
export interface ToldTokens {
  readonly input?: unknown;
  readonly output?: unknown;
  readonly total?: unknown;
  readonly cacheRead?: unknown;
  readonly cacheWrite?: unknown;
  readonly audioInput?: unknown;
  readonly audioOutput?: unknown;
  readonly reasoning?: unknown;
  readonly cacheBeside?: boolean;
  readonly reasoningBeside?: boolean;
  /** The output was not counted to its end, so neither it nor the total is known. */
  readonly isUnfinished?: boolean;
}

/** A span as the sink takes it: what it tells becomes attributes in OpenTelemetry's words, and goes before what these mean. */
export function spanRecord(told: ToldSpan): SpanRecord {
  const { tool, tokens, model, provider, sessionId, userId } = told;
  const attributes = new Map<string, unknown>(told.attributes);
  const put = (key: string, value: unknown): void => {
    if (value !== undefined && value !== null && value !== '' && !isEmptyList(value)) attributes.set(key, value);
  };
  put('gen_ai.conversation.id', sessionId);
  put('user.id', userId);
  put('gen_ai.request.model', model);
  put('gen_ai.system_instructions', told.instructions);
  put('gen_ai.input.messages', told.inputMessages);
  put('gen_ai.output.messages', told.outputMessages);
  put('gen_ai.tool.definitions', told.toolDefinitions);
  put('input.value', told.input);
  put('output.value', told.output);
  if (tool) {
    put('gen_ai.tool.name', tool.name);
    put('gen_ai.tool.call.id', tool.callId);
    put('gen_ai.tool.call.arguments', tool.arguments);
    put('gen_ai.tool.call.result', tool.result);
  }
  const usage = tokens ? usageOf(tokens) : null;
  const total = amount(told.cost);
  const firstTokenSeconds = amount(told.firstTokenSeconds);
  const rawKind = textOf(told.rawKind);
  const reported: Writable<Partial<Envelope>> = {};
  if (told.kind !== undefined) Object.assign(reported, { kind: told.kind, name: null, entityName: null });
  if (rawKind !== null) reported.rawKind = rawKind;
  if (textOf(model) !== null) reported.model = textOf(model);
  if (textOf(provider) !== null) reported.provider = textOf(provider);
  if (usage) reported.usage = usage;
  if (total !== null && total >= 0) reported.cost = { total, currency: 'USD', origin: 'reported', parts: {} };
  if (firstTokenSeconds !== null) reported.firstTokenSeconds = firstTokenSeconds;
  if (told.order !== undefined) reported.dottedOrder = told.order;
  if (told.marks) Object.assign(reported, { startMarker: true, markedParent: told.marks.parent });
  if (textOf(sessionId) !== null) reported.sessionId = textOf(sessionId);
  if (textOf(userId) !== null) reported.userId = textOf(userId);
  const { traceId, spanId, parentSpanId, name, start, end, timeUnit = 'iso', source } = told;
  // Written out, as objects that are spread are slow, and of these there are very many.
  const record: Writable<SpanRecord> = {
    traceId,
    spanId,
    parentSpanId,
    name,
    start,
    end,
    timeUnit,
    source,
    attributes,
    reported,
    status: told.status,
    statusMessage: told.statusMessage,
    service: told.service,
    events: told.events,
    links: told.links,
    resource: told.resource,
    scope: told.scope,
    otelKind: told.otelKind,
    idFlags: flagsOf(told),
    isOver: told.isOver === true,
    content: told.content ?? (told.order === undefined ? undefined : orderContent(told.order)),
  };
  if (told.sources) record.sources = told.sources;
  if (told.inner) record.inner = told.inner;
  if (told.onDuplicate) record.onDuplicate = told.onDuplicate;
  if (told.revision !== undefined) record.revision = told.revision;
  return record;
}

type Writable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/** What has an order and no start comes from a source without a clock. */
const isWithoutClock = ({ order, start, isOver }: ToldSpan): boolean =>
  order !== undefined && isOver === true && (start === undefined || start === null);

function flagsOf(told: ToldSpan): number {
  const { idFlags = 0, isEstimated } = told;
  return (
    idFlags | (isEstimated ? SPAN_FLAGS['estimated-time'] : 0) | (isWithoutClock(told) ? SPAN_FLAGS['no-clock'] : 0)
  );
}

const orderContent = (dottedOrder: string) => (): Partial<SpanContent> => ({ dottedOrder });

const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

function usageOf(told: ToldTokens): Envelope['usage'] {
  const { input, output, total, cacheRead, cacheWrite, audioInput, audioOutput, reasoning } = told;
  const added = told.reasoningBeside ? amount(reasoning) : null;
  const usage = readUsage({
    inputTokens: input,
    outputTokens: added === null ? output : (amount(output) ?? 0) + added,
    totalTokens: total,
    cacheRead,
    cacheWrite,
    audioInput,
    audioOutput,
    reasoning,
    ...(told.cacheBeside ? { cacheBeside: true } : {}),
  });
  return usage && told.isUnfinished ? { ...usage, output: null, outputText: null, total: null } : usage;
}
