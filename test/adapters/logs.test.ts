import { describe, expect, it } from 'vitest';
import { ledger, parseTraces, type SpanContent, type TraceInput } from '../../src/core.ts';

const TRACE = '7c1d0f8e5b6a49d2a3c4e5f60718293a';
const at = (millis: number): string => `${1_795_359_116_000 + millis}000000`;
const keyValues = (fields: Readonly<Record<string, unknown>>) =>
  Object.entries(fields).map(([key, value]) => ({ key, value: anyValue(value) }));
const anyValue = (value: unknown): object => {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'number') return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value };
  if (Array.isArray(value)) return { arrayValue: { values: value.map(anyValue) } };
  return { kvlistValue: { values: keyValues(value as Record<string, unknown>) } };
};

const span = (id: string, fields: object, attributes: Readonly<Record<string, unknown>> = {}) => ({
  traceId: TRACE,
  spanId: id.padStart(16, '0'),
  name: 'chat',
  startTimeUnixNano: at(0),
  endTimeUnixNano: at(900),
  attributes: keyValues(attributes),
  ...fields,
});
const spans = (...list: readonly object[]) => ({
  resourceSpans: [{ resource: { attributes: keyValues({ 'service.name': 'kiosk' }) }, scopeSpans: [{ spans: list }] }],
});
const log = (id: string, millis: number, fields: object) => ({
  traceId: TRACE,
  spanId: id.padStart(16, '0'),
  timeUnixNano: at(millis),
  severityNumber: 9,
  ...fields,
});
const logs = (...list: readonly object[]) => ({ resourceLogs: [{ scopeLogs: [{ logRecords: list }] }] });
const named = (name: string, body: object) => ({
  body: anyValue(body),
  attributes: keyValues({ 'event.name': name, 'gen_ai.system': 'openai' }),
});
const lines = (...documents: readonly object[]): string => documents.map((each) => JSON.stringify(each)).join('\n');

const read = async (input: TraceInput | readonly TraceInput[]) => {
  const set = await parseTraces(input);
  const found = set.traces.flatMap((trace) => [...trace.spans()]);
  return { set, spans: found, contents: found.map((each) => each.content() as SpanContent) };
};

