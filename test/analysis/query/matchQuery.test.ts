import { describe, expect, it } from 'vitest';
import { completeQuery } from '../../../src/analysis/query/complete/completeQuery.ts';
import { compileQuery } from '../../../src/analysis/query/match/compileQuery.ts';
import { matchContent, matchEnvelope, matchEnvelopeSlices } from '../../../src/analysis/query/match/matchQuery.ts';
import { parseQuery } from '../../../src/analysis/query/syntax/parseQuery.ts';
import { readTraces, type Trace } from '../../../src/core.ts';
import { drawDocument } from '../../model/drawTrace.ts';
import { askedTrace } from './askedTrace.ts';

const trace = askedTrace(
  `
  answer           0------------------2000   kind=agent
    plan            100---900                 kind=llm model=gpt-4.1 in=1200 out=30 cost=0.012
    search          900------1500             kind=tool service=shop
      query          950--1100                service=shop
    again           1500--------              kind=llm model=gpt-4.1-mini in=10 out=5
    pay ✗           1600-1601                 kind=tool
    Größe           1700-1700
`,
  {
    plan: {
      'input.value': 'Where is my order?',
      'output.value': 'I call search.',
      'llm.temperature': 0.5,
      'llm.stream': true,
      'llm.stops': ['Über', 'END'],
    },
    search: { 'tool.name': 'search_orders', 'input.value': '{"id": 500}', 'http.status_code': 500 },
    query: { 'db.statement': 'SELECT * FROM orders WHERE id = $1', 'http.status_code': '404', note: 'a 50% refund' },
  },
);

async function found(asked: Trace, text: string): Promise<string> {
  const query = compileQuery(asked, parseQuery(text));
  const matches = matchEnvelope(query);
  for await (const index of matchContent(query, matches)) expect(matches.subarray(0, index).includes(2)).toBe(false);
  return Array.from(matches, (match, index) => (match === 1 ? asked.span(index).name : ''))
    .filter(Boolean)
    .join(' ');
}

const ALL = 'answer plan search query again pay Größe';

