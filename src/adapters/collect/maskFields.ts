import type { Envelope } from '../../conventions/readEnvelope.ts';
import { textOf } from '../../model/attributes.ts';
import { SPAN_KINDS } from '../../model/codes.ts';
import type { Cost, Score, Usage } from '../../model/types.ts';
import type { FoundUnderKeys, Redaction } from '../../redact/createRedaction.ts';
import type { SpanSink } from '../types.ts';

/** What is recorded of a trace, as adapters hand it over. */
type About = Parameters<SpanSink['trace']>;

/**
 * Masks what has names of ours. Rules speak of the keys of the data, so a rule for `score` or `level` must not hit our
 * fields of that name: each is masked by its value alone, and stays of its type. Numbers that are masked are
 * unknown.
 */
export interface FieldMask {
  score(score: Score, found: FoundUnderKeys | undefined): Score;
  about(about: About): About;
  envelope(fields: Partial<Envelope>): Partial<Envelope>;
  /** A text beside its source: what was masked there under a key is masked here too, however short it is. */
  text<Value>(text: Value, found: FoundUnderKeys | undefined): Value;
}

/** Creates it for one redaction. */
export function createFieldMask({ mask }: Redaction): FieldMask {
  const text = <Value>(value: Value, found?: FoundUnderKeys): Value =>
    ((typeof value === 'string' && found?.get(value.trim())) || mask(value)) as Value;
  const number = (value: number | null, found?: FoundUnderKeys): number | null =>
    value === null || found?.has(String(value)) || typeof mask<unknown>(value) !== 'number' ? null : value;
  const numbers = (values: Readonly<Record<string, number | undefined>>): Record<string, number> =>
    Object.fromEntries(
      Object.entries(values).flatMap(([key, value]) =>
        value === undefined || number(value) === null ? [] : [[mask(key), value]],
      ),
    );
  const usage = ({ other, ...amounts }: Usage): Usage => ({
    ...(Object.fromEntries(Object.entries(amounts).map(([name, value]) => [name, number(value)])) as unknown as Omit<
      Usage,
      'other'
    >),
    other: numbers(other),
  });
  const cost = ({ total, parts, ...rest }: Cost): Cost => ({
    ...rest,
    currency: mask(rest.currency),
    total: number(total),
    parts: numbers(parts),
  });
  return {
    text,
    score: ({ name, value, label, comment, source, target: { level, key }, metadata }, found) => ({
      name: text(name, found),
      value: number(value, found),
      label: text(label, found),
      comment: text(comment, found),
      source,
      target: {
        level,
        key:
          level === 'span'
            ? key.replace(
                /^([^/]*)(\/?)([^]*)$/,
                (_, traceId: string, slash: string, spanId: string) => mask(traceId) + slash + mask(spanId),
              )
            : mask(key),
      },
      ...(metadata === undefined ? {} : { metadata: mask(metadata) }),
    }),
    about: ([traceId, { metadata, ...texts }, revision]) => [
      mask(traceId),
      { ...masked(texts, mask), ...(metadata ? { metadata: objectOr(mask(metadata)) } : {}) },
      revision,
    ],
    envelope(reported) {
      const texts = Object.fromEntries(
        Object.entries(reported).filter(([field, value]) => TEXTS.has(field) && value !== null && value !== undefined),
      );
      return {
        ...reported,
        ...masked(texts, mask),
        ...(isOwnKind(reported.kind) ? { kind: mask(reported.kind) } : {}),
        ...(reported.usage ? { usage: usage(reported.usage) } : {}),
        ...(reported.cost ? { cost: cost(reported.cost) } : {}),
        ...(reported.metadata ? { metadata: objectOr(mask(reported.metadata)) } : {}),
      };
    },
  };
}

/**
 * Fields of an envelope that are texts of the data, or lists of such. All others are words of ours, numbers and times.
 */
const TEXTS: ReadonlySet<string> = new Set<keyof Envelope>([
  'rawKind',
  'name',
  'entityName',
  'statusMessage',
  'model',
  'provider',
  'traceName',
  'sessionId',
  'userId',
  'tags',
  'tagsOfRoot',
  'markedParent',
  'dottedOrder',
  'graphNode',
  'graphName',
  'graphParent',
]);

/** A kind that the data made up, which is a text of it like any other. */
const isOwnKind = (kind: Envelope['kind'] | undefined): kind is string =>
  typeof kind === 'string' && !KNOWN_KINDS.has(kind);
const KNOWN_KINDS: ReadonlySet<string> = new Set(SPAN_KINDS);

/** What there is to scan in fields that have names of ours. */
export const textsOfScore = ({ name, value, label, comment, target, metadata }: Score): readonly unknown[] => [
  name,
  value,
  label,
  comment,
  target.key,
  metadata,
];
export const textsOfAbout = ([traceId, { metadata, ...texts }]: About): readonly unknown[] => [
  traceId,
  ...Object.values(texts),
  metadata,
];
export const textsOfEnvelope = (reported: Partial<Envelope>): readonly unknown[] => [
  ...Object.entries(reported).flatMap(([field, value]) => (TEXTS.has(field) ? [value] : [])),
  isOwnKind(reported.kind) ? reported.kind : null,
  reported.metadata,
];

const masked = <Fields extends object>(fields: Fields, mask: <Value>(value: Value) => Value): Fields =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, mask(value as unknown)])) as Fields;

/** Objects of a host may be masked to a text. */
const objectOr = (value: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  textOf(value) === null && value !== null ? value : {};
