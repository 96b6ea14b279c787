import { isObject } from '../../conventions/json.ts';
import { firstAnswer } from '../tolerant/readEach.ts';
import type { Detection } from '../types.ts';

/** Spans of Zipkin's API v2: a list, or a list of traces. */
export function detectZipkin(document: unknown): Detection | null {
  if (Array.isArray(document))
    return firstAnswer(document, (entry) =>
      Array.isArray(entry) ? firstAnswer(entry, detectZipkin) : detectZipkin(entry),
    );
  if (!isObject(document) || !('traceId' in document) || !('id' in document) || 'context' in document) return null;
  if ('localEndpoint' in document || 'remoteEndpoint' in document)
    return { confidence: 0.95, reason: 'has traceId, id and an endpoint' };
  const isBare = ['instrumentationScope', 'instrumentationLibrary', 'resource', 'events', 'links'].every(
    (field) => !(field in document),
  );
  return isBare && 'timestamp' in document && 'duration' in document && isObject(document['tags'])
    ? { confidence: 0.8, reason: 'has traceId, id, timestamp, duration and tags' }
    : null;
}
