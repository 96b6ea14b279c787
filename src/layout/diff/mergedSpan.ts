import { OTEL_KINDS, SPAN_STATUSES } from '../../model/codes.ts';
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
  Usage,
} from '../../model/types.ts';
import type { MergedTrace } from './mergedTrace.ts';

/** A look at one span of a merged trace. Nothing is computed before it is asked for. */
export class MergedSpan implements Span {
  readonly index: number;
  readonly #trace: MergedTrace;

  constructor(trace: MergedTrace, index: number) {
    this.#trace = trace;
    this.index = index;
  }

  get key(): string {
    return this.#trace.groups[this.index]!.key;
  }
  get traceId(): string {
    return this.#source?.traceId ?? this.#trace.traceId;
  }
  get spanId(): string {
    return this.#source?.spanId ?? this.key;
  }
  get parentSpanId(): string | null {
    return this.parent?.spanId ?? null;
  }
  get parent(): Span | null {
    const parent = this.#columns.parent[this.index]!;
    return parent === -1 ? null : new MergedSpan(this.#trace, parent);
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
    return this.#columns.strings[this.#columns.name[this.index]!]!;
  }
  get kind(): SpanKind {
    return this.#columns.kinds[this.#columns.kind[this.index]!]!;
  }
  get rawKind(): string | null {
    return this.#source?.rawKind ?? null;
  }
  get otelKind(): OtelKind | null {
    return OTEL_KINDS[this.#columns.otelKind[this.index]!] ?? null;
  }
  get status(): SpanStatus {
    return SPAN_STATUSES[this.#columns.status[this.index]!]!;
  }
  get statusMessage(): string | null {
    return this.#source?.statusMessage ?? null;
  }
  get statusOrigin(): string | null {
    return this.#source?.statusOrigin ?? null;
  }
  get start(): Nanos {
    return this.#columns.start[this.index]!;
  }
  get end(): Nanos {
    return this.#columns.end[this.index]!;
  }
  get duration(): Nanos {
    return this.#source?.duration ?? Number.NaN;
  }
  get startUnixNano(): bigint | null {
    return this.#source?.startUnixNano ?? null;
  }
  get endUnixNano(): bigint | null {
    return this.#source?.endUnixNano ?? null;
  }
  get firstToken(): Nanos {
    return this.#source?.firstToken ?? Number.NaN;
  }
  get service(): string | null {
    return this.#source?.service ?? null;
  }
  get model(): string | null {
    return this.#source?.model ?? null;
  }
  get provider(): string | null {
    return this.#source?.provider ?? null;
  }
  get usage(): Usage | null {
    return this.#source?.usage ?? null;
  }
  get cost(): Cost | null {
    return this.#source?.cost ?? null;
  }
  get scores(): readonly Score[] {
    return this.#source?.scores ?? [];
  }
  get diagnostics(): readonly Diagnostic[] {
    return [];
  }

  content(): SpanContent | Promise<SpanContent> {
    return this.#trace.content(this.index);
  }

  get #columns() {
    return this.#trace.columns;
  }
  get #source(): Span | undefined {
    return this.#trace.source(this.index);
  }
}