describe('which spans a query finds', () => {
  it.each([
    ['', ALL],
    ['kind:llm', 'plan again'],
    ['kind:LLM,tool', 'plan search again pay'],
    ['kind!=llm', 'answer search query pay Größe'],
    ['kind:*l*', 'plan search again pay'],
    ['kind:ll', ''],
    // An HTTP error of the server is one without a status too.
    ['status:error', 'search pay'],
    ['-status:error', 'answer plan query again Größe'],
    ['status:running', 'again'],
    ['service:shop', 'search query'],
    ['service:s*p', 'search query'],
    ['service:sho', ''],
    ['model:gpt-4.1', 'plan'],
    ['model:gpt*', 'plan again'],
    ['model:"gpt*"', ''],
    ['-model:gpt*', 'answer search query pay Größe'],
    ['name:a', 'answer plan search again pay'],
    ['name:a*', 'answer again'],
    ['name=PLAN', 'plan'],
    ['name=pla', ''],
    ['name!=plan', 'answer search query again pay Größe'],
    ['name:GRÖSSE', ''],
    ['name:GRÖßE', 'Größe'],
    ['name:*', ALL],
    ['duration>=600ms', 'answer plan search'],
    ['duration<=1ms', 'pay Größe'],
    ['duration:0', 'Größe'],
    ['duration:1ms,150ms', 'query pay'],
    ['self:450ms', 'search'],
    ['start>=1.6s', 'pay Größe'],
    ['tokens>1k', 'plan'],
    ['tokens<1k', 'again'],
    ['-tokens>1k', 'answer search query again pay Größe'],
    ['input:10', 'again'],
    ['output>=30', 'plan'],
    ['cost>0.01', 'plan'],
    ['cost<1', 'plan'],
    ['cached>0', ''],
    ['depth:0', 'answer'],
    ['depth>1', 'query'],
    ['children>=1', 'answer search'],
    ['error:limit', 'pay'],
    ['error="rate limit reached"', 'pay'],
    ['error=limit', ''],
    ['id:0000000000000002', 'plan'],
    ['id:4f7bec97fa07f3475f37e1d4f4fdf0a3/0000000000000002', 'plan'],
    ['id:*3', 'search'],
    ['is:error', 'search pay'],
    ['is:root', 'answer'],
    ['is:leaf', 'plan query again pay Größe'],
    ['is:open', 'again'],
    ['is:root,open', 'answer again'],
    ['is:orphan', ''],
    ['diag:missing-end', 'again'],
    ['diag:missing-*', 'again'],
    ['has:model', 'plan again'],
    ['has:cost', 'plan'],
    ['-has:kind', ''],
    ['has:in', 'plan search query'],
    ['has:tool', 'search'],
    ['has:note', ALL],
    ['has:attr.note', 'query'],
    ['has:http.status_code,model', 'plan search query again'],
    ['has:duration', 'answer plan search query pay Größe'],
    ['in:order', 'plan query'],
    ['in:"where is"', 'plan'],
    ['out:search', 'plan'],
    ['-in:order kind:llm', 'again'],
    ['tool:search_orders', 'search'],
    ['tool:search*', 'search'],
    ['attr.note:refund', 'query'],
    ['attr.note=refund', ''],
    ['attr.note="a 50% refund"', 'query'],
    ['http.status_code:500', 'search'],
    ['http.status_code:50', ''],
    ['http.status_code>=404', 'search query'],
    ['http.status_code<500', 'query'],
    ['llm.stream:true', 'plan'],
    ['llm.stream:t', ''],
    ['llm.temperature<1', 'plan'],
    ['llm.stops:ende', ''],
    ['llm.stops:über', 'plan'],
    ['llm.stops=end', 'plan'],
    ['host.name:shop', 'search query'],
    ['order', 'plan search query'],
    ['ORDER', 'plan search query'],
    ['"is my"', 'plan'],
    ['SELECT *', 'query'],
    ['plan search', 'plan'],
    ['50', 'search query'],
    ['limit', 'pay'],
    ['-order', 'answer again pay Größe'],
    ['kind:tool -limit', 'search'],
    ['status_code', 'search query'],
    ['kind:llm cost>0.01 model:gpt* where', 'plan'],
    ['kind:llm duration>oops', 'plan again'],
    ['foo:bar', ''],
  ])('%s', async (text, names) => {
    expect(await found(trace, text)).toBe(names);
  });

  it('asks the envelope alone where that is enough', () => {
    const silent = new Proxy(trace, {
      get: (target, field) =>
        field === 'content'
          ? () => {
              throw new Error('content was asked for');
            }
          : (Reflect.get(target, field, target) as unknown),
    });
    const query = compileQuery(silent, parseQuery('kind:llm duration>100ms -status:error has:model'));
    expect(query.needsContent).toBe(false);
    expect([...matchEnvelope(query)]).toEqual([0, 1, 0, 0, 0, 0, 0]);
  });

  it('leaves open what the content decides, and nothing else', () => {
    // answer is no model call, plan says it in its name, again may hold it.
    expect([...matchEnvelope(compileQuery(trace, parseQuery('kind:llm plan')))]).toEqual([0, 1, 0, 0, 2, 0, 0]);
    expect([...matchEnvelope(compileQuery(trace, parseQuery('kind:llm -plan')))]).toEqual([0, 0, 0, 0, 2, 0, 0]);
  });

  it('knows the kinds of hosts, and of a span without a kind the word that was recorded', async () => {
    const { kinds, kind, rawKind, strings } = trace.columns;
    const own: Trace = Object.create(trace, {
      columns: {
        value: {
          ...trace.columns,
          kinds: [...kinds, 'Planner'],
          kind: kind.with(1, kinds.length).with(3, 0),
          strings: [...strings, 'Lookup'],
          rawKind: rawKind.with(2, strings.length).with(3, strings.length),
        },
      },
    });
    expect(await found(own, 'kind:planner')).toBe('plan');
    expect(await found(own, 'kind:lookup')).toBe('query');
    expect(completeQuery('kind:', 5, own).map(({ insert, count }) => `${insert} ${count}`)).toEqual(
      expect.arrayContaining(['Planner 1', 'Lookup 1']),
    );
  });

  it('asks for scores by name, value and label', async () => {
    const {
      traces: [scored],
    } = readTraces([drawDocument('a 0-1\nb 2-3\nc 4-5')]);
    const score = {
      value: 0.4,
      label: 'poor',
      comment: null,
      source: 'llm' as const,
      target: { level: 'span' as const, key: '' },
    };
    const judged: Trace = Object.create(scored!, {
      span: {
        value: (index: number) =>
          new Proxy(scored!.span(index), {
            get: (span, field) =>
              field === 'scores'
                ? index === 0
                  ? [
                      { ...score, name: 'Faithfulness' },
                      { ...score, name: 'tone', value: null, label: 'good' },
                    ]
                  : index === 1
                    ? [{ ...score, name: 'tone', value: 2 }]
                    : []
                : (Reflect.get(span, field, span) as unknown),
          }),
      },
    });
    expect(await found(judged, 'score.faithfulness<0.5')).toBe('a');
    expect(await found(judged, 'score<1')).toBe('a');
    expect(await found(judged, 'score.tone:good')).toBe('a');
    expect(await found(judged, 'score.tone:2')).toBe('b');
    expect(await found(judged, 'score.tone>=0')).toBe('b');
    expect(await found(judged, 'has:score.tone')).toBe('a b');
    expect(await found(judged, '-has:score')).toBe('c');
  });

  it('goes on where a content cannot be had, and ends when aborted', async () => {
    const broken: Trace = Object.create(trace, {
      content: {
        value: (index: number) =>
          index === 1 ? Promise.reject(new Error('gone')) : Promise.resolve(trace.content(index)),
      },
    });
    expect(await found(broken, 'order')).toBe('search query');
    const query = compileQuery(broken, parseQuery('order'));
    const matches = matchEnvelope(query);
    const abort = new AbortController();
    abort.abort();
    expect(await matchContent(query, matches, { signal: abort.signal }).next()).toEqual({
      done: true,
      value: undefined,
    });
    expect(matches.every((match) => match === 2)).toBe(true);
  });

  it('is done in slices', () => {
    const matches = new Uint8Array(trace.spanCount);
    expect([...matchEnvelopeSlices(compileQuery(trace, parseQuery('kind:llm')), matches, 3)]).toEqual([3, 6, 7]);
    expect([...matches]).toEqual([0, 1, 0, 0, 1, 0, 0]);
  });
});
