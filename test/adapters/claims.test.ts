import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseTraces } from '../../src/core.ts';
import { everyFormat } from '../../src/adapters/formats/everyFormat.ts';
import { generatedFiles } from '../fixtures/generate/files.ts';

/** Who says of a document that it is theirs, surest first. */
const claims = (document: unknown): readonly string[] =>
  everyFormat
    .flatMap((adapter) => {
      const found = adapter.detect(document);
      return found ? [{ name: adapter.name, confidence: found.confidence }] : [];
    })
    .sort((a, b) => b.confidence - a.confidence)
    .filter(({ confidence }, _, [first]) => confidence === first!.confidence)
    .map(({ name }) => name);

const fixtures = new URL('../fixtures/', import.meta.url);
const recorded = ['console', 'jaeger', 'langfuse', 'langsmith', 'openai-agents', 'otlp', 'phoenix'].flatMap((format) =>
  readdirSync(new URL(`${format}/`, fixtures))
    .filter((file) => /\.jsonl?$/.test(file) && file !== 'expected.json')
    .map((file) => [format, file] as const),
);
/** A whole file, or its lines. */
function documentsOf(text: string): readonly unknown[] {
  try {
    return [JSON.parse(text)];
  } catch {
    return text.split('\n').flatMap((line): readonly unknown[] => (line.trim() === '' ? [] : [JSON.parse(line)]));
  }
}

describe('who claims what', () => {
  it.each(recorded)('%s alone claims %s', (format, file) => {
    const found = new Set(
      documentsOf(readFileSync(new URL(`${format}/${file}`, fixtures), 'utf8')).map((each) => claims(each).join(' ')),
    );
    expect([...found]).toEqual([format]);
  });

  it.each(generatedFiles.map(({ expected: { format }, name, texts }) => [format, name, texts] as const))(
    '%s alone claims %s',
    (format, _, texts) => {
      const found = new Set(
        texts.flatMap((text) => documentsOf(text).map((each) => claims(each).join(' '))).filter((name) => name !== ''),
      );
      expect([...found]).toEqual([format]);
    },
  );

  const TRACE = '7c1d0f8e5b6a49d2a3c4e5f60718293a';
  const ids = { trace_id: TRACE, span_id: '00000000000000a1', parent_span_id: null };
  const camel = { traceId: TRACE, spanId: '00000000000000a1', name: 'chat' };
  const LOGS = /it is log records, which are shown as events/;

  it.each<readonly [what: string, document: unknown, words: RegExp]>([
    ['pino', { ...ids, level: 30, time: '2026-11-22T10:00:00Z', msg: 'on' }, LOGS],
    [
      'a log of Python',
      { ...ids, body: 'on', severity_number: 9, timestamp: '2026-11-22T10:00:00Z', resource: {} },
      LOGS,
    ],
    ['a log of JavaScript', { hrTime: [1, 2], spanContext: { traceId: TRACE, spanId: 'a1' }, _body: 'on' }, LOGS],
    ['a log of OTLP alone', { ...camel, timeUnixNano: '1', severityNumber: 9, body: {} }, LOGS],
    ['logs of OTLP', { resourceLogs: [{ scopeLogs: [{ logRecords: [{ ...camel, body: {} }] }] }] }, LOGS],
    [
      'a structured log of Google',
      { ...camel, severity: 'INFO', message: 'on', timestamp: '2026-11-22T10:00:00Z' },
      LOGS,
    ],
    ['a span without a time', { ...camel, kind: 1, attributes: [] }, /an object with "traceId", "spanId"/],
    ['a context without a time', { spanContext: { traceId: TRACE, spanId: 'a1' }, attributes: {} }, /an object with/],
    ['spans without a time', { spans: [{ ...camel, kind: 1 }] }, /an object with "spans"/],
    ['Datadog’s agent', { trace_id: 1, span_id: 2, start: 1, duration: 2, service: 'a', name: 'n' }, /Datadog’s agent/],
    ['Honeycomb', { 'trace.trace_id': TRACE, 'trace.span_id': 'a1', name: 'n', duration_ms: 3 }, /Honeycomb/],
    ['X-Ray', { Traces: [{ Id: '1-2-3', Segments: [{ Id: 'a', Document: '{}' }] }] }, /AWS X-Ray/],
    ['Elasticsearch', { took: 1, hits: { hits: [{ _source: { 'processor.event': 'span' } }] } }, /Elasticsearch/],
    ['Application Insights', { tables: [{ name: 'dependencies', columns: [], rows: [] }] }, /Application Insights/],
    [
      'a data frame of Grafana',
      {
        schema: { name: 'Trace', fields: [{ name: 'traceID' }, { name: 'spanID' }] },
        data: { values: [[TRACE], ['a1']] },
      },
      /Download traces/,
    ],
    [
      'the answer with data frames of Grafana',
      { results: { A: { status: 200, frames: [{ schema: { fields: [] }, data: { values: [] } }] } } },
      /Download traces/,
    ],
    ['SigNoz', { traceID: TRACE, span_id: 'a1', name: 'n', durationNano: 5, hasError: false }, /SigNoz/],
    [
      'a replay of Copilot',
      { exportedAt: 'x', totalPrompts: 1, prompts: [{ prompt: 'p', logs: [] }] },
      /replay of GitHub Copilot/,
    ],
    ['Chrome', { traceEvents: [{ ph: 'X', ts: 1 }] }, /Chrome trace events/],
    ['HAR', { log: { version: '1.2', entries: [] } }, /HAR/],
    ['an answer of a model', { id: 'c', object: 'chat.completion', choices: [], usage: {} }, /answer of a chat model/],
    ['messages', [{ role: 'user', content: 'hi' }], /chat messages/],
    ['search results', { traces: [{ traceID: TRACE, rootServiceName: 's' }] }, /search results/],
    [
      'an error',
      { errors: [{ code: 404, msg: 'trace not found' }], data: null },
      /failed or refused, which says “trace not found”/,
    ],
    ['an empty object', {}, /an empty object/],
    ['an empty list', [], /an empty list/],
    ['JSON in a text', '"{\\"resourceSpans\\":[]}"', /encoded twice/],
    ['a package', { name: 'p', version: '1.0.0', dependencies: {} }, /an object with "name", "version"/],
    ['numbers', [1, 2, 3], /a list of which the first entry is a number/],
  ])('nobody claims %s, and the refusal says what it is', async (_, document, words) => {
    const text = typeof document === 'string' ? document : JSON.stringify(document);
    await expect(parseTraces(text)).rejects.toThrow(words);
    await expect(parseTraces(text)).rejects.toMatchObject({ code: 'unknown-format' });
  });

  it.each<readonly [what: string, begin: readonly number[], words: RegExp]>([
    ['a PNG image', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13], /not JSON but a PNG image/],
    ['a JPEG image', [0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46], /a JPEG image/],
    ['a WebP image', [...Buffer.from('RIFF'), 1, 0, 0, 0, ...Buffer.from('WEBP')], /a WebP image/],
    ['a database', [...Buffer.from('SQLite format 3'), 0], /an SQLite database/],
    ['a pickle', [0x80, 4, 0x95, 1, 0, 0, 0, 0], /a Python pickle/],
    ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0], /compressed with xz/],
    ['a zip archive', [0x50, 0x4b, 3, 4, 0, 0], /a zip archive/],
  ])('says of %s what it is', async (_, begin, words) => {
    await expect(parseTraces(Uint8Array.from(begin))).rejects.toThrow(words);
  });
});
