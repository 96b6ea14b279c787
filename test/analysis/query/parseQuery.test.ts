import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FIELDS } from '../../../src/analysis/query/syntax/fields.ts';
import { parseQuery } from '../../../src/analysis/query/syntax/parseQuery.ts';
import { printQuery } from '../../../src/analysis/query/syntax/printQuery.ts';
import type { Query, QueryTerm } from '../../../src/analysis/query/types.ts';

/** A term in one line: `-kind : llm | tool`, amounts as `=1000000`, patterns as `/gpt*\/`. */
const line = (term: QueryTerm): string => {
  const sign = term.negated ? '-' : '';
  if (term.type === 'text') return `${sign}“${term.text}”`;
  const values = term.values.map(({ text, pattern, amount }) =>
    amount !== null ? `=${amount}` : pattern ? `/${text}/` : text,
  );
  return `${sign}${term.field}${term.key === undefined ? '' : `[${term.key}]`} ${term.operator} ${values.join(' | ')}`;
};
const lines = (text: string): readonly string[] => parseQuery(text).terms.map(line);
/** A problem as its code and what stands at its range. */
const problems = ({ text, problems: list }: Query): readonly string[] =>
  list.map(
    ({ code, severity, range, facts }) =>
      `${severity === 'hint' ? '?' : '!'}${code} ${text.slice(...range)}${facts.nearest === undefined ? '' : ` → ${facts.nearest}`}`,
  );

describe('what is typed, and what it means', () => {
  it.each<[string, readonly string[]]>([
    ['', []],
    ['   ', []],
    ['refund', ['“refund”']],
    ['refund policy', ['“refund”', '“policy”']],
    ['"refund policy"', ['“refund policy”']],
    [String.raw`"say \"no\" to C:\temp \\"`, [String.raw`“say "no" to C:\temp \”`]],
    ['""', []],
    ['"a""b"c', ['“a”', '“b”', '“c”']],
    ['5" pipe', ['“5"”', '“pipe”']],
    ['kind:llm', ['kind : llm']],
    ['KIND:LLM', ['kind : LLM']],
    ['kind:llm,tool', ['kind : llm | tool']],
    ['kind:llm,', ['kind : llm']],
    ['kind=llm', ['kind = llm']],
    ['status:error cost>0.01 duration>1s', ['status : error', 'cost > =0.01', 'duration > =1000000000']],
    ['model:gpt*', ['model : /gpt*/']],
    ['model:"gpt*"', ['model : gpt*']],
    ['name:"a, b",c', ['name : a, b | c']],
    ['status!=ok', ['-status = ok']],
    ['-status:ok', ['-status : ok']],
    ['-status!=ok', ['status = ok']],
    ['-refund -"a b"', ['-“refund”', '-“a b”']],
    ['-5 --verbose - -> -', ['“-5”', '“--verbose”', '“-”', '“->”', '“-”']],
    ['cost>$0.01 cost<=$1,204.50', ['cost > =0.01', 'cost <= =1204.5']],
    ['tokens>1.5k tokens<2M tokens>=1,000', ['tokens > =1500', 'tokens < =2000000', 'tokens >= =1000']],
    ['tokens:1,000', ['tokens : =1 | =0']],
    ['cost:>0.01 cost:<=5', ['cost > =0.01', 'cost <= =5']],
    ['duration > 1s cost <=  2', ['duration > =1000000000', 'cost <= =2']],
    ['cost > benefit', ['“cost”', '“>”', '“benefit”']],
    [
      'duration>250ms duration<3m duration>1.5h',
      ['duration > =250000000', 'duration < =180000000000', 'duration > =5400000000000'],
    ],
    ['duration>800us duration>800µs duration>5ns', ['duration > =800000', 'duration > =800000', 'duration > =5']],
    ['latency>1m30s ttft>0 dur>1.1ms', ['duration > =90000000000', 'first > =0', 'duration > =1100000']],
    ['score.faithfulness<0.5 score:pass score>0.5', ['score[faithfulness] < =0.5', 'score : pass', 'score > =0.5']],
    ['score."answer quality">=0.8', ['score[answer quality] >= =0.8']],
    ['attr.http.method:GET', ['attr[http.method] : GET']],
    ['attr.plain:x', ['attr[plain] : x']],
    ['attr."my key: odd"="v w"', ['attr[my key: odd] = v w']],
    ['gen_ai.request.model:gpt*', ['attr[gen_ai.request.model] : /gpt*/']],
    ['http.status_code>=500', ['attr[http.status_code] >= =500']],
    ['in:"where is my order" out:refund', ['in : where is my order', 'out : refund']],
    ['in:<div>', ['in : <div>']],
    ['attr.x:<b>', ['attr[x] : <b>']],
    ['is:error -is:root has:cost has:http.method', ['is : error', '-is : root', 'has : cost', 'has : http.method']],
    ['diag:clock-skew', ['diag : clock-skew']],
    ['id:00f067aa0ba902b7', ['id : 00f067aa0ba902b7']],
    // Text that has a colon or a sign in it.
    ['https://x.y/z?a:b', ['“https://x.y/z?a:b”']],
    ['x.y://a', ['“x.y://a”']],
    ['12:30', ['“12:30”']],
    ['127.0.0.1:80', ['“127.0.0.1:80”']],
    ['localhost:3000', ['“localhost:3000”']],
    ['example.com:443/path', ['“example.com:443/path”']],
    ['app.ts:12:5', ['“app.ts:12:5”']],
    ['a->b <div> {"a":1} std::string', ['“a->b”', '“<div>”', '“{"a":1}”', '“std::string”']],
    ['foo:"a b" c', ['“foo:"a b"”', '“c”']],
    ['foo:"a b', ['“foo:"a”', '“b”']],
    ['größe:1 日本語', ['“größe:1”', '“日本語”']],
    ['constructor:x __proto__:y', ['“constructor:x”', '“__proto__:y”']],
  ])('%s', (text, meaning) => {
    expect(lines(text)).toEqual(meaning);
  });

  it('says where each term stands', () => {
    const text = '  kind:llm  -"two words" cost > 0.01';
    expect(parseQuery(text).terms.map(({ range }) => text.slice(...range))).toEqual([
      'kind:llm',
      '-"two words"',
      'cost > 0.01',
    ]);
  });
});

