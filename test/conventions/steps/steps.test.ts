import { describe, expect, it } from 'vitest';
import type { AttributeValue, SpanContent } from '../../../src/core.ts';
import { requestFacts } from '../../../src/conventions/steps/requestFacts.ts';
import { verdictsOf } from '../../../src/conventions/steps/verdicts.ts';
import { payload } from '../../../src/conventions/json.ts';

const map = (attributes: Readonly<Record<string, AttributeValue>>): ReadonlyMap<string, AttributeValue> =>
  new Map(Object.entries(attributes));

describe('a request', () => {
  it('is told by current names and by those before them', () => {
    expect(
      requestFacts(
        map({
          'http.request.method': 'POST',
          'http.route': '/v1/run',
          'http.response.status_code': 504,
          'url.full': 'https://a/v1/run',
        }),
      ),
    ).toMatchObject({
      operation: 'POST',
      target: '/v1/run',
      address: 'https://a/v1/run',
      status: { code: '504', failed: true },
    });
    expect(
      requestFacts(
        map({
          'db.system': 'postgresql',
          'db.operation': 'SELECT',
          'db.statement': 'SELECT 1',
          'net.peer.name': 'db',
          'net.peer.port': 5432,
        }),
      ),
    ).toMatchObject({ operation: 'SELECT', statement: 'SELECT 1', address: 'db:5432', status: null });
    expect(
      requestFacts(map({ 'rpc.service': 'pay.Refunds', 'rpc.method': 'Check', 'rpc.grpc.status_code': 0 })),
    ).toMatchObject({ operation: 'Check', target: 'pay.Refunds', status: { code: '0', failed: false } });
    expect(
      requestFacts(
        map({
          'messaging.system': 'nats',
          'messaging.operation.name': 'publish',
          'messaging.destination.name': 'visits',
        }),
      ),
    ).toMatchObject({ operation: 'publish', target: 'visits', facts: [['messaging.system', 'nats']] });
  });

  it('is nothing where nothing is said of one', () => expect(requestFacts(map({ 'tool.name': 'x' }))).toBeNull());
});

const content = (answer: unknown, attributes: Readonly<Record<string, AttributeValue>> = {}): SpanContent =>
  ({
    attributes: map(attributes),
    output: answer === undefined ? null : payload(JSON.stringify(answer), 'application/json'),
    scores: [],
    parameters: {},
  }) as unknown as SpanContent;
const verdicts = (answer: unknown, attributes?: Readonly<Record<string, AttributeValue>>) =>
  verdictsOf({ scores: [] }, content(answer, attributes));

describe('a verdict', () => {
  it('is read from yes and no, in words that mean good and words that mean bad', () => {
    expect(verdicts({ passed: true, removed: 0 }).outcome).toBe('passed');
    expect(verdicts({ flagged: true }).outcome).toBe('failed');
    expect(verdicts({ tripwireTriggered: false }).outcome).toBe('passed');
    expect(verdicts({ status: 'blocked', reason: 'policy' })).toMatchObject({ outcome: 'failed', reason: 'policy' });
    expect(verdicts({ text: 'all fine' }).outcome).toBeNull();
    expect(verdicts(undefined).outcome).toBeNull();
  });

  it('has its rules one by one; one that failed is enough', () => {
    const { outcome, checks } = verdicts({
      checks: [
        { name: 'No legal advice', passed: true },
        { rule: 'Amount', status: 'fail', message: '$300' },
        { name: 'Unknown to us' },
      ],
    });
    expect(outcome).toBe('failed');
    expect(checks).toEqual([
      { name: 'No legal advice', outcome: 'passed', detail: null },
      { name: 'Amount', outcome: 'failed', detail: '$300' },
      { name: 'Unknown to us', outcome: null, detail: null },
    ]);
    expect(verdicts({ categories: { hate: false, violence: true } }).checks.map(({ outcome: each }) => each)).toEqual([
      'passed',
      'failed',
    ]);
    expect(verdicts({ violations: ['pii'] }).outcome).toBe('failed');
  });

  it('tells what was done, from attributes too', () =>
    expect(
      verdicts({}, { 'guardrail.action': 'redact', 'guardrail.policy': 'pii', 'guardrail.entity_count': 3 }),
    ).toMatchObject({
      action: 'redact',
      facts: [
        ['policy', 'pii'],
        ['entity_count', '3'],
      ],
    }));

  it('has scores with what they were held against, each once, and none that is 0 because nobody knows it', () => {
    expect(
      verdicts(
        { score: 0.4 },
        {
          'evaluations.0.evaluation.name': 'faithfulness',
          'evaluations.0.evaluation.score': 0.41,
          'evaluations.0.evaluation.label': 'low',
          'evaluations.0.evaluation.annotator_kind': 'LLM',
          'eval.threshold': 0.7,
        },
      ).scores,
    ).toEqual([{ name: 'faithfulness', value: 0.41, label: 'low', comment: null, source: 'llm', threshold: 0.7 }]);
    expect(verdicts({ score: 0.4, threshold: '0.5' }).scores).toMatchObject([{ value: 0.4, threshold: 0.5 }]);
    expect(verdicts({ score: '' }).scores).toEqual([]);
  });
});
