import { readdirSync, readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  auditContent,
  closeTraces,
  compileQuery,
  diffInSteps,
  diffTraces,
  findings,
  foldLoops,
  loopProgress,
  ledger,
  loadContents,
  matchContent,
  matchEnvelope,
  parseQuery,
  otlp,
  parseTraces,
  redactors,
  searchSpans,
  toNativeJson,
  type ParseOptions,
  type ReadProgress,
  type SearchHit,
  type Trace,
  type TraceInput,
  type TraceSet,
} from '../../src/core.ts';
import { workersHere } from './workerInProcess.ts';

const FIXTURES = new URL('../fixtures/', import.meta.url);
const files = readdirSync(FIXTURES, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.(?:jsonl?|csv|pb|eval|gz|zip|zst|traj)$/.test(file) && !/record\/|generate|expected/.test(file))
  .sort();
const bytesOf = (file: string): Uint8Array => new Uint8Array(readFileSync(new URL(file, FIXTURES)));

/** How long something may take on a machine that does much else. */
const WAIT = 20_000;

let open: ReturnType<typeof workersHere>['workers'] = [];
afterEach(() => {
  for (const worker of open) worker.terminate();
  open = [];
});
function inWorker(options: ParseOptions = {}): ParseOptions {
  const { workers, createWorker } = workersHere();
  return {
    ...options,
    createWorker() {
      const worker = createWorker();
      open.push(workers.at(-1)!);
      return worker;
    },
  };
}

/** All that a set tells, or why there is none. */
async function told(given: TraceInput | readonly TraceInput[], options: ParseOptions): Promise<unknown> {
  let set: TraceSet;
  try {
    set = await parseTraces(given, options);
  } catch (error) {
    const { name, message, code, line, position } = error as Error & Record<'code' | 'line' | 'position', unknown>;
    return { name, message, code, line, position };
  }
  const here = await loadContents(set);
  return {
    native: toNativeJson(here),
    about: { ...set, traces: set.traces.length },
    traces: await Promise.all(
      set.traces.map(async (trace) => {
        const { parts: _, ...own } = trace as unknown as Record<string, unknown>;
        return {
          ...Object.fromEntries(
            ['key', 'name', 'version', 'live', 'originUnixNano', 'timeBasis', 'end', 'spanCount', 'columns'].map(
              (name) => [name, own[name]],
            ),
          ),
          sessionId: trace.sessionId,
          userId: trace.userId,
          tags: trace.tags,
          metadata: trace.metadata,
          scores: trace.scores,
          amounts: ledger(trace).total,
          once: ledger(trace).countedOnce,
          spans: Array.from(trace.spans(), (span) => [
            span.key,
            span.parentSpanId,
            span.statusMessage,
            span.statusOrigin,
            span.startUnixNano,
            span.endUnixNano,
            span.firstToken,
            span.usage,
            span.cost,
            span.scores,
            span.diagnostics,
            trace.find(span.key)?.index,
          ]),
          contents: (await Promise.all(Array.from(trace.spans(), (span) => span.content()))).map(
            ({ input, output, embeddings, ...rest }) => ({
              ...rest,
              input: input && { ...input, json: input.json() },
              output: output && { ...output, json: output.json() },
              embeddings: embeddings.map(({ vector, ...about }) => ({ ...about, vector: vector() })),
            }),
          ),
        };
      }),
    ),
  };
}

describe('a set that a worker has read is the same as one read here', () => {
  it.each(files)('%s', async (file) => {
    const bytes = bytesOf(file);
    expect(files.length).toBeGreaterThan(40);
    expect(await told(new Blob([bytes as BlobPart]), inWorker())).toEqual(await told(bytes, {}));
  });

  const redact = [
    redactors.email,
    redactors.apiKey,
    { name: 'secret', key: /password|authorization|customer/i },
    { name: 'word', value: /\b[A-Z]{2}-\d+\b/ },
  ];
  it.each(files.filter((_, place) => place % 3 === 0))('%s, masked', async (file) => {
    const bytes = bytesOf(file);
    const masked: unknown[] = [];
    const maskedHere: unknown[] = [];
    const there = await told(new Blob([bytes as BlobPart]), inWorker({ redact, onMasked: (all) => masked.push(all) }));
    expect(there).toEqual(await told(bytes, { redact, onMasked: (all) => maskedHere.push(all) }));
    expect(masked).toEqual(maskedHere);
  });
});