describe('what cannot be read', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ['sttaus:error refund', ['?unknown-field sttaus: → status'], ['“sttaus:error”', '“refund”']],
    ['foo:bar', ['?unknown-field foo:'], ['“foo:bar”']],
    ['mode:fast', ['?unknown-field mode: → model'], ['“mode:fast”']],
    ['price>1 kind:llm', ['?unknown-field price>'], ['“price>1”', 'kind : llm']],
    ['https://a.b 12:30 std: a->', [], ['“https://a.b”', '“12:30”', '“std:”', '“a->”']],
    ['duration>fast kind:llm', ['!bad-duration fast'], ['kind : llm']],
    ['duration>5', ['!bad-duration 5'], []],
    ['duration>-1s', ['!bad-duration -1s'], []],
    ['cost>cheap', ['!bad-number cheap'], []],
    ['tokens>1e999', ['!bad-number 1e999'], []],
    ['tokens:5,many', ['!bad-number many'], ['tokens : =5']],
    ['input:hello', ['!bad-number hello → in'], []],
    ['score.x>high', ['!bad-number high'], []],
    ['kind: llm', ['!missing-value kind:'], ['“llm”']],
    ['cost>', ['!missing-value cost>'], []],
    ['name:"" x', ['!missing-value name:""'], ['“x”']],
    ['kind:,', ['!missing-value kind:,'], []],
    ['attr:x y', ['!missing-key attr:x'], ['“y”']],
    ['name>a', ['!bad-operator name>a'], []],
    ['"refund', ['?unclosed-quote "refund'], ['“refund”']],
    ['name:"a b', ['?unclosed-quote "a b'], ['name : a b']],
    ['status:eror', ['?unknown-value eror → error'], ['status : eror']],
    ['is:eror kind:llm', ['!unknown-value eror → error'], ['kind : llm']],
    ['is:error,blue', ['!unknown-value blue'], ['is : error']],
    ['has:csot', ['!unknown-value csot → cost'], []],
    ['has:is', ['!unknown-value is → id'], []],
    ['a OR b', ['?no-boolean OR'], ['“a”', '“OR”', '“b”']],
    ['kind:llm kind:tool', ['?excluding-terms kind:tool'], ['kind : llm', 'kind : tool']],
  ])('%s', (text, found, meaning) => {
    const query = parseQuery(text);
    expect(problems(query)).toEqual(found);
    expect(query.terms.map(line)).toEqual(meaning);
    for (const { message } of query.problems) expect(message).toMatch(/^[“A-Z].*[.?]$/);
  });

  it('names the field that was probably meant', () => {
    expect(parseQuery('sttaus:error').problems[0]!.message).toBe(
      '“sttaus” is no field, so this is searched as text. Did you mean “status:”?',
    );
    expect(parseQuery('duration>5').problems[0]!.message).toBe('“5” is not a duration. Write 250ms, 1.5s or 3m.');
    expect(parseQuery('cost>').problems[0]!.message).toBe('A value is missing after “cost>”.');
  });

  it.each([
    ['kind:llm x kind:Tool', ['kind:llm,Tool']],
    ['kind:llm,tool kind:tool,agent kind:agent kind:chain status:ok', ['kind:llm,tool,agent']],
    ['model:"a b" user:me model=c user:you', ['model="a b",c', 'user:me,you']],
    ['kind:llm kind:LLM', []],
    ['kind:llm kind!=tool -kind:tool', []],
    ['kind:llm kind:l* model:gpt* model:*mini', []],
    // The recorded word of a span of no kind may be the other one.
    ['kind:span kind:workflow', []],
    ['name:a name:b tool:a tool:b is:root is:leaf diag:a diag:b', []],
  ])('says of %s which terms no span can both fit, and what asks for any of them', (text, wanted) => {
    const found = parseQuery(text).problems;
    expect(found.map(({ code, facts }) => [code, facts.text])).toEqual(wanted.map((each) => ['excluding-terms', each]));
    for (const { facts } of found) expect(parseQuery(facts.text).problems).toEqual([]);
  });

  it('stops after 64 terms', () => {
    const {
      terms,
      problems: [problem],
    } = parseQuery('a '.repeat(100_000));
    expect(terms).toHaveLength(64);
    expect(problem).toMatchObject({ code: 'too-many-terms', range: [128, 200_000] });
    expect(parseQuery('cost:x '.repeat(100_000)).problems).toHaveLength(65);
  });
});

