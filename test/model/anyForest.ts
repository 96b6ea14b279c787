import * as fc from 'fast-check';
import { DRAWING_EPOCH } from './drawTrace.ts';

/** A random OTLP span. Few ids and few instants, so that parents, repeats, circles and equal times are frequent. */
export interface AnySpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly startTimeUnixNano?: string;
  readonly endTimeUnixNano?: string;
  readonly status?: { readonly code: number };
  readonly attributes: readonly { readonly key: string; readonly value: object }[];
}

const id = (most: number) => fc.integer({ min: 0, max: most }).map((n) => n.toString(16).padStart(16, '0'));
const instant = fc.option(
  fc.integer({ min: 0, max: 60 }).map((ns) => String(DRAWING_EPOCH + BigInt(ns))),
  { nil: undefined },
);
const kind = fc.constantFrom('LLM', 'AGENT', 'TOOL', 'CHAIN', 'EMBEDDING', 'RERANKER', 'UNKNOWN');

const attributes = fc
  .record({ kind, tokens: fc.option(fc.nat(9), { nil: undefined }), cost: fc.option(fc.nat(8), { nil: undefined }) })
  .map((facts) => [
    { key: 'openinference.span.kind', value: { stringValue: facts.kind } },
    ...(facts.tokens === undefined ? [] : [{ key: 'llm.token_count.prompt', value: { intValue: facts.tokens } }]),
    // Eighths, so that sums are exact in any order.
    ...(facts.cost === undefined ? [] : [{ key: 'llm.cost.total', value: { doubleValue: facts.cost / 8 } }]),
  ]);

export const anySpan: fc.Arbitrary<AnySpan> = fc
  .record({
    traceId: fc.constantFrom('4f7bec97fa07f3475f37e1d4f4fdf0a3', '5f7bec97fa07f3475f37e1d4f4fdf0a3'),
    spanId: id(24),
    parentSpanId: fc.option(id(28), { nil: undefined }),
    name: fc.constantFrom('a', 'b'),
    startTimeUnixNano: instant,
    endTimeUnixNano: instant,
    status: fc.constantFrom(undefined, { code: 1 }, { code: 2 }),
    attributes,
  })
  .map((span) => JSON.parse(JSON.stringify(span)) as AnySpan);

/** Spans of one or two traces with missing parents, circles, self-parents, repeated ids and missing times. */
export const anyForest = fc.array(anySpan, { minLength: 1, maxLength: 40 });

/** A tree of one trace, ids unique and times given: span i hangs on any span before it. */
export const anyTree = fc
  .array(fc.record({ span: anySpan, parent: fc.nat(), start: fc.nat(60), length: fc.nat(30), open: fc.boolean() }), {
    minLength: 1,
    maxLength: 40,
  })
  .map((drawn) =>
    drawn.map(({ span, parent, start, length, open }, i): AnySpan => {
      const { parentSpanId: _, endTimeUnixNano: __, ...rest } = span;
      const idOf = (n: number): string => (n + 1).toString(16).padStart(16, '0');
      return {
        ...rest,
        traceId: '4f7bec97fa07f3475f37e1d4f4fdf0a3',
        spanId: idOf(i),
        ...(i === 0 ? {} : { parentSpanId: idOf(parent % i) }),
        startTimeUnixNano: String(DRAWING_EPOCH + BigInt(start)),
        ...(open && length % 5 === 0 ? {} : { endTimeUnixNano: String(DRAWING_EPOCH + BigInt(start + length)) }),
      };
    }),
  );

export const documentOf = (spans: readonly object[]) => ({ resourceSpans: [{ scopeSpans: [{ spans }] }] });
