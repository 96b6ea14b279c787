import { isObject, type Fields } from '../../conventions/json.ts';
import type { Slice } from '../content/slices.ts';
import { SpanList } from '../content/spanList.ts';
import { cloudWatchRecord, cloudWatchTexts } from './cloudWatch.ts';
import { snapshotKey, snapshotNumber } from '../../conventions/snapshots.ts';
import { isLogRecord, isSpan, resourceSpansOf, isPartial, detectOtlp, signalOf, scopeSpansOf } from './envelope.ts';
import { readLogRecord, readResourceLogs } from './logs.ts';
import { flatFields } from './flatSpan.ts';
import { readableSpan } from './readableSpan.ts';
import { kindWord, statusWord } from '../otel/otelEnums.ts';
import { flagOfIds, isOtelId, otelId, type OtelId } from '../otel/otelId.ts';
import { remains } from '../../model/build/remains.ts';
import { spanFacts } from '../otel/spanFacts.ts';
import { firstAnswer, lookedAt, NOT_OBJECT, readEach } from '../tolerant/readEach.ts';
import type { SpanRecord, SpanSink, TraceAdapter } from '../types.ts';
import { withoutHoles } from '../../model/holes.ts';

/**
 * OTLP JSON (opentelemetry-proto, trace.proto in its JSON mapping): `{ resourceSpans: [{ resource, scopeSpans: [{
 * scope, spans }] }] }` in the wrappings of `envelope.ts`, or any inner part of it alone, or a list of such. Kind and
 * status are numbers by specification; the enum names that other printers write are read too, and each field also under
 * its snake_case name.
 */
export const otlp: TraceAdapter = {
  name: 'otlp',
  detect(document) {
    if (!Array.isArray(document)) return isObject(document) ? detectOtlp(document) : null;
    return firstAnswer(document, (entry) => (isObject(entry) ? detectOtlp(entry) : null));
  },
  read(document, sink) {
    const reader: Reader = { sink, ids: new IdReader() };
    if (!Array.isArray(document)) {
      readPart(document, reader, false);
    } else {
      const bare = hasBareSpan(document);
      for (let at = 0; at < document.length; at += 1) lookedAt(sink, () => readPart(document[at], reader, bare));
    }
  },
};

/** Whether it is a list of spans without an envelope, by its readable entries. */
const hasBareSpan = (list: readonly unknown[]): boolean =>
  firstAnswer(list, (entry) => isObject(entry) && isSpan(entry), Infinity) === true;

interface Reader {
  readonly sink: SpanSink;
  readonly ids: IdReader;
}
/** What all spans of one scope share; of `bare` spans each says it of itself. */
interface Around {
  readonly bare?: boolean | undefined;
  readonly resource?: Fields | undefined;
  readonly scope?: Fields | undefined;
  readonly schemaUrl?: unknown;
  /** What counts the states of a span, where it is sent while it goes on. */
  readonly snapshots?: string | undefined;
}

const BARE: Around = { bare: true };

/**
 * An envelope, an entry of `resourceSpans`, an entry of `scopeSpans` or a span; `bare` = it stands in a list of spans.
 */
function readPart(part: unknown, reader: Reader, bare: boolean): void {
  const { sink } = reader;
  if (!isObject(part)) {
    if (bare) readSpans([part], BARE, reader);
    else sink.diagnostic('mixed-format', 'An entry of the list is no OTLP envelope and was left out.');
    return;
  }
  if (isPartial(part))
    sink.diagnostic(
      'partial-page',
      'The input says that it is only a part of the trace; there are more spans where it came from.',
    );
  const list = resourceSpansOf(part);
  if (list !== undefined) {
    const resourceSpans = withoutHoles(list);
    for (let at = 0; at < resourceSpans.length; at += 1) {
      lookedAt(sink, () => {
        const entry = resourceSpans[at];
        if (isObject(entry)) readResourceSpans(entry, reader);
        else if (entry !== null)
          sink.diagnostic('mixed-format', 'An entry of resourceSpans is not an object and was left out.');
      });
    }
  } else if (scopeSpansOf(part) !== undefined || part['spans'] !== undefined) {
    readResourceSpans(part, reader);
  } else if (isLogRecord(part)) {
    readLogRecord(part, sink);
  } else if (bare || isSpan(part)) {
    readSpans([part], BARE, reader);
  } else {
    const texts = cloudWatchTexts(part);
    if (texts) return readTexts(texts, reader);
    const signal = signalOf(part);
    if (signal === 'logs') return readResourceLogs(part, sink);
    sink.diagnostic(
      'mixed-format',
      signal === null
        ? 'An entry of the list is no OTLP envelope and was left out.'
        : `OTLP ${signal} are not shown; they were left out.`,
    );
  }
}

/** Records of OpenTelemetry among all that a group of logs holds. */
function readTexts(texts: readonly string[], reader: Reader): void {
  for (const text of texts) {
    const record = cloudWatchRecord(text);
    if (isObject(record) && (isSpan(record) || isLogRecord(record))) readPart(record, reader, false);
    else
      reader.sink.diagnostic('mixed-format', 'A message of CloudWatch is no record of OpenTelemetry and was left out.');
  }
}

/**
 * What stands around spans, but for the spans themselves: where it throws when looked at it is left out, and they are
 * read without it.
 */
