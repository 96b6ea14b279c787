import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { completeQuery } from '../../../src/analysis/query/complete/completeQuery.ts';
import { parseQuery } from '../../../src/analysis/query/syntax/parseQuery.ts';
import { askedTrace } from './askedTrace.ts';

const trace = askedTrace(`
  answer           0------------------2000   kind=agent service=support-api
    plan            100---900                 kind=llm model=gpt-4.1 in=1200 out=30 cost=0.012
    again           900--1000                 kind=llm model=gpt-4.1-mini service=shop
    more            900--1000                 kind=llm model=gpt-4.1 service=shop
    search ✗        900------1500             kind=tool service=eu-1_shop
`);

/** The text with a suggestion taken, for each; `|` is the cursor. */
function taken(typed: string, most = 6): readonly string[] {
  const cursor = typed.indexOf('|');
  const text = typed.replace('|', '');
  return completeQuery(text, cursor, trace)
    .slice(0, most)
    .map(
      ({ insert, range: [from, to], count }) =>
        `${text.slice(0, from)}${insert}${text.slice(to)}${count === null ? '' : ` ×${count}`}`,
    );
}

describe('completeQuery', () => {
  it.each<[string, readonly string[]]>([
    ['|', ['kind: ×5', 'status: ×5', 'service: ×5', 'name: ×5', 'duration> ×5', 'self> ×5']],
    ['ki|', ['kind: ×5']],
    ['-ki|', ['-kind: ×5']],
    ['k|ond', ['kind: ×5']],
    ['mod|:gpt', ['model:gpt ×3']],
    ['kind|', ['kind:', 'kind=', 'kind!=']],
    ['cost|', ['cost>', 'cost>=', 'cost<', 'cost<=', 'cost=', 'cost!=']],
    ['kind:|', ['kind:llm ×3', 'kind:agent ×1', 'kind:tool ×1']],
    ['kind:l|', ['kind:llm ×3']],
    ['kind:llm,t|', ['kind:llm,tool ×1']],
    ['kind:t|,llm x', ['kind:tool,llm x ×1']],
    ['status:|', ['status:unset ×4', 'status:error ×1']],
    ['model:GPT|', ['model:gpt-4.1 ×2', 'model:gpt-4.1-mini ×1']],
    ['model:"gpt|', ['model:gpt-4.1 ×2', 'model:gpt-4.1-mini ×1']],
    ['refund service:s|', ['refund service:shop ×2', 'refund service:support-api ×1', 'refund service:eu-1_shop ×1']],
    ['is:|', ['is:leaf ×4', 'is:error ×1', 'is:root ×1']],
    ['err|', ['error: ×1', 'status:error ×1']],
    ['gp|', ['model:gpt-4.1 ×2', 'model:gpt-4.1-mini ×1']],
    ['att|', ['attr.']],
    ['"ki|nd"', []],
    ['"ki|', []],
    ['cost>|', []],
    ['zzz|', []],
    ['ki|  model:x', ['kind:  model:x ×5']],
  ])('%s', (typed, suggestions) => {
    expect(taken(typed)).toEqual(suggestions);
  });

  it('offers fields that some span has, by how many', () => {
    expect(completeQuery('has:', 4, trace).map(({ insert, count }) => `${insert} ${count}`)).toContain('model 3');
    expect(completeQuery('has:', 4, trace).map(({ insert }) => insert)).not.toContain('score');
  });

  it('never throws, keeps its ranges in the text, and suggests values that are read without a problem', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'kindmode:=<,"-*. \\') }),
        fc.integer({ min: -1, max: 30 }),
        (text, cursor) => {
          for (const {
            type,
            insert,
            range: [from, to],
          } of completeQuery(text, cursor, trace)) {
            expect(0 <= from && from <= to && to <= text.length).toBe(true);
            expect(type === 'value' && insert.includes(':') ? parseQuery(insert).problems : []).toEqual([]);
          }
        },
      ),
    );
  });
});
