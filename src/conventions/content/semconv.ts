import { textOf } from '../../model/attributes.ts';
import { firstOf, payload } from '../json.ts';
import type { Attributes, ContentReaders } from '../types.ts';

/** What a span holds, in the words of `semconv`. */
export const semconvContent: Partial<ContentReaders> = {
  input: (attributes) =>
    payload(firstOf(attributes, 'db.query.text', 'db.statement', 'graphql.document')) ??
    payload(httpRequest(attributes)),
};

/** `GET https://example.com/orders`, or as much of the address as was recorded. */
function httpRequest(attributes: Attributes): string | null {
  const method = textOf(firstOf(attributes, 'http.request.method', 'http.method'));
  const query = textOf(attributes.get('url.query'));
  const path =
    textOf(firstOf(attributes, 'http.target')) ??
    withQuery(textOf(firstOf(attributes, 'url.path', 'http.route')), query);
  const address = textOf(firstOf(attributes, 'url.full', 'http.url')) ?? path;
  return method === null || address === null ? null : `${method} ${address}`;
}

const withQuery = (path: string | null, query: string | null): string | null =>
  path === null || query === null ? path : `${path}?${query}`;