const FILE = 'otlp/support-agent.otlp.jsonl';
const text = new TextDecoder().decode(bytesOf(FILE));
const failure = (input: TraceInput, options: ParseOptions): Promise<unknown> =>
  parseTraces(input, options).then(
    () => null,
    (error: unknown) => error,
  );

const attribute = (key: string, value: string): string =>
  `{"key":${JSON.stringify(key)},"value":{"stringValue":${value}}}`;
const spanOf = (id: string, rest: string): string =>
  `{"traceId":"00000000000000000000000000000001","spanId":${JSON.stringify(id)},"name":"s",${rest}}`;
const otlpOf = (...spans: readonly string[]): string =>
  `{"resourceSpans":[{"scopeSpans":[{"scope":{"name":"a"},"spans":[${spans.join(',')}]}]}]}`;
const DEEP = `${'['.repeat(20_000)}1${']'.repeat(20_000)}`;
const HOSTILE: Readonly<Record<string, string>> = {
  'keys of prototypes': otlpOf(
    spanOf(
      '__proto__',
      `"__proto__":{"a":1},"attributes":[${attribute('__proto__', '"x"')},${attribute('constructor', '"y"')}]`,
    ),
  ),
  'one id, several spans': otlpOf(
    spanOf('aaaaaaaaaaaaaaaa', '"startTimeUnixNano":"1","kind":2'),
    spanOf('aaaaaaaaaaaaaaaa', '"startTimeUnixNano":"1","kind":3'),
    spanOf('bbbbbbbbbbbbbbbb', '"startTimeUnixNano":"2","parentSpanId":"aaaaaaaaaaaaaaaa"'),
  ),
  'lone surrogates and numbers past 2^53': otlpOf(
    spanOf(
      'aaaaaaaaaaaaaaab',
      `"startTimeUnixNano":"18446744073709551615","attributes":[${attribute('a', String.raw`"\ud800"`)},{"key":"n","value":{"intValue":"9223372036854775807"}}]`,
    ),
  ),
  'lists that are deep': otlpOf(
    spanOf('aaaaaaaaaaaaaaac', `"deep":${DEEP},"attributes":[${attribute('input.value', '"[[1]]"')}]`),
  ),
  'metadata that is deep': `{"format":"spanwise/1","traces":[{"traceId":"1","name":"n","metadata":{"deep":${DEEP}},"spans":[{"spanId":"a","name":"b","kind":"span","status":"ok","startUnixNano":"1","endUnixNano":"2"}]}]}`,
  'circles, and no times': otlpOf(
    spanOf('a', '"parentSpanId":"b"'),
    spanOf('b', '"parentSpanId":"a"'),
    spanOf('c', '"parentSpanId":"c","startTimeUnixNano":"9","endTimeUnixNano":"1"'),
    'null',
    '7',
  ),
  'a text that breaks off': otlpOf(spanOf('aaaaaaaaaaaaaaad', '"kind":1')).slice(0, -20),
};

describe('of hostile inputs a worker tells the same', () => {
  it.each(Object.entries(HOSTILE))('%s', async (_name, hostile) => {
    expect(differences(await told(hostile, inWorker()), await told(hostile, {}))).toEqual([]);
  });
});