/** Text as people, and their clipboards, may type it: many of the signs that mean something. */
const word = fc.oneof(
  fc.constantFrom(
    ...FIELDS.map(({ name }) => name),
    'attr.',
    'score.',
    'attr.a.b',
    'a.b',
    'score.x y',
    'latency',
    'llm',
    'error',
    '1',
    '1.5k',
    '1s',
    '$2',
    '1,000',
    '*',
    'a*b',
    'OR',
    'https://x.y',
  ),
  fc.string({ unit: fc.constantFrom(...'ab1.*:=<>!-",\\ $'), maxLength: 6 }),
  fc.string({ unit: 'binary', maxLength: 4 }),
);
const typed = fc
  .array(fc.tuple(word, fc.constantFrom(' ', '', ':', '=', '!=', '<', '>=', ':>', '"', ',', '\\"', ' -')), {
    maxLength: 10,
  })
  .map((parts) => parts.flat().join(''));

const meaning = (terms: readonly QueryTerm[]) =>
  terms.map((term) => {
    const { range: _, ...rest } = term;
    return rest.type === 'text'
      ? rest
      : { ...rest, values: rest.values.map((value) => (value.amount === null ? value : { ...value, text: '' })) };
  });

describe('any text', () => {
  it('is read without an exception, and every range lies in it', () => {
    fc.assert(
      fc.property(fc.oneof(typed, fc.string({ unit: 'binary' })), (text) => {
        const query = parseQuery(text);
        let before = 0;
        for (const {
          range: [from, to],
        } of query.terms) {
          expect(from).toBeGreaterThanOrEqual(before);
          expect(to).toBeGreaterThan(from);
          before = to;
        }
        expect(before).toBeLessThanOrEqual(text.length);
        for (const {
          range: [from, to],
        } of query.problems)
          expect(0 <= from && from < to && to <= text.length).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('means the same when its terms are written out and read again', () => {
    fc.assert(
      fc.property(typed, (text) => {
        const { terms } = parseQuery(text);
        const printed = parseQuery(printQuery(terms));
        expect(meaning(printed.terms)).toEqual(meaning(terms));
        expect(printed.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
      }),
      { numRuns: 3000 },
    );
  });
});
