import {
  auditContent,
  compileQuery,
  createTraceStream,
  completeQuery,
  correctClocks,
  criticalPath,
  defaultAdapters,
  detectFormat,
  filterRows,
  ledger,
  matchContent,
  matchEnvelope,
  parseQuery,
  parseTraces,
  printQuery,
  readTraces,
  redactors,
  searchSpans,
  selfTime,
  toNativeJson,
  toOtlpJson,
  TraceInputError,
  type Diagnostic,
  type LedgerEntry,
  type Query,
  type Span,
  type SpanContent,
  type Trace,
  type TraceAdapter,
  type TraceSet,
  type TraceStream,
} from 'spanwise/core';
import schema from 'spanwise/spanwise-1.schema.json' with { type: 'json' };

const adapter: TraceAdapter = {
  name: 'mine',
  detect: () => null,
  read: (_, sink) => sink.span({ traceId: 't', spanId: 's', source: {}, attributes: [] }),
};

export async function read(text: string): Promise<string> {
  const set: TraceSet = await parseTraces(text, { adapters: [adapter, ...defaultAdapters], redact: [redactors.email] });
  const notes: readonly Diagnostic[] = [...set.diagnostics, ...(await auditContent(set))];
  const trace: Trace | undefined = set.traces[0];
  if (!trace) return notes.map(({ code }) => code).join();
  const span: Span = trace.span(0);
  const content: SpanContent = await span.content();
  const total: LedgerEntry = ledger(trace).total;
  const query: Query = parseQuery('kind:llm refund');
  const compiled = compileQuery(trace, query);
  const matches = matchEnvelope(compiled);
  for await (const upTo of matchContent(compiled, matches)) notes.at(upTo);
  const rows = filterRows(trace, matches);
  const places: string[] = [];
  for await (const hits of searchSpans(trace, 'refund')) places.push(...hits.map(({ key, field }) => key + field));
  const stream: TraceStream = createTraceStream({ limits: { spans: 1000 } });
  const leave = stream.subscribe(() => places.push(stream.snapshot().format));
  await stream.append(text);
  leave();
  stream.close();
  const { trace: corrected } = correctClocks(trace);
  return JSON.stringify([
    toNativeJson(set),
    toOtlpJson(trace),
    total.usage.total,
    printQuery(query.terms),
    completeQuery('ki', 2, trace),
    rows.hidden,
    places,
    selfTime(corrected)[0],
    criticalPath(trace).length,
    content.attributes.size,
    detectFormat({})?.format,
    schema.$id,
  ]);
}

export function readNow(document: object): TraceSet | string {
  try {
    return readTraces(document);
  } catch (error) {
    if (error instanceof TraceInputError && error.code === 'unknown-format') return error.message;
    throw error;
  }
}
