import { describe, expect, it } from 'vitest';
import { readTraces, type SpanSink, type Trace, type TraceAdapter } from '../../src/core.ts';
import { documentOf } from '../model/anyForest.ts';
import { DRAWING_EPOCH } from '../model/drawTrace.ts';

const TRACE = '4f7bec97fa07f3475f37e1d4f4fdf0a3';
type Facts = Readonly<Record<string, string>>;
const span = (spanId: string, parentSpanId: string, start: number | null, facts: Facts): object => ({
  traceId: TRACE,
  spanId: spanId.padStart(16, '0'),
  parentSpanId: parentSpanId && parentSpanId.padStart(16, '0'),
  name: 'step',
  ...(start === null ? {} : { startTimeUnixNano: String(DRAWING_EPOCH + BigInt(start)) }),
  endTimeUnixNano: String(DRAWING_EPOCH + 100n),
  attributes: Object.entries(facts).map(([key, stringValue]) => ({ key, value: { stringValue } })),
});
const facts = (word: string): Facts => ({
  'langfuse.trace.name': `${word}name`,
  'session.id': `${word}session`,
  'user.id': `${word}user`,
  'langfuse.trace.metadata.tier': `${word}tier`,
});
const factsOf = ({ name, sessionId, userId, metadata }: Trace) => ({ name, sessionId, userId, metadata });
const by = (word: string) => ({
  name: `${word}name`,
  sessionId: `${word}session`,
  userId: `${word}user`,
  metadata: { tier: `${word}tier` },
});

/** In both orders of arrival. */
function both(spans: readonly object[]): ReturnType<typeof factsOf> {
  const [forth, back] = [spans, [...spans].reverse()].map((each) => factsOf(readTraces(documentOf(each)).traces[0]!));
  expect(back).toEqual(forth);
  return forth!;
}

describe('what is recorded of a trace', () => {
  it('is what the root says, though another began before it', () => {
    expect(both([span('a1', '', 5, facts('Z')), span('a2', 'a1', 0, facts('A'))])).toEqual(by('Z'));
  });

  it('is else what the earliest says, of equally early ones that of the first id, and last what one without a start says', () => {
    expect(
      both([
        span('a1', '', 0, {}),
        span('a2', 'a1', 9, facts('A')),
        span('a3', 'a1', 3, facts('Z')),
        span('a4', 'a1', null, facts('0')),
      ]),
    ).toEqual(by('Z'));
    expect(both([span('a1', '', 0, {}), span('a2', 'a1', 3, facts('Z')), span('a3', 'a1', 3, facts('A'))])).toEqual(
      by('Z'),
    );
  });

  it('is put together fact by fact', () => {
    const read = both([
      span('a1', '', 0, { 'session.id': 'S9', 'langfuse.trace.metadata.z': '1' }),
      span('a2', 'a1', 1, {
        'session.id': 'S1',
        'user.id': 'u',
        'langfuse.trace.metadata.a': '2',
        'langfuse.trace.metadata.z': '0',
      }),
    ]);
    expect(read).toMatchObject({ sessionId: 'S9', userId: 'u', metadata: { a: '2', z: '1' } });
    expect(Object.keys(read.metadata)).toEqual(['a', 'z']);
  });

  it('is the same in any order where copies of one span contradict each other', () => {
    expect(both([span('a1', '', 0, facts('Z')), span('a1', '', 0, facts('A'))])).toEqual(by('A'));
  });

  it('is what an envelope says before all spans', () => {
    const adapter: TraceAdapter = {
      name: 'told',
      detect: () => ({ confidence: 1, reason: 'test' }),
      read(_, sink: SpanSink) {
        sink.span({ traceId: TRACE, spanId: 'a1', source: {}, attributes: facts('A') });
        sink.trace(TRACE, { name: 'Zname', sessionId: 'Zsession', userId: 'Zuser', metadata: { tier: 'Ztier' } });
      },
    };
    expect(factsOf(readTraces({}, { adapters: [adapter] }).traces[0]!)).toEqual(by('Z'));
  });
});
