import { isObject, type Fields } from '../../conventions/json.ts';
import { textOf } from '../../model/attributes.ts';
import { readableCopy } from '../tolerant/readableCopy.ts';
import { firstAnswer, listIn, lookedAt, quietly } from '../tolerant/readEach.ts';
import { reasonOf } from '../tolerant/reasonOf.ts';
import { apiFields } from './apiFields.ts';
import type { Gathering } from './gathering.ts';
import { readEvent } from './ingestionEvent.ts';
import { observationRecord } from './observation.ts';
import { revisionAt } from './gathering.ts';
import { isEvent, isObservation, isScore, isTrace, LISTS } from './signs.ts';
import { withoutHoles } from '../../model/holes.ts';

/** Where a part stands. */
interface Place {
  /** Of the trace that holds it. */
  readonly traceId?: string | undefined;
  /** True in a list of observations, of which every entry is one. */
  readonly spans?: boolean;
  /** True in a trace, beside which the observations may stand in full. */
  readonly trimmed?: boolean;
  /** How many containers are around it: they hold each other at most twice. */
  readonly depth: number;
  /** What the part is a readable copy of. */
  readonly source?: object;
}

/** Reads one entry, or what holds entries. */
function readPart(part: unknown, gathering: Gathering, place: Place): void {
  const { sink } = gathering;
  if (Array.isArray(part) && place.depth < 2) return readList(part, gathering, { depth: place.depth + 1 });
  if (!isObject(part)) {
    if (place.spans)
      sink.diagnostic('span-not-object', 'An entry among the observations is not an object and was left out.');
    else sink.diagnostic('mixed-format', 'An entry of the list is no record of Langfuse and was left out.');
    return;
  }
  if (isEvent(part)) return readEvent(part, place.source ?? part, gathering);
  if (Array.isArray(part['batch']) && place.depth < 2)
    return readList(part['batch'], gathering, { depth: place.depth + 1 });
  const fields = apiFields(part);
  if (isObservation(fields)) return readObservation(part, gathering, place);
  if (isScore(fields)) return gathering.score(fields, part, { traceId: place.traceId });
  if (isObject(part['trace']) && place.depth < 2) return readDownload(part, part['trace'], gathering);
  if (isTrace(fields)) return readTrace(part, gathering, undefined);
  if (!place.spans && place.depth < 2 && LISTS.some((name) => Array.isArray(part[name])))
    return readLists(part, gathering, place);
  if (place.spans) return readObservation(part, gathering, place);
  sink.diagnostic('mixed-format', 'An entry of the list is no record of Langfuse and was left out.');
}

/**
 * Reads records, and what holds records, wherever they stand. Entries are read one by one, so that one that throws when
 * looked at takes no other with it.
 */
export function readList(list: readonly unknown[], gathering: Gathering, place: Place): void {
  const spans = place.spans ?? hasObservation(list);
  const entries = withoutHoles(list);
  for (let at = 0; at < entries.length; at += 1) {
    let part: unknown;
    try {
      part = entries[at];
      readPart(part, gathering, { ...place, spans });
    } catch (error) {
      readAgain(part, error, gathering, { ...place, spans });
    }
  }
}

/**
 * An entry of the host in which something throws is read without that, and left out only where nothing else is in it.
 */
function readAgain(part: unknown, reason: unknown, gathering: Gathering, place: Place): void {
  const { sink } = gathering;
  try {
    const copy = readableCopy(part as object);
    if (Object.keys(copy).length > 0) {
      readPart(copy, gathering, { ...place, source: part as object });
      sink.diagnostic('bad-attribute', `A part of an entry cannot be read and was left out: ${reasonOf(reason)}.`);
      return;
    }
  } catch {
    // Not even that: it is reported below.
  }
  sink.diagnostic(
    place.spans ? 'span-not-object' : 'mixed-format',
    `An entry of a list cannot be read and was left out: ${reasonOf(reason)}.`,
  );
}

