import { isObject, optional, type Fields } from '../../conventions/json.ts';
import { readContent } from '../../conventions/content/readContent.ts';
import { attributeMap, textOf, type AttributeProblem } from '../../model/attributes.ts';
import { createDiagnosticLog } from '../../model/diagnostics.ts';
import type { Instant } from '../../model/time.ts';
import type { AttributeValue, Score, SpanContent, SpanLink } from '../../model/types.ts';
import { attributeProblems, remoteImages } from './attributeProblems.ts';
import { linkTarget } from './linksIn.ts';
import { droppedAttributes } from '../otel/spanFacts.ts';
import type { RecordedParts } from './recordedContent.ts';
import { decodeEvent } from './recordedEvents.ts';
import { withoutHoles } from '../../model/holes.ts';
import { hasHoles } from '../tolerant/hasHoles.ts';
import { readableCopy } from '../tolerant/readableCopy.ts';

/**
 * What a span holds, from the parts of its record. A part that throws when looked at is reported, and the rest stands.
 */
export function decodeContent(recorded: RecordedParts, origin: Instant, key: string): SpanContent {
  const {
    records,
    raw,
    shared: { resource, scope, schemaUrl, unit, content: readMore },
  } = recorded;
  const log = createDiagnosticLog();
  const problems =
    (where: string): AttributeProblem =>
    (code, path) =>
      log.report(code, { key, path: where + path });
  const read = <Value>(where: string, fallback: Value, reading: () => Value): Value => {
    try {
      return reading();
    } catch {
      // A host object that throws when looked at: the rest of the content stands.
      log.report('bad-attribute', { key, path: where });
      return fallback;
    }
  };
  const attributes = plainLists(attributeMap(recorded.attributes, problems('')));
  const events = read('events', [], () =>
    objectsIn(recorded.events, problems('events'), (event, at) =>
      decodeEvent(event, origin, unit, problems(`events[${at}].`)),
    ),
  );
  const reported = read('', {}, () => readMore?.(records[0]!) ?? {});
  const meant =
    read('', null, () => readContent(withLent(attributes, recorded.lent), events)) ?? readContent(NO_ATTRIBUTES, []);
  attributeProblems(attributes, (code, path) => log.report(code, { key, path }));
  remoteImages(reported.messages ?? meant.messages, (code, path) => log.report(code, { key, path }));
  const content = {
    attributes,
    resource: read('resource', NO_ATTRIBUTES, () => attributeMap(resource?.['attributes'], problems('resource.'))),
    scope: read('scope', null, () => decodeScope(scope, problems('scope.'))),
    events,
    links: read('links', [], () =>
      objectsIn(recorded.links, problems('links'), (link, at) => decodeLink(link, problems(`links[${at}].`))),
    ),
    ...meant,
    ...optional('schemaUrl', schemaUrl),
    scores: NO_SCORES,
    raw,
    ...reported,
  };
  const diagnostics = log.list();
  return diagnostics.length === 0 ? content : { ...content, diagnostics };
}

/** What another span tells stands behind what the span itself says. */
function withLent(attributes: ReadonlyMap<string, AttributeValue>, lent: unknown): ReadonlyMap<string, AttributeValue> {
  if (lent === undefined) return attributes;
  const filled = new Map(attributes);
  for (const [key, value] of plainLists(attributeMap(lent))) if (!filled.has(key)) filled.set(key, value);
  return filled;
}

/** What dialects read of values goes through lists in every way there is, so none of these may have holes. */
function plainLists(attributes: ReadonlyMap<string, AttributeValue>): ReadonlyMap<string, AttributeValue> {
  for (const value of attributes.values())
    if (hasHoles(value))
      return new Map(
        Array.from(attributes, ([key, each]) => [
          key,
          hasHoles(each) ? (readableCopy(each as object) as AttributeValue) : each,
        ]),
      );
  return attributes;
}

const NO_SCORES: readonly Score[] = [];
const NO_ATTRIBUTES: ReadonlyMap<string, AttributeValue> = new Map();

/** Decodes the objects of a list. What is no list, and what is no object in it, stands in the record alone. */
function objectsIn<Decoded>(
  value: unknown,
  problem: AttributeProblem,
  decode: (entry: Fields, at: number) => Decoded,
): readonly Decoded[] {
  if (!Array.isArray(value)) {
    if (value !== undefined && value !== null) problem('bad-attribute', '');
    return [];
  }
  return withoutHoles(value as readonly unknown[]).flatMap((entry, at): readonly Decoded[] => {
    if (isObject(entry)) return [decode(entry, at)];
    problem('bad-attribute', `[${at}]`);
    return [];
  });
}

function decodeLink(link: Fields, problem: AttributeProblem): SpanLink {
  return {
    ...linkTarget(link),
    direction: 'out',
    attributes: attributeMap(link['attributes'], problem),
    ...optional('traceState', link['traceState'] ?? link['trace_state']),
    ...droppedAttributes(link),
  };
}

function decodeScope(scope: Fields | undefined, problem: AttributeProblem): SpanContent['scope'] {
  if (!scope) return null;
  return {
    name: textOf(scope['name']) ?? '',
    ...optional('version', scope['version']),
    attributes: attributeMap(scope['attributes'], problem),
  };
}
