import { describe, expect, it } from 'vitest';
import { readContent } from '../../src/conventions/content/readContent.ts';
import { readEnvelope } from '../../src/conventions/readEnvelope.ts';

describe('kind', () => {
  it.each([
    ['http', { 'http.request.method': 'GET' }],
    ['http', { 'http.method': 'GET' }],
    ['http', { 'http.route': '/v1/answer' }],
    ['db', { 'db.system.name': 'postgresql' }],
    ['db', { 'db.statement': 'SELECT 1' }],
    ['db', { 'db.system': 'redis', 'rpc.system': 'aws-api', 'http.status_code': 200 }],
    ['rpc', { 'rpc.system': 'grpc', 'http.route': '/s/m' }],
    ['rpc', { 'rpc.system.name': 'connectrpc' }],
    ['rpc', { 'graphql.operation.type': 'query', 'http.method': 'POST' }],
    ['rpc', { 'faas.invoked_name': 'resize' }],
    ['messaging', { 'messaging.system': 'aws_sqs', 'rpc.system': 'aws-api' }],
    ['messaging', { 'messaging.destination': 'orders' }],
    ['http', { 'faas.trigger': 'http' }],
    ['messaging', { 'faas.trigger': 'pubsub' }],
    ['span', { 'faas.trigger': 'timer' }],
    ['span', { 'faas.trigger': 'constructor' }],
    ['span', { 'server.address': 'example.com', 'url.path': '/' }],
  ])('is %s for %j', (kind, attributes) => {
    expect(readEnvelope(attributes).kind).toBe(kind);
  });
});

describe('input', () => {
  it.each([
    ['the query', { 'db.query.text': 'SELECT * FROM orders', 'db.system.name': 'postgresql' }, 'SELECT * FROM orders'],
    ['the query under its old name', { 'db.statement': 'SELECT 1' }, 'SELECT 1'],
    [
      'the document of GraphQL',
      { 'graphql.document': 'query { me }', 'http.method': 'POST', 'http.target': '/graphql' },
      'query { me }',
    ],
    [
      'method and address',
      { 'http.request.method': 'GET', 'url.full': 'https://example.com/a?b=1' },
      'GET https://example.com/a?b=1',
    ],
    [
      'method and address under old names',
      { 'http.method': 'GET', 'http.url': 'https://example.com/a' },
      'GET https://example.com/a',
    ],
    [
      'method and path of a server',
      { 'http.request.method': 'POST', 'url.path': '/ask', 'url.query': 'q=1', 'http.route': '/:any' },
      'POST /ask?q=1',
    ],
    ['nothing without an address', { 'http.request.method': 'POST' }, undefined],
  ])('is %s', (_, attributes, text) => {
    expect(readContent(new Map(Object.entries(attributes)), []).input?.text).toBe(text);
  });
});
