import { OTEL_KINDS, RECORDED, SPAN_FLAGS, SPAN_STATUSES, tellingFlags } from './codes.ts';
import { DIAGNOSTICS } from './diagnostics.ts';
import type { SpanAmounts, TraceParts } from './entry.ts';
import { unixNano, type Instant } from './time.ts';
import type {
  Cost,
  Diagnostic,
  Nanos,
  OtelKind,
  Score,
  Span,
  SpanContent,
  SpanKind,
  SpanStatus,
  Trace,
  Usage,
} from './types.ts';
import { ownValue } from './ownValue.ts';

const NO_SCORES: readonly Score[] = [];
/** The same for scores that say the same. */
const contentOf = ({ name, value, label, comment, source }: Omit<Score, 'target'>): string =>
  JSON.stringify([name, value, label, comment, source]);

/** What a span looks at. */
interface TraceOfSpan extends Pick<Trace, 'traceId' | 'originUnixNano' | 'columns' | 'content'> {
  readonly parts: TraceParts;
}

/** A look at one row of the columns. Nothing is computed before it is asked for. */
export class SpanView implements Span {
  readonly index: number;
  readonly #trace: TraceOfSpan;

  constructor(trace: TraceOfSpan, index: number) {
    this.#trace = trace;
    this.index = index;
  }

  get key(): string {
    return `${this.#trace.traceId}/${this.spanId}${this.#trace.parts.keySuffixes.get(this.index) ?? ''}`;
  }
  get traceId(): string {
    return this.#trace.traceId;
  }
  get spanId(): string {
    return this.#trace.parts.spanIds.at(this.index);
  }
  get parentSpanId(): string | null {
    const parent = this.#columns.parent[this.index]!;
    return parent === -1
      ? (this.#trace.parts.strayParentIds.get(this.index) ?? null)
      : this.#trace.parts.spanIds.at(parent);
  }
  get parent(): Span | null {
    const parent = this.#columns.parent[this.index]!;
    return parent === -1 ? null : new SpanView(this.#trace, parent);
  }
  get depth(): number {
    return this.#columns.depth[this.index]!;
  }
  get childCount(): number {
    const { subtreeEnd } = this.#columns;
    let count = 0;
    for (let child = this.index + 1; child < subtreeEnd[this.index]!; child = subtreeEnd[child]!) count += 1;
    return count;
  }
  get descendantCount(): number {
    return this.#columns.subtreeEnd[this.index]! - this.index - 1;
  }

  get name(): string {
    return this.#text(this.#columns.name) ?? '';
  }
  get kind(): SpanKind {
    return this.#columns.kinds[this.#columns.kind[this.index]!]!;
  }
  get rawKind(): string | null {
    return this.#text(this.#columns.rawKind);
  }
  get otelKind(): OtelKind | null {
    return OTEL_KINDS[this.#columns.otelKind[this.index]!] ?? null;
  }
  get status(): SpanStatus {
    return SPAN_STATUSES[this.#columns.status[this.index]!]!;
  }
  get statusMessage(): string | null {
    return this.#trace.parts.statusMessages.get(this.index) ?? null;
  }
  get statusOrigin(): string | null {
    const { status } = this;
    return (
      this.#trace.parts.statusOrigins.get(this.index) ?? (status === 'unset' || status === 'running' ? null : RECORDED)
    );
  }
  get service(): string | null {
    return this.#text(this.#columns.service);
  }
  get model(): string | null {
    return this.#text(this.#columns.model);
  }
  get provider(): string | null {
    return this.#text(this.#columns.provider);
  }

  get start(): Nanos {
    return this.#columns.start[this.index]!;
  }
  get end(): Nanos {
    return this.#columns.end[this.index]!;
  }
  get duration(): Nanos {
    return this.#has('missing-start') ? Number.NaN : this.end - this.start;
  }
  get startUnixNano(): bigint | null {
    const exact = this.#exact('start');
    if (exact !== undefined || this.#has('missing-start')) return exact ?? null;
    return this.#trace.originUnixNano + BigInt(this.start);
  }
  get endUnixNano(): bigint | null {
    const exact = this.#exact('end');
    if (exact !== undefined || this.#has('missing-end')) return exact ?? null;
    return this.#trace.originUnixNano + BigInt(this.end);
  }
  get firstToken(): Nanos {
    return this.#amounts?.firstToken ?? Number.NaN;
  }

  get usage(): Usage | null {
    return this.#amounts?.usage ?? null;
  }
  get cost(): Cost | null {
    return this.#amounts?.cost ?? null;
  }

  get scores(): readonly Score[] {
    const { parts } = this.#trace;
    const own =
      parts.scores
        .get(this.index)
        ?.map(({ level = 'span', ...score }): Score => ({ ...score, target: { level, key: this.key } })) ?? NO_SCORES;
    // Scores recorded beside the spans are about the first of those that share an id.
    const beside = parts.keySuffixes.has(this.index) ? undefined : parts.about.spanScores?.get(this.spanId);
    if (!beside) return own;
    const ownContents = new Set(own.map(contentOf));
    return [
      ...own,
      ...beside
        .filter((score) => !ownContents.has(contentOf(score)))
        .map((score) => ({ ...score, target: { level: 'span' as const, key: this.key } })),
    ];
  }

  get diagnostics(): readonly Diagnostic[] {
    const flags = tellingFlags(this.#columns.flags[this.index]!);
    if (flags === 0) return [];
    return Object.entries(SPAN_FLAGS).flatMap(([code, bit]) => {
      const [severity, message] = ownValue(DIAGNOSTICS, code)!;
      return (flags & bit) === 0 ? [] : [{ code, severity, message, count: 1, keys: [this.key] }];
    });
  }

  content(): SpanContent | Promise<SpanContent> {
    return this.#trace.content(this.index);
  }

  get #columns() {
    return this.#trace.columns;
  }
  get #amounts(): SpanAmounts | undefined {
    return this.#trace.parts.amounts[this.#columns.amounts[this.index]!];
  }
  #text(column: Uint32Array): string | null {
    return this.#columns.strings[column[this.index]!] || null;
  }
  #has(flag: keyof typeof SPAN_FLAGS): boolean {
    return (this.#columns.flags[this.index]! & SPAN_FLAGS[flag]) !== 0;
  }
  #exact(which: 'start' | 'end'): bigint | undefined {
    const instant: Instant | null | undefined = this.#trace.parts.exactTimes.get(this.index)?.[which];
    return instant ? unixNano(instant) : undefined;
  }
}
