import { request } from 'node:http';
import { deflateSync, gzipSync } from 'node:zlib';
import { ROOT_CONTEXT, SpanStatusCode, trace, type Context } from '@opentelemetry/api';
import { OTLPTraceExporter as JsonExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtobufExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { BinaryReader } from '@bufbuild/protobuf/wire';
import { beforeEach, describe, expect, it } from 'vitest';
import { parseTraces } from '../../../src/adapters/parseTraces.ts';
import { toNativeJson } from '../../../src/adapters/native/toNativeJson.ts';
import { serveViewer } from '../../../src/cli/serveViewer.ts';

let url = '';
let lines: string[] = [];
beforeEach(async () => {
  lines = [];
  const server = await serveViewer([], 0, { onReceived: (line) => void lines.push(line) });
  url = server.url;
  return () => server.close();
});

/** An agent that asks a model and calls a tool, which fails, as OpenTelemetry's own SDK tells it. */
async function runAgent(exporter: JsonExporter | ProtobufExporter): Promise<void> {
  const provider = new BasicTracerProvider({ spanProcessors: [new BatchSpanProcessor(exporter)] });
  const tracer = provider.getTracer('agent', '1.0');
  const agent = tracer.startSpan('invoke_agent helper', { attributes: { 'gen_ai.operation.name': 'invoke_agent' } });
  const inside: Context = trace.setSpan(ROOT_CONTEXT, agent);
  const model = tracer.startSpan(
    'chat gpt-5',
    {
      attributes: {
        'gen_ai.operation.name': 'chat',
        'gen_ai.request.model': 'gpt-5',
        'gen_ai.usage.input_tokens': 1200,
        'gen_ai.usage.output_tokens': 34,
      },
    },
    inside,
  );
  model.addEvent('first token');
  model.end();
  const tool = tracer.startSpan(
    'execute_tool search',
    { attributes: { 'gen_ai.operation.name': 'execute_tool' } },
    inside,
  );
  tool.recordException(new Error('no such index'));
  tool.setStatus({ code: SpanStatusCode.ERROR, message: 'no such index' });
  tool.end();
  agent.end();
  await provider.forceFlush();
  await provider.shutdown();
}

interface Sent {
  readonly body?: Buffer | string;
  readonly headers?: Record<string, string>;
  readonly path?: string;
  readonly method?: string;
}

const send = ({ body = '', headers = {}, path = 'v1/traces', method = 'POST' }: Sent) =>
  new Promise<{ readonly status: number; readonly body: Buffer; readonly headers: Record<string, unknown> }>(
    (resolve, reject) => {
      const sent = request(
        new URL(path, url),
        { method, headers: { 'content-type': 'application/json', ...headers } },
        (response) => {
          const pieces: Buffer[] = [];
          response.on('data', (piece: Buffer) => pieces.push(piece));
          response.on('end', () =>
            resolve({ status: response.statusCode ?? 0, body: Buffer.concat(pieces), headers: response.headers }),
          );
        },
      );
      sent.on('error', reject);
      sent.end(body);
    },
  );

const PROTOBUF = { 'content-type': 'application/x-protobuf' };
const EMPTY = '{"resourceSpans":[]}';

describe('the receiver of OTLP over HTTP', () => {
  it.each([
    ['JSON', (to: string) => new JsonExporter({ url: to })],
    ['protobuf', (to: string) => new ProtobufExporter({ url: to })],
    ['gzipped JSON', (to: string) => new JsonExporter({ url: to, compression: 'gzip' as never })],
    ['gzipped protobuf', (to: string) => new ProtobufExporter({ url: to, compression: 'gzip' as never })],
  ])("takes what OpenTelemetry's exporter sends as %s", async (_, exporter) => {
    await runAgent(exporter(`${url}v1/traces`));
    const set = await parseTraces(lines.join('\n'));
    expect(set.diagnostics.filter(({ severity }) => severity !== 'info')).toEqual([]);
    const native = toNativeJson(set) as { readonly traces: readonly { readonly spans: readonly object[] }[] };
    expect(native.traces[0]!.spans).toMatchObject([
      { name: 'invoke_agent helper', kind: 'agent' },
      { name: 'chat gpt-5', kind: 'llm', model: 'gpt-5' },
      { name: 'execute_tool search', kind: 'tool', status: 'error' },
    ]);
  });

  it('answers as the specification asks, in the encoding of the request', async () => {
    expect(await send({ body: EMPTY })).toMatchObject({ status: 200, body: Buffer.from('{}') });
    const done = await send({ headers: PROTOBUF });
    expect(done).toMatchObject({ status: 200, headers: { 'content-type': 'application/x-protobuf' } });
    expect(done.body).toHaveLength(0);
    expect(await send({ body: '{}' })).toMatchObject({ status: 200 });
    // Bodies without anything are no lines.
    expect(lines).toEqual([EMPTY]);
    // As protobuf's own names spell it.
    expect(await send({ body: '{"resource_spans":[]}' })).toMatchObject({ status: 200 });
    expect(lines).toEqual([EMPTY, '{"resource_spans":[]}']);
  });

  it('makes one line of a body that has several', async () => {
    await send({ body: JSON.stringify({ resourceSpans: [{ resource: { attributes: [] } }] }, null, 2) });
    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toContain('\n');
    expect(JSON.parse(lines[0]!)).toEqual({ resourceSpans: [{ resource: { attributes: [] } }] });
  });

  it('unpacks deflate, takes logs, and leaves metrics out without a word', async () => {
    const headers = { 'content-encoding': 'deflate' };
    expect(await send({ body: deflateSync('{"resourceLogs":[]}'), headers, path: 'v1/logs' })).toMatchObject({
      status: 200,
    });
    expect(await send({ body: '{"resourceMetrics":[]}', path: 'v1/metrics' })).toMatchObject({ status: 200 });
    expect(lines).toEqual(['{"resourceLogs":[]}']);
  });

  it.each<readonly [string, Sent, number, RegExp]>([
    ['text that is no JSON', { body: '{"resourceSpans":' }, 400, /not JSON/],
    ['JSON of something else', { body: '{"resourceSpans":{}}' }, 400, /"resourceSpans"/],
    ['a list', { body: '[]' }, 400, /"resourceSpans"/],
    ['what only looks like it', { body: '{"resourceLogs":[]}' }, 400, /"resourceSpans"/],
    ['a body that is not packed as it says', { body: EMPTY, headers: { 'content-encoding': 'gzip' } }, 400, /not gzip/],
    ['a cut body', { body: gzipSync(EMPTY).subarray(0, 12), headers: { 'content-encoding': 'gzip' } }, 400, /not gzip/],
    ['an unknown packing', { body: EMPTY, headers: { 'content-encoding': 'br' } }, 415, /“br” is not gzip/],
  ])('refuses %s with a reason, and goes on', async (_, sent, status, reason) => {
    const refused = await send(sent);
    expect(refused.status).toBe(status);
    expect(JSON.parse(refused.body.toString())).toMatchObject({ code: 3, message: expect.stringMatching(reason) });
    expect(lines).toEqual([]);
    expect(await send({ body: EMPTY })).toMatchObject({ status: 200 });
  });

  it('says in protobuf what is wrong with protobuf', async () => {
    const refused = await send({ body: Buffer.from([0x0a, 0xff]), headers: PROTOBUF });
    expect(refused.status).toBe(400);
    const reader = new BinaryReader(refused.body);
    expect([reader.tag(), reader.int32(), reader.tag(), reader.string()]).toEqual([
      [1, 0],
      3,
      [2, 2],
      expect.stringContaining('no protobuf of traces'),
    ]);
  });

  it('refuses what unpacks to more than 64 MB', async () => {
    const body = gzipSync(Buffer.alloc(65 * 1024 * 1024, ' '));
    expect(await send({ body, headers: { 'content-encoding': 'gzip' } })).toMatchObject({ status: 413 });
  });

  it('takes nothing that a foreign page could send', async () => {
    const traces = { body: '{"resourceSpans":[]}' };
    expect(await send({ ...traces, headers: { host: 'evil.example' } })).toMatchObject({ status: 403 });
    expect(await send({ ...traces, headers: { origin: 'https://evil.example' } })).toMatchObject({ status: 403 });
    expect(await send({ ...traces, headers: { origin: 'null' } })).toMatchObject({ status: 403 });
    expect(await send({ ...traces, headers: { 'content-type': 'text/plain' } })).toMatchObject({ status: 415 });
    expect(await send({ ...traces, method: 'GET' })).toMatchObject({ status: 405 });
    expect(lines).toEqual([]);
  });

  it('lets a page of this machine export', async () => {
    const origin = 'http://localhost:3000';
    const asked = await send({
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-headers': 'content-type,x-key' },
    });
    expect(asked).toMatchObject({
      status: 204,
      headers: { 'access-control-allow-origin': origin, 'access-control-allow-headers': 'content-type,x-key' },
    });
    expect(await send({ body: EMPTY, headers: { origin } })).toMatchObject({
      status: 200,
      headers: { 'access-control-allow-origin': origin },
    });
  });
});
