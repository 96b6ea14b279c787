import { KNOWN_BEGINNINGS, KNOWN_KEYS } from '../../conventions/readEnvelope.ts';
import { KnownWords } from '../bytes/knownWords.ts';
import { scansRemain, type SpanPlaces } from '../bytes/scanSpans.ts';
export { documentsInBytes } from '../bytes/readBytes.ts';
import { pieces } from './pieces.ts';
import { READ_FIELDS } from './readableSpan.ts';

/** Where OTLP has its spans, in the wrappings of `envelope.ts`, and what `readSpan` asks of them. */
export const spansInBytes: SpanPlaces = {
  lists: [
    ['resourceSpans', 'resource_spans'],
    ['scopeSpans', 'scope_spans', 'instrumentationLibrarySpans', 'instrumentation_library_spans'],
    ['spans'],
  ],
  wrappers: ['trace', 'result', 'data'],
  recurring: ['resource', 'scope', 'instrumentationLibrary', 'instrumentation_library'],
  fields: new KnownWords(READ_FIELDS),
  attributes: { names: new KnownWords(KNOWN_KEYS), beginnings: new KnownWords(KNOWN_BEGINNINGS) },
  forms: {
    times: ['startTimeUnixNano', 'start_time_unix_nano', 'endTimeUnixNano', 'end_time_unix_nano'],
    ids: ['spanId', 'span_id', 'parentSpanId', 'parent_span_id'],
  },
  pieces,
  read: ({ attributes, events, links }) => ({ attributes, events, links }),
};
scansRemain(spansInBytes);