const CHAT = { 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': 'gpt-5-mini' };
const call = spans(span('a', {}, { ...CHAT, 'gen_ai.usage.input_tokens': 9, 'gen_ai.usage.output_tokens': 2 }));
/** Four messages of one call, of which two were logged within one millisecond. */
const messages = logs(
  log('a', 3, named('gen_ai.user.message', { content: 'Open on Sunday?' })),
  log('a', 1, named('gen_ai.system.message', { content: 'Be brief.' })),
  log(
    'a',
    5,
    named('gen_ai.assistant.message', {
      tool_calls: [{ id: 'c1', function: { name: 'hours', arguments: '{"day":"Sun"}' } }],
    }),
  ),
  log('a', 5, named('gen_ai.tool.message', { id: 'c1', content: 'closed' })),
  log('a', 800, named('gen_ai.choice', { index: 0, finish_reason: 'stop', message: { content: 'No.' } })),
);
const CONVERSATION = {
  input: [
    { role: 'system', parts: [{ type: 'text', text: 'Be brief.' }] },
    { role: 'user', parts: [{ type: 'text', text: 'Open on Sunday?' }] },
    { role: 'assistant', parts: [{ type: 'toolCall', id: 'c1', name: 'hours', arguments: { day: 'Sun' } }] },
    { role: 'tool', parts: [{ type: 'toolResult', id: 'c1', result: 'closed' }] },
  ],
  output: [{ role: 'assistant', finishReason: 'stop', parts: [{ type: 'text', text: 'No.' }] }],
};

describe('log records of OTLP', () => {
  it.each([
    ['behind the spans', lines(call, messages)],
    ['before the spans', lines(messages, call)],
    ['in another file', [lines(messages), lines(call)]],
    ['twice', lines(messages, call, messages)],
    ['in a document with the spans', JSON.stringify([call, messages])],
  ])('are events of their span: %s', async (_, input) => {
    const { set, spans: found, contents } = await read(input);
    expect(found.map(({ name, kind }) => [name, kind])).toEqual([['chat', 'llm']]);
    expect(contents[0]!.messages).toEqual(CONVERSATION);
    expect(contents[0]!.events.map(({ time }) => time / 1e6)).toEqual([1, 3, 5, 5, 800]);
    expect(set).toMatchObject({ diagnostics: [], accounting: { entries: 1, shown: 1, merged: 0, skipped: 0 } });
  });

  it('are masked before they are shown', async () => {
    const set = await parseTraces(lines(messages, call), {
      redact: [{ name: 'day', value: /Sunday/g }],
    });
    const content = set.traces[0]!.span(0).content() as SpanContent;
    expect(JSON.stringify([content.messages, content.raw])).not.toContain('Sunday');
    expect(content.messages!.input).toHaveLength(4);
  });

  it('tell model, tokens and score where the span is silent', async () => {
    const details = {
      eventName: 'gen_ai.client.inference.operation.details',
      attributes: keyValues({
        ...CHAT,
        'gen_ai.usage.input_tokens': 40,
        'gen_ai.usage.output_tokens': 8,
        'gen_ai.output.messages': [{ role: 'assistant', parts: [{ type: 'text', content: 'Hi.' }] }],
      }),
    };
    const verdict = {
      eventName: 'gen_ai.evaluation.result',
      attributes: keyValues({ 'gen_ai.evaluation.name': 'tone', 'gen_ai.evaluation.score.value': 0.5 }),
    };
    const {
      set,
      spans: found,
      contents,
    } = await read(lines(spans(span('a', { name: 'turn' })), logs(log('a', 7, details), log('a', 9, verdict))));
    expect(found[0]).toMatchObject({ kind: 'llm', model: 'gpt-5-mini', usage: { input: 40, output: 8, total: 48 } });
    expect(ledger(set.traces[0]!).total.usage).toMatchObject({ total: 48 });
    expect(contents[0]!.messages!.output).toEqual([{ role: 'assistant', parts: [{ type: 'text', text: 'Hi.' }] }]);
    expect(contents[0]!.scores).toMatchObject([{ name: 'tone', value: 0.5 }]);
  });

  it('that name no span of the input are counted and left out', async () => {
    const { set, spans: found } = await read(
      lines(call, logs(log('b', 1, { body: { stringValue: 'other' } }), { body: { stringValue: 'none' } })),
    );
    expect(found).toHaveLength(1);
    expect(set.diagnostics).toMatchObject([
      { code: 'mixed-format', count: 2, message: 'Log records that name no span of the input were left out.' },
    ]);
  });

  it('without a time of their own have that of their observation', async () => {
    const { contents } = await read(
      lines(call, logs(log('a', 0, { timeUnixNano: 0, observedTimeUnixNano: at(44), body: { stringValue: 'slow' } }))),
    );
    expect(contents[0]!.events).toMatchObject([{ name: 'log', time: 44e6, attributes: new Map([['body', 'slow']]) }]);
  });
});

describe('records of logs among bare spans', () => {
  const resource = { attributes: { 'service.name': 'kiosk.DEFAULT' } };
  const scope = { name: 'strands.telemetry.tracer' };
  const agent = {
    traceId: TRACE,
    spanId: '00000000000000a1',
    name: 'invoke_agent guide',
    kind: 'INTERNAL',
    startTimeUnixNano: 1_795_359_116_000_000_000,
    endTimeUnixNano: 1_795_359_126_000_000_000,
    attributes: { 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.usage.input_tokens': 70 },
    status: { code: 'OK' },
    resource,
    scope,
  };
  const chat = {
    ...agent,
    spanId: '00000000000000a2',
    parentSpanId: '00000000000000a1',
    name: 'chat',
    attributes: { 'gen_ai.operation.name': 'chat', 'gen_ai.usage.input_tokens': 70 },
  };
  const said = {
    traceId: TRACE,
    spanId: '00000000000000a1',
    timeUnixNano: 1_795_359_125_000_000_000,
    severityNumber: 9,
    body: {
      input: { messages: [{ role: 'user', content: { content: '[{"text": "Which hall?"}]' } }] },
      output: {
        messages: [{ role: 'assistant', content: { message: '[{"text": "Hall 4."}]', finish_reason: 'end_turn' } }],
      },
    },
    attributes: {},
    resource,
    scope,
  };

  it.each([
    ['lines', lines(said, agent, chat)],
    ['a list', JSON.stringify([said, agent, chat])],
  ])('of CloudWatch are no spans: %s', async (_, text) => {
    const { set, spans: found, contents } = await read(text.replaceAll(/(\d{16})000(?=[,}])/g, '$1001'));
    expect(found.map(({ name, service }) => [name, service])).toEqual([
      ['invoke_agent guide', 'kiosk.DEFAULT'],
      ['chat', 'kiosk.DEFAULT'],
    ]);
    expect(ledger(set.traces[0]!).total.usage).toMatchObject({ input: 70 });
    expect(contents[0]!.messages).toEqual({
      input: [{ role: 'user', parts: [{ type: 'text', text: 'Which hall?' }] }],
      output: [{ role: 'assistant', finishReason: 'end_turn', parts: [{ type: 'text', text: 'Hall 4.' }] }],
    });
  });

  const copilot = {
    type: 'span',
    traceId: TRACE,
    spanId: '00000000000000b1',
    name: 'chat gpt-5',
    kind: 2,
    startTime: [1_795_359_116, 5_000_000],
    endTime: [1_795_359_117, 0],
    attributes: { 'gen_ai.operation.name': 'chat' },
    status: { code: 0 },
    events: [{ name: 'hook', time: [1_795_359_116, 905_000_000], attributes: {} }],
    resource: { attributes: { 'service.name': 'pilot' } },
    instrumentationScope: { name: 'pilot.cli' },
  };

  it('of an SDK are no spans, and metrics are left out in one note', async () => {
    const metric = { type: 'metric', name: 'tokens', dataPoints: [] };
    const gemini = {
      hrTime: [1_795_359_116, 900_000_000],
      spanContext: { traceId: TRACE, spanId: '00000000000000b1' },
      _body: 'answered',
      attributes: { 'event.name': 'pilot.answered', length: 3 },
    };
    const { set, spans: found, contents } = await read(lines(metric, gemini, copilot, metric));
    expect(found).toMatchObject([
      { name: 'chat gpt-5', kind: 'llm', otelKind: 'client', status: 'unset', duration: 995e6, service: 'pilot' },
    ]);
    expect(set.format).toBe('console');
    expect(contents[0]!.events.map(({ name, time }) => [name, time])).toEqual([
      ['hook', 900e6],
      ['pilot.answered', 895e6],
    ]);
    expect(set.diagnostics).toMatchObject([
      { code: 'mixed-format', count: 2, message: 'Metrics are not shown; they were left out.' },
    ]);
  });

  it('that name no span tell of the one call of their tokens during which they were written', async () => {
    const asked = {
      ...copilot,
      name: 'llm_call',
      instrumentationScope: { name: 'gemini-cli' },
      attributes: {
        'gen_ai.operation.name': 'llm_call',
        'gen_ai.usage.input_tokens': 90,
        'gen_ai.usage.output_tokens': 8,
      },
    };
    const answered = (millis: number) => ({
      hrTime: [1_795_359_116, millis * 1e6],
      _body: 'answered',
      attributes: {
        'event.name': 'gemini_cli.api_response',
        input_token_count: 90,
        output_token_count: 8,
        cached_content_token_count: 70,
        thoughts_token_count: 5,
        total_token_count: 103,
      },
    });
    const { set, spans: found } = await read(lines(asked, answered(900)));
    expect(found[0]!.usage).toMatchObject({ input: 90, cacheRead: 70, output: 13, reasoning: 5, total: 103 });
    expect(set.diagnostics).toEqual([]);
    // Before the call began it is that of another one.
    const early = await read(lines(asked, answered(1)));
    expect(early.spans[0]!.usage).toMatchObject({ input: 90, cacheRead: null, output: 8 });
    expect(early.set.diagnostics).toMatchObject([{ code: 'mixed-format', count: 1 }]);
  });

  it('alone are refused by their name', async () => {
    const pino = { level: 30, time: '2026-11-22T10:00:00Z', trace_id: TRACE, span_id: '00000000000000b1', msg: 'on' };
    const python = {
      body: 'retry',
      severity_number: 13,
      attributes: {},
      timestamp: '2026-11-22T10:00:01.000000Z',
      trace_id: `0x${TRACE}`,
      span_id: '0x00000000000000b1',
    };
    for (const text of [lines(pino, pino), lines(pino, python), lines(python), lines(said), lines(messages)])
      await expect(parseTraces(text)).rejects.toThrow('it is log records, which are shown as events of the spans');
  });
});
