import type { OtelKind, SpanKind, SpanStatus, Usage } from './types.ts';

/** The order behind `TraceColumns.kind`. */
export const SPAN_KINDS = [
  'span',
  'agent',
  'chain',
  'llm',
  'tool',
  'retriever',
  'reranker',
  'embedding',
  'guardrail',
  'evaluator',
  'prompt',
  'parser',
  'memory',
  'event',
  'http',
  'db',
  'rpc',
  'messaging',
] as const satisfies readonly SpanKind[];

/** The order behind `TraceColumns.status`. */
export const SPAN_STATUSES = ['unset', 'ok', 'error', 'warning', 'running'] as const satisfies readonly SpanStatus[];

/**
 * The order behind `TraceColumns.otelKind`: OTLP's own numbers, 0 = unspecified (opentelemetry-proto trace.proto,
 * SpanKind).
 */
export const OTEL_KINDS = [
  null,
  'internal',
  'server',
  'client',
  'producer',
  'consumer',
] as const satisfies readonly (OtelKind | null)[];

/** The bits of `TraceColumns.flags`, named by the diagnostic they stand for. */
export const SPAN_FLAGS = {
  'missing-start': 1,
  'missing-end': 2,
  'end-before-start': 4,
  'missing-parent': 8,
  'parent-cycle': 16,
  'self-parent': 32,
  'bad-timestamp': 64,
  'unit-guessed': 128,
  'duplicate-span-id': 256,
  'missing-span-id': 512,
  'bad-id': 1024,
  'clock-skew': 2048,
  'clock-corrected': 4096,
  'total-above-parts': 8192,
  'estimated-time': 16384,
  'no-clock': 32768,
} as const;

/** Flags of a span that say something: where the source has no clock, that a time is missing says nothing. */
export const tellingFlags = (flags: number): number =>
  (flags & SPAN_FLAGS['no-clock']) === 0 ? flags : flags & ~(SPAN_FLAGS['missing-start'] | SPAN_FLAGS['missing-end']);

/** The origin of a status that the record itself has. */
export const RECORDED = 'recorded';

export const ERROR_STATUS = SPAN_STATUSES.indexOf('error');
const codes = new Map<string, number>(SPAN_KINDS.map((kind, code) => [kind, code]));

/** The code of a kind that every trace knows; 0 (`span`) for a host's own word. */
export const kindCode = (kind: SpanKind): number => codes.get(kind) ?? 0;

/** As many kinds as a column of bytes can tell apart. */
const KINDS_AT_MOST = 256;

/** The kinds of one trace: those of `SPAN_KINDS`, then the host's own in order of appearance. */
export function createKindTable(): { readonly list: readonly SpanKind[]; code(kind: SpanKind): number } {
  const list: SpanKind[] = [...SPAN_KINDS];
  let own: Map<string, number> | undefined;
  return {
    list,
    code(kind) {
      const known = codes.get(kind) ?? own?.get(kind);
      if (known !== undefined) return known;
      if (list.length === KINDS_AT_MOST) return 0;
      (own ??= new Map()).set(kind, list.length);
      return list.push(kind) - 1;
    },
  };
}

/** The counts of `Usage` of which none is a part of another: what each token is paid by. */
export const USAGE_BUCKETS = [
  'inputUncached',
  'cacheRead',
  'cacheWrite',
  'audioInput',
  'outputText',
  'reasoning',
  'audioOutput',
] as const satisfies readonly (keyof Usage)[];

/** All counts of `Usage`: sums, and what they are made of. */
export const USAGE_COUNTS = ['input', 'output', 'total', ...USAGE_BUCKETS] as const;
