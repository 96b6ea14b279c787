import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import {
  closeTraces,
  ledger,
  loadContents,
  otlp,
  parseTraces,
  redactors,
  searchSpans,
  toNativeJson,
  type ParseOptions,
  type ReadProgress,
  type SearchHit,
  type TraceInput,
  type TraceSet,
} from '../../src/core.ts';
import { workersHere } from './workerInProcess.ts';

const FIXTURES = new URL('../fixtures/', import.meta.url);
const files = readdirSync(FIXTURES, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.(?:jsonl?|csv|pb|eval|gz|zip|zst|traj)$/.test(file) && !/record\/|generate|expected/.test(file))
  .sort();
const bytesOf = (file: string): Uint8Array => new Uint8Array(readFileSync(new URL(file, FIXTURES)));

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
async function told(input: TraceInput | readonly TraceInput[], options: ParseOptions): Promise<unknown> {
  let set: TraceSet;
  try {
    set = await parseTraces(input, options);
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
