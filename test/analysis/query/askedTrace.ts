import { readTraces, type Trace } from '../../../src/core.ts';
import { DRAWING_EPOCH, drawSpans } from '../../model/drawTrace.ts';

const value = (plain: unknown): object =>
  typeof plain === 'number'
    ? { doubleValue: plain }
    : typeof plain === 'boolean'
      ? { boolValue: plain }
      : Array.isArray(plain)
        ? { arrayValue: { values: plain.map(value) } }
        : { stringValue: plain };

/** A drawn trace whose spans hold attributes besides, by name of the span, and one service each (`service=`). */
export function askedTrace(
  drawing: string,
  attributes: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {},
): Trace {
  const nanos = (ms: number): string => String(DRAWING_EPOCH + BigInt(Math.round(ms * 1e6)));
  return readTraces({
    resourceSpans: drawSpans(drawing).map(
      ({
        name,
        spanId,
        parentSpanId,
        start,
        end,
        error,
        facts: { service = 'desk', kind, model, cost, in: input, out: output },
      }) => ({
        resource: {
          attributes: [
            { key: 'service.name', value: value(service) },
            { key: 'host.name', value: value(`${service}-1`) },
          ],
        },
        scopeSpans: [
          {
            spans: [
              {
                traceId: '4f7bec97fa07f3475f37e1d4f4fdf0a3',
                spanId,
                ...(parentSpanId === null ? {} : { parentSpanId }),
                name,
                ...(start === null ? {} : { startTimeUnixNano: nanos(start) }),
                ...(end === null ? {} : { endTimeUnixNano: nanos(end) }),
                status: error ? { code: 2, message: 'Rate limit reached' } : {},
                attributes: Object.entries({
                  ...(kind === undefined ? {} : { 'openinference.span.kind': kind.toUpperCase() }),
                  ...(model === undefined ? {} : { 'llm.model_name': model }),
                  ...(cost === undefined ? {} : { 'llm.cost.total': Number(cost) }),
                  ...(input === undefined ? {} : { 'llm.token_count.prompt': Number(input) }),
                  ...(output === undefined ? {} : { 'llm.token_count.completion': Number(output) }),
                  ...attributes[name],
                }).map(([key, plain]) => ({ key, value: value(plain) })),
              },
            ],
          },
        ],
      }),
    ),
  }).traces[0]!;
}
