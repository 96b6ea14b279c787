import { isObject, jsonObject, parsed, type Fields } from '../../conventions/json.ts';
import { textOf } from '../../model/attributes.ts';
import type { Score } from '../../model/types.ts';
import { listIn, quietly } from '../tolerant/readEach.ts';
import { reasonOf } from '../tolerant/reasonOf.ts';
import type { SpanRecord, SpanSink } from '../types.ts';
import { feedbackScore, statScores } from './feedback.ts';
import { listEntries, readableFields, type ReadableFields } from './readableFields.ts';
import { projectOf, runRecord, type RunPlace } from './runRecord.ts';
import { mayBeRun, serializedRun } from './signs.ts';

/** Reads the runs and feedback of one document. */
export interface RunReader {
  /** A run, and all below it. */
  run(entry: unknown, place?: RunPlace): void;
  feedback(entry: unknown): void;
  /** To be called at the end: means of feedback count only where the feedback itself is not in the document. */
  finish(): void;
}

interface Stats {
  readonly runId: string;
  readonly recorded: unknown;
  readonly target: Score['target'];
}

export function createRunReader(sink: SpanSink): RunReader {
  /** Objects of a host may hold each other in circles: one that was met is the same run. */
  const met = new WeakSet<object>();
  const given = new Set<string>();
  const stats: Stats[] = [];

  const feedback = (
    entry: unknown,
    carrier: { readonly traceId: string | null; readonly runId: string } | null = null,
  ): void => {
    try {
      const read = isObject(entry) ? feedbackScore(entry, carrier) : null;
      if (!read) return sink.diagnostic('mixed-format', 'Feedback without a key was left out.');
      given.add(statKey(read.runId, read.score.name));
      sink.score(read.score, { source: entry as object });
    } catch (error) {
      sink.diagnostic('mixed-format', `Feedback that cannot be read was left out: ${reasonOf(error)}.`);
    }
  };

  /** Gives the id of the run, or null where the entry is none. */
  const readOne = (entry: object, place: RunPlace): { readonly id: string; readonly children: unknown } | null => {
    const { fields, whole } = fieldsOf(entry);
    if (fields.size === 0 && !whole) return null;
    const record = runRecord(fields, entry, place);
    sink.span(isAlone(place) ? { ...record, again: runAgain } : record);
    const project = projectOf(fields);
    // An update that repeats the metadata of the root need not repeat its project.
    if (project !== null && record.parentSpanId === null)
      sink.trace(textOf(record.traceId) ?? record.spanId, { metadata: { project } });
    if (!whole) sink.diagnostic('bad-attribute', 'A part of a run cannot be read and was left out.');
    if (isElsewhere(fields, 'inputs') || isElsewhere(fields, 'outputs')) {
      sink.diagnostic(
        'partial-page',
        'What a run was given or gave back lies in a store of files and is not in the input.',
      );
    }
    const traceId = textOf(record.traceId);
    const { spanId } = record;
    for (const each of listEntries(
      listIn(parsed(fields.get('feedback')), (object) => 'key' in object, sink, 'The field feedback'),
    ))
      feedback(each, { traceId, runId: spanId });
    if (fields.has('feedback_stats'))
      stats.push({
        runId: spanId,
        recorded: fields.get('feedback_stats'),
        target: { level: 'span', key: traceId === null ? spanId : `${traceId}/${spanId}` },
      });
    return { id: spanId, children: fields.get('child_runs') };
  };

  return {
    run(root, at = {}) {
      const open: ({ readonly entry: unknown; readonly place: RunPlace } | { readonly leave: object })[] = [
        { entry: root, place: at },
      ];
      const around = new Set<object>();
      for (let next = open.pop(); next; next = open.pop()) {
        if ('leave' in next) {
          around.delete(next.leave);
          continue;
        }
        const { entry, place } = next;
        let read: ReturnType<typeof readOne> = null;
        let reason = 'it is not an object';
        try {
          if (isObject(entry)) {
            if (met.has(entry)) {
              if (around.has(entry))
                sink.diagnostic(
                  'parent-cycle',
                  'A run object stands among the runs below itself; it is shown once, where it was met first.',
                );
              else
                sink.diagnostic(
                  'duplicate-span',
                  'A run object stands in several places; it is shown once, where it was met first.',
                );
              continue;
            }
            met.add(entry);
            read = readOne(entry, place);
            reason = 'it throws when looked at';
          }
        } catch (error) {
          reason = reasonOf(error);
        }
        if (!read) {
          sink.diagnostic('span-not-object', `An entry among the runs cannot be read and was left out: ${reason}.`);
          continue;
        }
        const { id, children } = read;
        around.add(entry as object);
        open.push({ leave: entry as object });
        const below = listEntries(
          listIn(
            quietly(() => parsed(children)),
            isRunAtAll,
            sink,
            'The field child_runs',
          ),
        );
        for (let child = below.length - 1; child >= 0; child -= 1)
          open.push({ entry: below[child], place: { parentId: id } });
      }
    },
    feedback: (entry) => feedback(entry),
    finish() {
      for (const { runId, recorded, target } of stats) {
        try {
          for (const score of statScores(recorded, target))
            if (!given.has(statKey(runId, score.name)))
              sink.score(score, isObject(recorded) ? { source: recorded } : {});
        } catch (error) {
          sink.diagnostic('mixed-format', `Feedback that cannot be read was left out: ${reasonOf(error)}.`);
        }
      }
    },
  };
}

/** A run, and no map of runs. */
export const isRunAtAll = (object: Fields): boolean =>
  mayBeRun(object) ||
  serializedRun(object) !== null ||
  ['id', 'name', 'trace_id'].some((field) => typeof object[field] === 'string');

/** Whether a run says all of itself. */
const isAlone = (place: RunPlace): boolean => Object.keys(place).length === 0;
const runAgain = (entry: object): SpanRecord => runRecord(fieldsOf(entry).fields, entry, {});

const statKey = (runId: string | null, name: string): string => JSON.stringify([runId, name]);

/** The fields of a run, also of one that LangChain serialized as an object. */
const fieldsOf = (entry: object): ReadableFields =>
  readableFields(quietly(() => serializedRun(entry as Fields)) ?? entry);

/** The API keeps large values in a store, and gives an address in their stead. */
function isElsewhere(fields: ReadonlyMap<string, unknown>, field: 'inputs' | 'outputs'): boolean {
  const address = jsonObject(fields.get(`${field}_s3_urls`));
  const value = fields.get(field);
  const missing =
    value === undefined || value === null || value === '' || (isObject(value) && Object.keys(value).length === 0);
  return missing && address !== null && Object.values(address).some((each) => each !== null);
}
