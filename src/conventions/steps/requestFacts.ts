import { textOf } from '../../model/attributes.ts';
import { firstOf } from '../json.ts';
import type { Attributes } from '../types.ts';

/** What a request to another service or a store was about. */
export interface RequestFacts {
  /** `GET`, `SELECT`, `publish`, `GetUser`; null where nobody says. */
  readonly operation: string | null;
  /** Route, table, destination, service. */
  readonly target: string | null;
  /** Where it went: URL, or host and port. */
  readonly address: string | null;
  readonly status: { readonly code: string; readonly failed: boolean } | null;
  /** The text of a query. */
  readonly statement: string | null;
  /** Further facts by the last words of their names. */
  readonly facts: readonly (readonly [name: string, value: string])[];
}

/** Current names of OpenTelemetry's conventions first, then those before them. */
const OPERATION = [
  'http.request.method',
  'http.method',
  'db.operation.name',
  'db.operation',
  'messaging.operation.name',
  'messaging.operation.type',
  'messaging.operation',
  'rpc.method',
  'graphql.operation.type',
  'faas.invoked_name',
];
const TARGET = [
  'http.route',
  'url.template',
  'http.target',
  'url.path',
  'db.collection.name',
  'db.sql.table',
  'db.mongodb.collection',
  'db.cassandra.table',
  'messaging.destination.name',
  'messaging.destination',
  'rpc.service',
  'graphql.operation.name',
];
const ADDRESS = ['url.full', 'http.url'];
const HOST = [
  'server.address',
  'net.peer.name',
  'http.host',
  'net.host.name',
  'network.peer.address',
  'net.sock.peer.addr',
];
const PORT = ['server.port', 'net.peer.port', 'net.host.port', 'network.peer.port'];
const STATUS = [
  'http.response.status_code',
  'http.status_code',
  'rpc.response.status_code',
  'rpc.grpc.status_code',
  'db.response.status_code',
];
const STATEMENT = ['db.query.text', 'db.statement', 'graphql.document'];
const FURTHER = [
  'db.system.name',
  'db.system',
  'messaging.system',
  'rpc.system.name',
  'rpc.system',
  'db.namespace',
  'db.name',
  'db.response.returned_rows',
  'db.operation.batch.size',
  'db.vector.query.top_k',
  'http.request.body.size',
  'http.request_content_length',
  'http.response.body.size',
  'http.response_content_length',
  'http.request.resend_count',
  'messaging.batch.message_count',
  'messaging.message.id',
  'messaging.consumer.group.name',
  'error.type',
];

/** What the attributes say of a request; null where they say nothing of one. */
export function requestFacts(attributes: Attributes): RequestFacts | null {
  const read = (keys: readonly string[]): string | null => textOf(firstOf(attributes, ...keys));
  const host = read(HOST);
  const port = read(PORT);
  const code = read(STATUS);
  const found: RequestFacts = {
    operation: read(OPERATION),
    target: read(TARGET),
    address: read(ADDRESS) ?? (host === null ? null : port === null ? host : `${host}:${port}`),
    status: code === null ? null : { code, failed: isFailure(code, attributes) },
    statement: read(STATEMENT),
    facts: FURTHER.flatMap((key) => {
      const value = textOf(attributes.get(key));
      return value === null || value === '' ? [] : [[key, value] as const];
    }),
  };
  const says = found.operation ?? found.target ?? found.address ?? found.status ?? found.statement;
  return says === null && found.facts.length === 0 ? null : found;
}

/** HTTP fails from 400 on, gRPC with any code but 0 and `OK`; a code of a database is there where it failed. */
function isFailure(code: string, attributes: Attributes): boolean {
  if (attributes.has('http.response.status_code') || attributes.has('http.status_code')) return Number(code) >= 400;
  if (attributes.has('rpc.response.status_code') || attributes.has('rpc.grpc.status_code'))
    return code !== '0' && code.toUpperCase() !== 'OK';
  return true;
}