/** Whether a list without a name is one of observations, by its readable entries. */
const hasObservation = (list: readonly unknown[]): boolean =>
  firstAnswer(list, (entry) => isObject(entry) && isObservation(apiFields(entry)), Infinity) === true;

/** `{ trace, observations, scores }`; the trace may hold both again, with less in them. */
function readDownload(part: Fields, trace: Fields, gathering: Gathering): void {
  const { sink } = gathering;
  const observations = part['observations'];
  const traceId = textOf(apiFields(trace)['id']) ?? traceIdIn(observations);
  lookedAt(sink, () => readTrace(trace, gathering, traceId));
  readNamed(part, gathering, { traceId, depth: 2 });
}

/** A trace without an id has that of its observations. */
function traceIdIn(observations: unknown): string | undefined {
  if (!Array.isArray(observations)) return undefined;
  return (
    quietly(() =>
      textOf(
        withoutHoles(observations as readonly unknown[])
          .map((entry: unknown) => (isObject(entry) ? entry['traceId'] : null))
          .find((id) => textOf(id) !== null),
      ),
    ) ?? undefined
  );
}

function readTrace(trace: Fields, gathering: Gathering, knownId: string | undefined): void {
  const copy = quietly(() => ({ ...trace })) ?? readableCopy(trace) ?? {};
  const fields = apiFields(copy);
  const traceId = textOf(fields['id']) ?? knownId ?? traceIdIn(fields['observations']);
  gathering.trace(traceId ?? null, fields, trace, revisionAt(fields['updatedAt'] ?? fields['createdAt']));
  readNamed(fields, gathering, { traceId, trimmed: true, depth: 2 });
}

/** The observations, scores and corrections under these names. Lists of traces give the ids of these only. */
function readNamed(holder: Fields, gathering: Gathering, place: Place): void {
  const { sink } = gathering;
  lookedAt(sink, () => {
    const observations = listIn(
      holder['observations'],
      (object) => isObservation(apiFields(object)) || 'id' in object,
      sink,
      'The field observations',
    );
    if (!isListOfIds(observations, place)) readList(observations, gathering, { ...place, spans: true });
  });
  for (const name of ['scores', 'corrections']) {
    lookedAt(sink, () => {
      const list = listIn(
        holder[name],
        (object) => isScore(apiFields(object)) || 'name' in object,
        sink,
        `The field ${name}`,
      );
      if (isListOfIds(list, place)) return;
      for (let at = 0; at < list.length; at += 1) lookedAt(sink, () => readListedScore(list[at], gathering, place));
    });
  }
}

function readListedScore(score: unknown, gathering: Gathering, { traceId }: Place): void {
  if (isObject(score)) gathering.score(apiFields(score), score, { traceId });
  else gathering.sink.diagnostic('mixed-format', 'An entry of the scores is not an object and was left out.');
}

const isListOfIds = (list: readonly unknown[], { trimmed }: Place): boolean =>
  trimmed === true && list.length > 0 && list.every((entry) => typeof entry === 'string');

/** `{ data, meta }` and lists under other names; a page says whether there are more. */
function readLists(part: Fields, gathering: Gathering, { depth }: Place): void {
  for (const name of ['data', 'traces']) {
    lookedAt(gathering.sink, () => {
      const list = listIn(part[name], (object) => 'id' in object, gathering.sink, `The field ${name}`);
      if (name === 'data' && Array.isArray(part['data'])) gathering.page(part['meta'], list.length);
      readList(list, gathering, { depth: depth + 1 });
    });
  }
  readNamed(part, gathering, { depth: depth + 1 });
}

function readObservation(part: Fields, gathering: Gathering, { traceId, trimmed, source = part }: Place): void {
  const fields = apiFields(part);
  const revision = revisionAt(fields['updatedAt'] ?? fields['createdAt'], trimmed ? 'trimmed' : 'whole');
  gathering.sink.span({
    ...observationRecord(fields, { source, traceId, revision }, gathering),
    onDuplicate: 'version',
  });
}
