import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chosenValues, toggled, withValues } from '../../../src/analysis/query/complete/chosenValues.ts';
import { parseQuery } from '../../../src/analysis/query/syntax/parseQuery.ts';
import { printQuery } from '../../../src/analysis/query/syntax/printQuery.ts';

const chosen = (text: string): readonly string[] => chosenValues(parseQuery(text), 'kind');
const choosing = (text: string, ...values: readonly string[]): string => withValues(parseQuery(text), 'kind', values);

describe('values chosen for a field', () => {
  it('are those that the query asks it for', () => {
    expect(chosen('refund kind:llm,tool cost>0.01 kind:agent')).toEqual(['llm', 'tool', 'agent']);
    expect(chosen('-kind:llm kind:l* "kind:tool" kinds')).toEqual([]);
  });
  it('are one term in front, and the rest stays as it was typed', () => {
    expect(choosing('', 'llm')).toBe('kind:llm');
    expect(choosing('refund   "a b"', 'llm', 'tool')).toBe('kind:llm,tool refund   "a b"');
    expect(choosing('a kind:llm b -kind:tool', 'agent')).toBe('kind:agent a b -kind:tool');
    expect(choosing('a  kind:llm  b')).toBe('a b');
    expect(choosing('a "b', 'llm')).toBe('kind:llm a "b');
  });
  it('are quoted where they have to be', () =>
    expect(withValues(parseQuery(''), 'service', ['a b', 'x,"y"', 'z*'])).toBe('service:"a b","x,\\"y\\"","z*"'));
  it('are put in and taken out', () => {
    expect(toggled(['llm'], 'tool')).toEqual(['llm', 'tool']);
    expect(toggled(['LLM', 'tool'], 'llm')).toEqual(['tool']);
  });
});

it('what was chosen is read again, and nothing else has changed', () => {
  const word = fc.oneof(
    fc.constantFrom(
      'refund',
      'kind:llm',
      'kind:tool,agent',
      '-kind:llm',
      'cost>0.01',
      '"kind:llm x"',
      'service:"a b"',
      'kind:*',
      'kind:',
      '"open',
      '-',
      'name:x',
    ),
    fc.string({ maxLength: 6 }),
  );
  const values = fc.uniqueArray(
    fc.oneof(
      fc.constantFrom('llm', 'tool', 'agent'),
      fc.string({ minLength: 1, maxLength: 8 }).filter((text) => text.trim() !== ''),
    ),
    { maxLength: 4 },
  );
  fc.assert(
    fc.property(
      fc.array(word, { maxLength: 5 }).map((words) => words.join(' ')),
      values,
      (text, wanted) => {
        const before = parseQuery(text);
        const after = parseQuery(withValues(before, 'kind', wanted));
        expect(chosenValues(after, 'kind')).toEqual(wanted);
        const others = ({ terms }: typeof before): string =>
          printQuery(terms.filter((term) => term.type === 'text' || term.field !== 'kind' || term.negated));
        expect(others(after)).toBe(others(before));
      },
    ),
  );
});
