import { jsonObject, type Fields } from '../../conventions/json.ts';
import { textOf } from '../../model/attributes.ts';
import { readDottedOrder } from './dottedOrder.ts';
import { listEntries, readableField } from './readableFields.ts';
import { listIn } from '../tolerant/readEach.ts';
import type { SpanSink } from '../types.ts';
import { isRunAtAll, type RunReader } from './readRuns.ts';

/**
 * The body of a batch request, `{ post, patch }`: runs as they began, and what became known of them later. An update
 * may leave out its id, which stands in the address where it is sent alone: then it is that of its path, or of the run
 * in the same place.
 */
export function readBatch(body: Fields, reader: RunReader, sink: SpanSink): void {
  const [post = [], patch = []] = ['post', 'patch'].map((field) =>
    listEntries(listIn(body[field], isRunAtAll, sink, `The field ${field}`)),
  );
  const types = new Map<string, unknown>();
  const ids = post.map((entry) => {
    const id = idOf(entry);
    if (id !== null) types.set(id, readableField(entry, 'run_type'));
    return id;
  });
  for (const entry of post) reader.run(entry, { isPart: true });
  for (let at = 0; at < patch.length; at += 1) {
    const id = idOf(patch[at]) ?? ids[at] ?? null;
    reader.run(patch[at], {
      update: true,
      id,
      ...(id !== null && types.has(id) ? { begun: true, runType: types.get(id) } : {}),
    });
  }
}

const idOf = (entry: unknown): string | null =>
  textOf(readableField(entry, 'id')) ?? readDottedOrder(readableField(entry, 'dotted_order'))?.id ?? null;

/** A captured request, `{ method, url, body }`; false where it sends no runs and no feedback. */
export function readRequest(request: Fields, reader: RunReader, sink: SpanSink): boolean {
  const body = jsonObject(request['body']);
  if (!body) return false;
  const [, address, rest] =
    /\/(runs|feedback)(?:\/([^/?#]+))?(?:[?#].*)?$/.exec(textOf(request['url'] ?? request['path']) ?? '') ?? [];
  if (address === 'feedback') reader.feedback(body);
  else if ('post' in body || 'patch' in body) readBatch(body, reader, sink);
  else if (textOf(request['method'])?.toUpperCase() === 'PATCH') reader.run(body, { update: true, id: rest ?? null });
  else if (address === 'runs' && rest === undefined) reader.run(body, { isPart: true });
  else return false;
  return true;
}
