import { isObject, type Fields } from '../../conventions/json.ts';
import { textOf } from '../../model/attributes.ts';
import { endAfter } from '../otel/endAfter.ts';
import { kindWord } from '../otel/otelEnums.ts';
import { entriesOf } from '../spans/entriesOf.ts';
import { otelIds } from '../spans/otelIds.ts';
import { spanRecord } from '../spans/spanRecord.ts';
import { lookedAt } from '../tolerant/readEach.ts';
import type { ReadAll, SpanSink } from '../types.ts';

/**
 * Spans of Zipkin's API v2 (zipkin-api, zipkin2-api.yaml): microseconds, tags that are texts, of which `error` tells a
 * failure whatever it says. A `shared` span has the id of the client's span that called it: it hangs below that one.
 */
export const readZipkin: ReadAll = (documents, sink) => {
  const spans = entriesOf(documents, sink).map(({ fields }) => fields);
  const key = (span: Fields, id: unknown): string => `${textOf(span['traceId']) ?? ''}/${textOf(id) ?? ''}`;
  const callers = new Set(spans.filter(({ shared }) => shared !== true).map((span) => key(span, span['id'])));
  const servers = new Map(spans.filter(({ shared }) => shared === true).map((span) => [key(span, span['id']), span]));
  for (const span of spans)
    lookedAt(sink, () => {
      const isShared = span['shared'] === true && callers.has(key(span, span['id']));
      const server = servers.get(key(span, span['parentId']));
      // What the server called in turn names the id that it shares with its client.
      const isBelow =
        server !== undefined && callers.has(key(span, span['parentId'])) && serviceOf(server) === serviceOf(span);
      readSpan(span, isShared, isBelow, sink);
    });
};

const serviceOf = ({ localEndpoint }: Fields): string | null =>
  isObject(localEndpoint) ? textOf(localEndpoint['serviceName']) : null;

const SERVER = '-server';

function readSpan(span: Fields, isShared: boolean, isBelow: boolean, sink: SpanSink): void {
  const ids = otelIds(span['traceId'], span['id'], isShared ? span['id'] : span['parentId']);
  const tags = isObject(span['tags']) ? span['tags'] : {};
  const remote = isObject(span['remoteEndpoint']) ? textOf(span['remoteEndpoint']['serviceName']) : null;
  const start = span['timestamp'];
  const failure = Object.hasOwn(tags, 'error') ? (textOf(tags['error']) ?? '') : null;
  sink.span(
    spanRecord({
      ...ids,
      spanId: isShared ? `${textOf(ids.spanId) ?? ''}${SERVER}` : ids.spanId,
      parentSpanId: isBelow ? `${textOf(ids.parentSpanId) ?? ''}${SERVER}` : ids.parentSpanId,
      name: textOf(span['name']) ?? remote ?? '',
      start,
      end: endAfter(start, span['duration'], 'us'),
      timeUnit: 'us',
      otelKind: kindWord(span['kind']),
      status: failure === null ? 'unset' : 'error',
      statusMessage: failure === '' || failure === 'true' ? null : failure,
      service: serviceOf(span),
      source: span,
      attributes: [...Object.entries(tags), ...(remote === null ? [] : [['peer.service', remote] as const])],
      events: Array.isArray(span['annotations'])
        ? span['annotations'].filter(isObject).map(({ timestamp, value }) => ({ name: value, time: timestamp }))
        : undefined,
    }),
  );
}