const around = <Part>(sink: SpanSink, what: string, look: () => Part): Part | undefined =>
  lookedAt(sink, look, `The ${what} of some spans`);

function objectOr(value: unknown, what: string, sink: SpanSink): Fields | undefined {
  if (isObject(value)) return value;
  if (value !== undefined && value !== null)
    sink.diagnostic('mixed-format', `The ${what} of some spans is not an object and was left out.`);
  return undefined;
}

/** An entry of `resourceSpans`; one of `scopeSpans` alone is read as one that holds itself. */
function readResourceSpans(entry: Fields, reader: Reader): void {
  const { sink } = reader;
  const resource = around(sink, 'resource', () => objectOr(entry['resource'], 'resource', sink));
  const scopes = scopeSpansOf(entry);
  const bare = scopes === undefined && resource === undefined && entry['scope'] === undefined;
  const list = withoutHoles(asList(scopes ?? entry));
  for (let at = 0; at < list.length; at += 1) {
    lookedAt(sink, () => {
      const scopeSpans = list[at];
      if (isObject(scopeSpans)) readScopeSpans(scopeSpans, entry, { resource, bare }, reader);
      else if (scopeSpans !== null)
        sink.diagnostic('mixed-format', 'An entry of scopeSpans is not an object and was left out.');
    });
  }
}

function readScopeSpans(scopeSpans: Fields, entry: Fields, { resource, bare }: Around, reader: Reader): void {
  const { sink } = reader;
  const scope = around(sink, 'scope', () =>
    objectOr(
      scopeSpans['scope'] ?? scopeSpans['instrumentationLibrary'] ?? scopeSpans['instrumentation_library'],
      'scope',
      sink,
    ),
  );
  const schemaUrl =
    around(sink, 'schemaUrl', () => scopeSpans['schemaUrl'] ?? scopeSpans['schema_url']) ??
    around(sink, 'schemaUrl', () => entry['schemaUrl'] ?? entry['schema_url']);
  const { spans } = scopeSpans;
  const snapshots = around(sink, 'scope', () => snapshotKey(scope));
  const shared = { resource, scope, schemaUrl, bare, snapshots };
  if (spans instanceof SpanList) readSpanList(spans, shared, reader);
  else readSpans(asList(spans), shared, reader);
}

function readSpanList(list: SpanList, shared: Around, reader: Reader): void {
  for (let at = 0; at < list.count; at += 1) {
    const span = list.span(at);
    if (isObject(span)) readSpan(span, span, shared, reader, list.slice(at));
    else reader.sink.diagnostic('span-not-object', NOT_OBJECT);
  }
}

const readSpans = (spans: readonly unknown[], shared: Around, reader: Reader): void =>
  readEach(spans, reader.sink, (span, source) => readSpan(span, source, shared, reader), readableSpan);

/** Printers of protobuf write a list of one without brackets. */
function asList(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return value === undefined || value === null ? [] : [value];
}

/** Reads the ids of one span after the other, that of its trace first; `bad` = one of them is no id. */
class IdReader {
  bad = false;
  /** Neighbours mostly belong to one trace, so its id is looked at once. */
  #lastTrace: unknown;
  #trace: OtelId = otelId(undefined, 32);

  trace(value: unknown): string | null {
    if (value !== this.#lastTrace) this.#trace = otelId((this.#lastTrace = value), 32);
    this.bad = this.#trace.bad;
    return this.#trace.id;
  }

  span(value: unknown): string | null {
    if (value === undefined) return null;
    if (isOtelId(value, 16)) return value;
    const { id, bad } = otelId(value, 16);
    if (bad) this.bad = true;
    return id;
  }
}

remains(new IdReader());

/**
 * `source` is what the span was read from. Both spellings of a field are asked for by name: that is faster than any
 * table of names, and the second only where the first is absent.
 */
function readSpan(
  span: Fields,
  source: object,
  { resource, scope, schemaUrl, bare, snapshots }: Around,
  { sink, ids }: Reader,
  slice?: Slice,
): void {
  const traceId = ids.trace(span['traceId'] ?? span['trace_id']);
  const flat = bare ? flatFields(span) : undefined;
  const spanId = ids.span(span['spanId'] ?? span['span_id']);
  const parentSpanId = ids.span(span['parentSpanId'] ?? span['parent_span_id'] ?? flat?.parentSpanId);
  const { status } = span;
  const hasStatus = isObject(status);
  const record: SpanRecord = {
    traceId,
    spanId,
    idFlags: flagOfIds(ids.bad),
    name: span['name'],
    start: span['startTimeUnixNano'] ?? span['start_time_unix_nano'],
    end: span['endTimeUnixNano'] ?? span['end_time_unix_nano'],
    status: status === undefined ? undefined : statusWord(hasStatus ? status['code'] : status),
    statusMessage: hasStatus ? status['message'] : undefined,
    otelKind: kindWord(span['kind']),
    source,
    slice,
    attributes: span['attributes'],
    resource,
    scope,
    schemaUrl,
    events: span['events'],
    links: span['links'],
    parentSpanId,
    content: spanFacts,
  };
  if (snapshots !== undefined)
    sink.span({ ...record, onDuplicate: 'merge', revision: snapshotNumber(span['attributes'], snapshots) });
  else sink.span(flat ? { ...record, ...flat, parentSpanId } : record);
}