/** Where two values differ. Without recursion, as they may be deep. */
function differences(one: unknown, other: unknown): readonly string[] {
  const found: string[] = [];
  const waiting: { readonly a: unknown; readonly b: unknown; readonly path: readonly string[] }[] = [
    { a: one, b: other, path: [] },
  ];
  for (let pair = waiting.pop(); pair; pair = waiting.pop()) {
    const { a, b, path } = pair;
    if (Object.is(a, b)) continue;
    if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) {
      found.push(`${path.join('.')}: ${String(a)} | ${String(b)}`);
      continue;
    }
    const [left, right] = [a, b].map((each) => (each instanceof Map ? [...each].flat() : each)) as [object, object];
    const names = new Set([...Object.keys(left), ...Object.keys(right)]);
    for (const name of names) {
      const [x, y] = [left, right].map((each) => Object.getOwnPropertyDescriptor(each, name)?.value as unknown);
      waiting.push({ a: x, b: y, path: path.length < 8 ? [...path, name] : path });
    }
  }
  return found;
}

describe('reading in a worker', () => {
  it('takes every kind of input, and leaves what spans hold in the worker', async () => {
    const expected = await told(text, {});
    const inputs: Record<string, () => TraceInput> = {
      text: () => text,
      bytes: () => bytesOf(FILE),
      memory: () => bytesOf(FILE).buffer as ArrayBuffer,
      'bytes among others': () => new Uint8Array([...bytesOf(FILE), 0, 0]).subarray(0, -2),
      gzip: () => new Uint8Array(gzipSync(text)),
      file: () => new File([text], 'a.jsonl'),
      response: () => new Response(text, { headers: { 'content-length': String(bytesOf(FILE).length) } }),
      stream: () => new Blob([text]).stream(),
      'packed stream': () => new Blob([gzipSync(text) as BlobPart]).stream(),
    };
    for (const [name, input] of Object.entries(inputs))
      expect({ [name]: await told(input(), inWorker()) }).toEqual({ [name]: expected });
    const { traces } = await parseTraces(text, inWorker());
    const asked = traces[0]!.content(3);
    expect(asked).toBeInstanceOf(Promise);
    expect(traces[0]!.content(3)).toBe(asked);
    const content = await asked;
    expect(traces[0]!.content(3)).toBe(content);
    expect(open.at(-1)!.terminated).toBe(false);
  });

  it('reads several inputs as one set', async () => {
    const lines = text.trim().split('\n');
    const inputs = (): TraceInput[] => [lines[0]!, new Blob([lines.slice(1).join('\n')]), '{"what":1}'];
    expect(await told(inputs(), inWorker())).toEqual(await told(inputs(), {}));
  });

  it('moves the memory of bytes, and says so to who reads them again', async () => {
    const bytes = bytesOf(FILE);
    await parseTraces(bytes, inWorker());
    expect(bytes.length).toBe(0);
    expect(await failure(bytes, inWorker())).toMatchObject({
      code: 'empty-input',
      message: expect.stringContaining('moved'),
    });
  });

  it('keeps bytes that stand among others of the host', async () => {
    const all = new Uint8Array([0, ...bytesOf(FILE)]);
    await parseTraces(all.subarray(1), inWorker());
    expect(all.length).toBe(bytesOf(FILE).length + 1);
  });

  it('tells the same errors', async () => {
    const inputs: readonly TraceInput[] = [
      '',
      'no trace',
      '{"a":',
      new Response('gone', { status: 404 }),
      '{"resourceSpans":[]}',
      new Uint8Array([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 200, 201, 202, 203, 204, 205]),
    ];
    for (const input of inputs) {
      const copy = input instanceof Uint8Array ? input.slice() : input;
      expect(await told(input, inWorker())).toEqual(await told(copy, {}));
    }
    for (const options of [{ format: 'what' }, { redact: [{ name: '' } as never] }, { limits: { bytes: 10 } }])
      expect(await told(text, inWorker(options))).toEqual(await told(text, options));
    const broken = (): TraceInput =>
      new ReadableStream<Uint8Array>({
        pull() {
          throw new Error('cable cut');
        },
      });
    expect(await told(broken(), inWorker())).toEqual(await told(broken(), {}));
  });

  it('tells how far it is, and that it is ready when all is there', async () => {
    const heard: ReadProgress[] = [];
    await parseTraces(new Blob([text]), inWorker({ onProgress: (progress) => heard.push(progress) }));
    expect(heard.at(-1)).toMatchObject({ phase: 'ready', share: 1, spans: expect.any(Number) });
    expect(heard.filter(({ phase }) => phase === 'ready')).toHaveLength(1);
    expect(heard[0]!.bytes).toBeGreaterThan(0);
  });

  it('rejects with what a callback of the host throws', async () => {
    const error = new Error('mine');
    const onProgress = (): void => {
      throw error;
    };
    expect(await failure(text, inWorker({ onProgress }))).toBe(error);
    expect(open.at(-1)!.terminated).toBe(true);
  });

  it('ends the worker when it is aborted, also while a stream stands still', async () => {
    const stop = new AbortController();
    let cancelled: unknown = null;
    let pulled = false;
    const stream = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new TextEncoder().encode('{"resourceSpans":[')),
      pull: () => {
        pulled = true;
      },
      cancel: (reason) => {
        cancelled = reason;
      },
    });
    const reading = failure(stream, inWorker({ signal: stop.signal }));
    await vi.waitFor(() => expect([pulled, open.length]).toEqual([true, 1]), WAIT);
    stop.abort(new Error('enough'));
    expect(await reading).toBe(stop.signal.reason);
    expect(open.at(-1)!.terminated).toBe(true);
    await vi.waitFor(() => expect(cancelled).toBe(stop.signal.reason), WAIT);
    expect(await failure(text, inWorker({ signal: stop.signal }))).toBe(stop.signal.reason);
  });

  it('says that the worker broke: while it reads, and to who opens a span', async () => {
    const endless = new ReadableStream<Uint8Array>({ start() {} });
    const reading = failure(endless, inWorker());
    await vi.waitFor(() => expect(open).toHaveLength(1), WAIT);
    open.at(-1)!.fail('out of memory');
    expect(await reading).toMatchObject({ code: 'worker-failed', message: expect.stringContaining('out of memory') });

    const { traces } = await parseTraces(text, inWorker());
    const asked = traces[0]!.content(1) as Promise<unknown>;
    open.at(-1)!.fail('out of memory');
    await expect(asked).rejects.toMatchObject({ code: 'worker-failed' });
    await expect(traces[0]!.content(2)).rejects.toMatchObject({ code: 'worker-failed' });
    expect(traces[0]!.span(2).name).not.toBe('');
  });

  it.each([
    ['adapters', text, { adapters: [otlp] }],
    ['rule “mine” has a function', text, { redact: [{ name: 'mine', value: () => [] }] }],
    ['an option, cannot be given', text, { prices: { 'gpt-4o': { cost: () => 1 } } }],
    ['a parsed document', JSON.parse(text.split('\n')[0]!) as object, {}],
  ] as const)('reads on the page what a worker cannot be given, and says why: %s', async (reason, input, options) => {
    const set = await parseTraces(input, inWorker(options));
    expect(set.traces[0]!.content(0)).not.toBeInstanceOf(Promise);
    expect(set.diagnostics).toContainEqual(
      expect.objectContaining({ code: 'read-on-page', severity: 'info', message: expect.stringContaining(reason) }),
    );
    expect(open.every(({ terminated }) => terminated)).toBe(true);
  });

  it('reads on the page where no worker can be started', async () => {
    const bytes = bytesOf(FILE);
    for (const createWorker of [
      () => {
        throw new Error('SecurityError');
      },
      () => {
        const worker = workersHere().createWorker();
        queueMicrotask(() => (worker as unknown as { fail(message: string): void }).fail('blocked'));
        return worker;
      },
    ]) {
      const set = await parseTraces(bytes, { createWorker });
      expect(set.traces[0]!.spanCount).toBeGreaterThan(10);
      expect(set.diagnostics.map(({ code }) => code)).toContain('read-on-page');
    }
  });

  it('frees what the worker holds when the set is closed', async () => {
    const set = await parseTraces(text, inWorker());
    closeTraces(set);
    expect(open.at(-1)!.terminated).toBe(true);
    await expect(set.traces[0]!.content(0)).rejects.toThrow('closed');
    closeTraces(await parseTraces(text));
  });

  it('finds the same in contents', async () => {
    const found = async (options: ParseOptions, query: string): Promise<readonly SearchHit[]> => {
      const hits: SearchHit[] = [];
      for (const trace of (await parseTraces(text, options)).traces)
        for await (const some of searchSpans(trace, query)) hits.push(...some);
      return hits;
    };
    for (const query of ['refund', 'refund kind:llm', 'attribute:llm.model_name:gpt', '-refund kind:tool']) {
      const here = await found({}, query);
      expect(await found(inWorker(), query)).toEqual(here);
    }
    expect((await found({}, 'refund')).length).toBeGreaterThan(0);
  });

  it('finds and audits the same where the contents are', async () => {
    for (const file of [FILE, 'otlp/langgraph.otlp.jsonl', 'otlp/pair-digest-rounds.otlp.jsonl']) {
      const [there, here] = [
        await parseTraces(new Blob([bytesOf(file) as BlobPart]), inWorker()),
        await parseTraces(bytesOf(file)),
      ];
      expect(await auditContent(there)).toEqual(await auditContent(here));
      for (const [place, trace] of here.traces.entries()) {
        const other = there.traces[place]!;
        expect(await findings(other)).toEqual(await findings(trace));
        for (const fold of foldLoops(trace))
          expect(await loopProgress(other, fold)).toEqual(await loopProgress(trace, fold));
      }
    }
    const stop = new AbortController();
    const { traces } = await parseTraces(text, inWorker());
    const asked = findings(traces[0]!, { signal: stop.signal });
    stop.abort(new Error('enough'));
    await expect(asked).rejects.toBe(stop.signal.reason);
  });

  it('compares traces whose contents are elsewhere like those that are here', async () => {
    const [one, other] = ['otlp/pair-digest-base.otlp.jsonl', 'otlp/pair-digest-prompt.otlp.jsonl'];
    const read = async (options: () => ParseOptions) =>
      (await Promise.all([one, other].map((file) => parseTraces(bytesOf(file!), options())))).map(
        ({ traces }) => traces[0]!,
      );
    const [a, b] = await read(() => inWorker());
    const [aHere, bHere] = await read(() => ({}));
    expect(await diffInSteps(a!, b!)).toEqual(await diffInSteps(aHere!, bHere!));
    const [c, d] = await read(() => inWorker());
    expect(diffTraces(c!, d!).warnings.length).toBeGreaterThan(diffTraces(aHere!, bHere!).warnings.length);
  });

  it('goes on by names and shape where the worker is gone', async () => {
    const [set, here] = [await parseTraces(text, inWorker()), await parseTraces(text)];
    const [trace, other] = [set.traces[0]!, here.traces[0]!];
    open.at(-1)!.fail('out of memory');
    const hits: SearchHit[] = [];
    for await (const some of searchSpans(trace, 'refund')) hits.push(...some);
    expect(hits.length).toBeGreaterThan(0);
    expect(new Set(hits.map(({ field }) => field))).toEqual(new Set(['name']));
    const query = compileQuery(trace, parseQuery('refund'));
    const matches = matchEnvelope(query);
    let decided = 0;
    for await (const to of matchContent(query, matches)) decided = to;
    expect(decided).toBe(matches.length);
    expect(matches.includes(2)).toBe(false);
    expect((await diffInSteps(trace, other))!.warnings.length).toBeGreaterThan(0);
    expect(() => toNativeJson(trace)).toThrow('loadContents');
  });

  it('ends the worker of a set that nobody holds any more, and not before', async () => {
    let set: TraceSet | null = await parseTraces(text, inWorker());
    const worker = open.at(-1)!;
    let trace: Trace | null = set.traces[0]!;
    set = null;
    await collected();
    expect(worker.terminated).toBe(false);
    const content = trace.content(1);
    trace = null;
    await collected();
    await content;
    for (let tries = 0; tries < 50 && !worker.terminated; tries += 1) await collected();
    expect(worker.terminated).toBe(true);
    expect(set).toBe(trace);
  });
});

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
async function collected(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    collect();
  }
}
