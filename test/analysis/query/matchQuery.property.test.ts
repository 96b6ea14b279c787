import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileQuery } from '../../../src/analysis/query/match/compileQuery.ts';
import { matchContent, matchEnvelope } from '../../../src/analysis/query/match/matchQuery.ts';
import { parseQuery } from '../../../src/analysis/query/syntax/parseQuery.ts';
import { readTraces, selfTime, type Span, type SpanContent, type Trace } from '../../../src/core.ts';
import { anyForest, anyTree, documentOf } from '../../model/anyForest.ts';

/** What a term asks of one span, said once more in the slowest way. */
type Slow = (span: Span, trace: Trace) => boolean;

const number = (field: string, read: (span: Span, trace: Trace) => number | null | undefined, unit = '') =>
  fc
    .tuple(fc.constantFrom('<', '<=', '>', '>=', '=', '!=', ':'), fc.nat(40))
    .map(([operator, amount]): [string, Slow] => [
      `${field}${operator}${amount}${unit}`,
      (span, trace) => {
        const is = read(span, trace) ?? Number.NaN;
        switch (operator) {
          case '<':
            return is < amount;
          case '<=':
            return is <= amount;
          case '>':
            return is > amount;
          case '>=':
            return is >= amount;
          case '!=':
            return is !== amount;
          default:
            return is === amount;
        }
      },
    ]);
const word = (field: string, words: readonly string[], read: (span: Span) => string | null) =>
  fc
    .subarray([...words], { minLength: 1 })
    .map((asked): [string, Slow] => [`${field}:${asked.join(',')}`, (span) => asked.includes(read(span) ?? '')]);
const asks = (text: string, slow: Slow) => fc.constant<[string, Slow]>([text, slow]);
const attribute = (span: Span, key: string): unknown => (span.content() as SpanContent).attributes.get(key);

const term = fc.oneof(
  word('kind', ['llm', 'agent', 'tool', 'span'], ({ kind }) => kind),
  word('status', ['error', 'ok', 'running', 'unset'], ({ status }) => status),
  word('name', ['a', 'b'], ({ name }) => name),
  word('openinference.span.kind', ['LLM', 'AGENT'], (span) => attribute(span, 'openinference.span.kind') as string),
  number('duration', ({ duration }) => duration, 'ns'),
  number('self', ({ index }, trace) => selfTime(trace)[index], 'ns'),
  number('tokens', ({ usage }) => usage?.total),
  number('input', ({ usage }) => usage?.input),
  number('cost', ({ cost }) => cost?.total),
  number('depth', ({ depth }) => depth),
  number('children', ({ childCount }) => childCount),
  number('llm.token_count.prompt', (span) => attribute(span, 'llm.token_count.prompt') as number),
  asks('is:root', ({ parent }) => parent === null),
  asks('is:open', ({ end }) => Number.isNaN(end)),
  asks('is:leaf', ({ childCount }) => childCount === 0),
  asks('has:tokens', ({ usage }) => typeof usage?.total === 'number'),
  asks('has:llm.cost.total', (span) => attribute(span, 'llm.cost.total') !== undefined),
  asks('diag:missing-parent', ({ diagnostics }) => diagnostics.some(({ code }) => code === 'missing-parent')),
  asks('agent', (span) => attribute(span, 'openinference.span.kind') === 'AGENT'),
);
const query = fc.array(fc.tuple(term, fc.boolean()), { minLength: 1, maxLength: 4 });

describe('the spans that a query finds', () => {
  it.each([
    ['trees', anyTree],
    ['forests with everything missing', anyForest],
  ] as const)('are those for which every term holds, in %s', async (_, spans) => {
    await fc.assert(
      fc.asyncProperty(spans, query, async (list, terms) => {
        const text = terms.map(([[asked], negated]) => (negated ? '-' : '') + asked).join(' ');
        for (const trace of readTraces(documentOf(list)).traces) {
          const compiled = compileQuery(trace, parseQuery(text));
          const matches = matchEnvelope(compiled);
          const steps = matchContent(compiled, matches);
          while (!(await steps.next()).done);
          expect(compiled.query.problems.filter(({ code }) => code !== 'excluding-terms')).toEqual([]);
          expect(Array.from(matches, Boolean)).toEqual(
            Array.from(trace.spans(), (span) => terms.every(([[, slow], negated]) => slow(span, trace) !== negated)),
          );
        }
      }),
    );
  });
});
