import type { SpanKind } from '../../model/types.ts';
import type { Dialect, SlotReading } from '../types.ts';

const hint = (kind: SpanKind, words?: Readonly<Record<string, SpanKind>>): SlotReading => ({
  slot: 'kind',
  hint: kind,
  ...(words ? { words } : {}),
});

/**
 * Stores that are searched by meaning. Only Traceloop says the vendor under the older key; under the current one it is
 * a database like others.
 */
const VECTOR_STORES: Readonly<Record<string, SpanKind>> = Object.fromEntries(
  ['chroma', 'chromadb', 'pinecone', 'qdrant', 'weaviate', 'milvus', 'lancedb', 'marqo'].map((system) => [
    system,
    'retriever',
  ]),
);

/**
 * OpenTelemetry's general conventions (HTTP, databases, RPC, messaging, functions, GraphQL), old and current names:
 * hints of kind for steps that are not AI, and the text of a request where there is one.
 */
export const semconv: Dialect = {
  name: 'semconv',
  slots: {
    'db.system.name': hint('db'),
    'db.system': hint('db', VECTOR_STORES),
    'db.query.text': hint('db'),
    'db.statement': hint('db'),
    'db.operation.name': hint('db'),
    'db.operation': hint('db'),
    'messaging.system': hint('messaging'),
    'messaging.destination.name': hint('messaging'),
    'messaging.destination': hint('messaging'),
    'rpc.system.name': hint('rpc'),
    'rpc.system': hint('rpc'),
    'rpc.service': hint('rpc'),
    'rpc.method': hint('rpc'),
    'graphql.operation.type': hint('rpc'),
    'graphql.operation.name': hint('rpc'),
    'graphql.document': hint('rpc'),
    'http.request.method': hint('http'),
    'http.method': hint('http'),
    'http.route': hint('http'),
    'http.url': hint('http'),
    'http.target': hint('http'),
    'http.response.status_code': hint('http'),
    'http.status_code': hint('http'),
    'faas.invoked_name': hint('rpc'),
    'faas.trigger': hint('span', { http: 'http', pubsub: 'messaging', datasource: 'db' }),
  },
};
