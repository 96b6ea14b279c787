import { isObject, type Fields } from '../../conventions/json.ts';
import { withoutHoles } from '../../model/holes.ts';
import { isSpan as isOtlpSpan } from '../otlp/envelope.ts';
import { firstOf, LOOKED_AT, quietly, readableEntries } from '../tolerant/readEach.ts';
import type { Detection } from '../types.ts';
import { isAnnotation } from './annotations.ts';
import { isSpanRow, isTable } from './tables.ts';

export function detectPhoenix(document: unknown): Detection | null {
  // MLflow's older spans look the same, but lie beside what it knows of their trace.
  if (isObject(document) && isObject(document['info']) && isObject(document['data'])) return null;
  for (const { entry, way } of walk(document, LOOKED_AT)) {
    const sign = quietly(() => detectPart(entry, way));
    if (sign) return sign;
  }
  return quietly(() => isObject(document) && Array.isArray(document['data']) && 'next_cursor' in document)
    ? { confidence: 0.4, reason: 'has data and next_cursor' }
    : null;
}

/** Fields of answers below which spans lie. Those of GraphQL lie as deep as the question was. */
export const HOLDERS = [
  'data',
  'node',
  'nodes',
  'edges',
  'span',
  'spans',
  'project',
  'projects',
  'trace',
  'traces',
  'session',
  'sessions',
  'rootSpan',
  'rootSpans',
  'descendants',
] as const;

/**
 * A part of a document: a list, or an object that stands in no list. `way` counts the steps to it, `below` names the
 * last one.
 */
export interface Part {
  readonly entry: readonly unknown[] | Fields;
  readonly way: { readonly steps: number; readonly below: string };
}

/** The lists and objects of a document in which spans may lie, from the outside in. */
export function* walk(document: unknown, limit: number): Generator<Part, void> {
  const open: Part[] = isContainer(document) ? [{ entry: document, way: { steps: 0, below: '' } }] : [];
  const seen = new Set<object>();
  for (let at = 0; at < open.length && at < limit; at += 1) {
    const part = open[at]!;
    if (seen.has(part.entry)) continue;
    seen.add(part.entry);
    yield part;
    const {
      entry,
      way: { steps },
    } = part;
    if (Array.isArray(entry)) {
      const holds = listHolds(entry, limit);
      // Spans in a list are read with their list, but others may lie below them.
      for (const each of readableEntries(firstOf(entry, limit)))
        if (quietly(() => isContainer(each) && (holds === null || belowSpan(each))))
          open.push({ entry: each as Fields, way: { steps: steps + 1, below: '[]' } });
    } else if (!quietly(() => isTable(entry as Fields))) {
      for (const holder of HOLDERS) {
        const inner = quietly(() => (entry as Fields)[holder]);
        if (quietly(() => isContainer(inner)))
          open.push({ entry: inner as Fields, way: { steps: steps + 1, below: holder } });
      }
    }
  }
}

export const isContainer = (value: unknown): value is readonly unknown[] | Fields =>
  Array.isArray(value) || isObject(value);
const belowSpan = (value: unknown): boolean =>
  isObject(value) && ('descendants' in value || 'node' in value || 'data' in value);

/**
 * Says context with snake_case ids and, unlike the console of Python, its status in a field of its own; or the names of
 * GraphQL.
 */
export function isSpan(entry: Fields): boolean {
  const { context } = entry;
  const named = ['span_kind', 'status_code', 'spanKind', 'statusCode', 'latencyMs'].some((field) => field in entry);
  if (named && isObject(context) && ['trace_id', 'span_id', 'traceId', 'spanId'].some((field) => field in context))
    return true;
  if ('startTimeUnixNano' in entry || 'start_time_unix_nano' in entry) return false;
  return (
    isSpanRow(entry) || ('spanId' in entry && ('spanKind' in entry || 'statusCode' in entry || 'latencyMs' in entry))
  );
}

/** What the entries of a list are, by the first known one among as many as `limit`; null = none of these. */
export function listHolds(list: readonly unknown[], limit = Infinity): 'spans' | 'annotations' | 'otlp' | null {
  let found: 'annotations' | 'otlp' | null = null;
  const entries = withoutHoles(firstOf(list, limit));
  for (let at = 0; at < Math.min(entries.length, limit); at += 1) {
    const entry = quietly(() => entries[at]);
    if (quietly(() => isObject(entry) && isSpan(entry))) return 'spans';
    found ??=
      quietly(() => {
        if (!isObject(entry)) return null;
        if (isAnnotation(entry)) return 'annotations';
        return isOtlpSpan(entry) ? 'otlp' : null;
      }) ?? null;
  }
  return found;
}

function detectPart(entry: Part['entry'], { steps, below }: Part['way']): Detection | null {
  const sure = steps < 2 ? 0.95 : 0.7;
  if (Array.isArray(entry)) {
    const holds = listHolds(entry, LOOKED_AT);
    // A list of OTLP's spans alone is OTLP's affair.
    if (holds === 'otlp')
      return steps === 1 && below === 'data' ? { confidence: 0.8, reason: 'data lists spans of OTLP' } : null;
    if (holds === 'annotations') return { confidence: 0.7, reason: 'lists annotations of spans' };
    return holds && { confidence: sure, reason: 'lists spans with context and span_kind' };
  }
  const fields = entry as Fields;
  if (isSpan(fields)) return { confidence: sure, reason: 'has context and span_kind' };
  if (isTable(fields)) return { confidence: 0.9, reason: 'is a table of spans or evaluations' };
  return steps === 0 && isAnnotation(fields) ? { confidence: 0.7, reason: 'is an annotation of a span' } : null;
}
