import { isObject, type Fields } from '../../conventions/json.ts';
import { textOf } from '../../model/attributes.ts';
import { otelId, type OtelId } from '../otel/otelId.ts';
import { withoutHoles } from '../../model/holes.ts';

interface Reference {
  readonly type: string;
  readonly traceId: string | null;
  readonly spanId: OtelId;
}

/**
 * A link as the sink takes it; `opentracing.ref_type` is OpenTelemetry's name for what the reference says (OpenTracing
 * compatibility).
 */
export interface ReferenceLink {
  readonly traceId: string;
  readonly spanId: string;
  readonly attributes: ReadonlyMap<string, string>;
}

/** The parent of a span, and what else it refers to. */
export interface Family {
  readonly parent: OtelId;
  readonly links: readonly ReferenceLink[];
}

const NONE: readonly ReferenceLink[] = [];

/**
 * The parent is the first CHILD_OF of the same trace, else the first FOLLOWS_FROM of the same trace, else what the
 * older field `parentSpanID` names. All other references are links. One reference without a list is one of a list;
 * `bad` hears of what is none.
 */
export function readReferences(span: Fields, traceId: string | null, bad: () => void): Family {
  const named = otelId(span['parentSpanID'] ?? span['parentSpanId'], 16);
  const given = span['references'];
  const list: readonly unknown[] = Array.isArray(given) ? withoutHoles(given as readonly unknown[]) : [given];
  if (given === undefined || given === null || list.length === 0) return { parent: named, links: NONE };
  for (const entry of list) if (!isObject(entry)) bad();
  const references = list.filter(isObject).map((each) => reference(each, traceId));
  for (const { spanId } of references) if (spanId.id === null) bad();
  const own = references.filter((each) => each.spanId.id !== null && sameTrace(each.traceId, traceId));
  const chosen = own.find(({ type }) => type === 'child_of') ?? own.find(({ type }) => type === 'follows_from');
  const links = references.flatMap((each) => (each === chosen || each.spanId.id === null ? [] : [link(each)]));
  return { parent: chosen?.spanId ?? named, links };
}

/** Printers leave out the type where it is the first of its enumeration, CHILD_OF. */
const reference = (fields: Fields, ownTrace: string | null): Reference => ({
  type: (textOf(fields['refType']) ?? 'CHILD_OF').toLowerCase(),
  traceId: otelId(fields['traceID'] ?? fields['traceId'], 32).id ?? ownTrace,
  spanId: otelId(fields['spanID'] ?? fields['spanId'], 16),
});

/** Ids of 64 bits, and such as lost their leading zeros, are the same as their long form. */
const sameTrace = (a: string | null, b: string | null): boolean =>
  a === b || (a !== null && b !== null && a.padStart(32, '0') === b.padStart(32, '0'));

const link = ({ type, traceId, spanId }: Reference): ReferenceLink => ({
  traceId: traceId ?? '',
  spanId: spanId.id!,
  attributes: new Map([['opentracing.ref_type', type]]),
});
