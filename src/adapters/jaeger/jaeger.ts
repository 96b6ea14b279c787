import { isObject, type Fields } from '../../conventions/json.ts';
import { amount, textOf } from '../../model/attributes.ts';
import { ownValue } from '../../model/ownValue.ts';
import { otelId } from '../otel/otelId.ts';
import { readableEntries, lookedAt, quietly, readEach } from '../tolerant/readEach.ts';
import type { SpanSink, TraceAdapter } from '../types.ts';
import { otherFields } from '../otel/otherFields.ts';
import { jaegerSpan, processResource, type AroundSpans } from './jaegerSpan.ts';
import { detectJaeger, isSpan, isTrace } from './signs.ts';

/**
 * JSON of Jaeger's UI and query API (jaeger, uimodel; as `/api/traces` answers and the UI saves): `{ data: [Trace] }`,
 * `{ data: Trace }`, a trace `{ traceID, spans, processes }`, several of them in a list, and spans alone with their
 * `process` inside, as the storage holds them.
 */
export const jaeger: TraceAdapter = {
  name: 'jaeger',
  detect: detectJaeger,
  read(document, sink) {
    if (Array.isArray(document)) readList(document, sink);
    else if (isObject(document)) readPart(document, sink);
  },
};

function readList(list: readonly unknown[], sink: SpanSink): void {
  const entries = readableEntries(list);
  const bare = entries.some((entry) => quietly(() => isSpan(entry)));
  const spans: unknown[] = [];
  for (const entry of entries) {
    lookedAt(sink, () => {
      if (quietly(() => isTrace(entry) || (isObject(entry) && entry['data'] !== undefined)))
        readPart(entry as Fields, sink);
      else if (bare) spans.push(entry);
      else sink.diagnostic('mixed-format', 'An entry of the list is no trace of Jaeger and was left out.');
    });
  }
  readSpans(spans, NOTHING_AROUND, sink);
}

/** An answer of the API, a trace, or a span. */
function readPart(part: Fields, sink: SpanSink): void {
  if (isTrace(part)) {
    readTrace(part, sink);
  } else if (isSpan(part)) {
    readSpans([part], NOTHING_AROUND, sink);
  } else {
    const { data } = part;
    if (Array.isArray(data)) readData(data, part, sink);
    else if (isTrace(data)) readTrace(data as Fields, sink);
    else if (data !== undefined && data !== null)
      sink.diagnostic('mixed-format', 'The field data of an answer of Jaeger is no list of traces and was left out.');
    const { errors } = part;
    if (Array.isArray(errors) && errors.length > 0)
      sink.diagnostic(
        'mixed-format',
        `The answer of Jaeger lists errors: ${errors
          .slice(0, 3)
          .map((error: unknown) =>
            isObject(error) ? (textOf(error['msg']) ?? 'an error') : (textOf(error) ?? 'an error'),
          )
          .join('; ')}.`,
      );
  }
}

function readData(data: readonly unknown[], answer: Fields, sink: SpanSink): void {
  const entries = readableEntries(data);
  // Traces lie directly in an answer: another answer among them would be no trace, so this does not go deeper.
  const traces = entries.filter((entry) => quietly(() => isTrace(entry)));
  if (traces.length === 0 && entries.some((entry) => quietly(() => isSpan(entry)))) {
    readSpans(entries, NOTHING_AROUND, sink);
  } else {
    for (let i = traces.length; i < entries.length; i += 1)
      sink.diagnostic('mixed-format', 'An entry of data is no trace of Jaeger and was left out.');
    for (const trace of traces) lookedAt(sink, () => readTrace(trace as Fields, sink));
  }
  const more = (amount(answer['total']) ?? 0) - (amount(answer['offset']) ?? 0);
  if (more > data.length)
    sink.diagnostic('partial-page', 'The input says that it is only a page; there are more traces where it came from.');
}

const NOTHING_AROUND: AroundSpans = { traceId: undefined, resource: () => undefined };
const OF_TRACE: ReadonlySet<string> = new Set(['traceID', 'spans', 'processes']);

function readTrace(trace: Fields, sink: SpanSink): void {
  const processes = lookedAt(sink, () => trace['processes']);
  if (processes !== undefined && processes !== null && !isObject(processes))
    sink.diagnostic('mixed-format', 'The processes of a trace are not an object and were left out.');
  const around = { traceId: lookedAt(sink, () => trace['traceID']), resource: resources(processes) };
  const traceId = otelId(around.traceId, 32).id;
  lookedAt(sink, () => {
    const metadata = new Map<string, unknown>();
    otherFields(trace, OF_TRACE, 'jaeger.', metadata);
    if (traceId !== null && metadata.size > 0) sink.trace(traceId, { metadata: Object.fromEntries(metadata) });
  });
  readSpans(trace['spans'] as readonly unknown[], around, sink);
}

function readSpans(spans: readonly unknown[], around: AroundSpans, sink: SpanSink): void {
  readEach(spans, sink, (span, source) => {
    let badTags = 0;
    sink.span(
      jaegerSpan(span, source, around, () => {
        badTags += 1;
      }),
    );
    if (badTags > 0)
      sink.diagnostic(
        'bad-attribute',
        'A tag or reference of a span is not of the form its format asks for; it stands in the record alone.',
      );
  });
}

/** Processes are shared by many spans, so each is read once. */
function resources(processes: unknown): AroundSpans['resource'] {
  const read = new Map<string, object | undefined>();
  return (processId) => {
    if (!read.has(processId)) read.set(processId, resourceOf(processes, processId));
    return read.get(processId);
  };
}

/** A process that throws when looked at leaves its spans without a service. */
const resourceOf = (processes: unknown, processId: string): object | undefined =>
  quietly(() => {
    const process = isObject(processes) ? ownValue(processes, processId) : undefined;
    return isObject(process) ? processResource(process) : undefined;
  });
