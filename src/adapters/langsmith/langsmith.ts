import { isObject, type Fields } from '../../conventions/json.ts';
import { listIn, lookedAt, quietly } from '../tolerant/readEach.ts';
import type { SpanSink, TraceAdapter } from '../types.ts';
import { eachEntry, listEntries } from './readableFields.ts';
import { readBatch, readRequest } from './readBatch.ts';
import { createRunReader, isRunAtAll, type RunReader } from './readRuns.ts';
import { isFeedback, isRequest, mayBeRun, serializedRun, detectLangsmith } from './signs.ts';

/**
 * Runs of LangSmith and of LangChain's tracers (langsmith-sdk, js/src/schemas.ts and run_trees.ts,
 * python/langsmith/schemas.py), as they come from the API (`{ runs, cursors }`), a program (a `RunTree`, nested in
 * `child_runs` or flat), a captured batch (`{ post, patch }`, or a list of requests) or an export, and feedback on
 * them.
 */
export const langsmith: TraceAdapter = {
  name: 'langsmith',
  detect: detectLangsmith,
  read(document, sink) {
    const reader = createRunReader(sink);
    if (Array.isArray(document)) {
      for (const part of eachEntry(document)) lookedAt(sink, () => readPart(part, reader, sink));
    } else {
      lookedAt(sink, () => readPart(document, reader, sink));
    }
    reader.finish();
  },
};

/** A run, feedback, or a container of them; in a list, also a page that is a list itself. */
function readPart(part: unknown, reader: RunReader, sink: SpanSink): void {
  if (quietly(() => Array.isArray(part)) === true) {
    for (const entry of listEntries(part)) reader.run(entry);
  } else if (isContainer(part)) {
    readContainer(part, reader, sink);
  } else if (quietly(() => isObject(part) && isFeedback(part)) === true) {
    reader.feedback(part);
  } else if (quietly(() => isObject(part) && !mayBeRun(part) && serializedRun(part) === null) === true) {
    sink.diagnostic('mixed-format', 'An entry of the list is neither a run nor feedback on one and was left out.');
  } else {
    reader.run(part);
  }
}

const isContainer = (part: unknown): part is Fields =>
  quietly(
    () =>
      isObject(part) &&
      !mayBeRun(part) &&
      (['runs', 'post', 'patch'].some((field) => field in part) ||
        Array.isArray(part['feedback']) ||
        isRequest(part) ||
        isObject(part['body'])),
  ) === true;

function readContainer(container: Fields, reader: RunReader, sink: SpanSink): void {
  if ('body' in container) {
    if (!readRequest(container, reader, sink))
      sink.diagnostic('mixed-format', 'A request that sends no runs was left out.');
    return;
  }
  const { runs, cursors } = container;
  for (const entry of eachEntry(listIn(runs, isRunAtAll, sink, 'The field runs'))) reader.run(entry);
  readBatch(container, reader, sink);
  for (const entry of listEntries(listIn(container['feedback'], isFeedback, sink, 'The field feedback')))
    reader.feedback(entry);
  if (isObject(cursors) && typeof cursors['next'] === 'string' && cursors['next'] !== '') {
    sink.diagnostic('partial-page', 'The input says that it is only a page; there are more runs where it came from.');
  }
}
