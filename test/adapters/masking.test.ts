import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { auditContent, parseTraces, readTraces, redactors, toNativeJson, toOtlpJson, TraceInputError, type RedactRule, type SpanContent, type TraceSet } from '../../src/core.ts';
import { toJson } from '../../src/conventions/toJson.ts';
import { drawDocument } from '../model/drawTrace.ts';
import { dump, dumpContent } from '../model/dump.ts';

const folder = new URL('../fixtures/', import.meta.url);
const files = ['otlp', 'langsmith', 'langfuse', 'phoenix', 'jaeger', 'console'].flatMap((format) => readdirSync(new URL(`${format}/`, folder)).filter((file) => /\.jsonl?$/.test(file) && file !== 'expected.json').map((file) => `${format}/${file}`));
const documentsOf = (file: string): readonly object[] => {
  const text = readFileSync(new URL(file, folder), 'utf8');
  return file.endsWith('.jsonl') ? text.trim().split('\n').map((line) => JSON.parse(line) as object) : [JSON.parse(text) as object];
};

/** Plain data with every text in it changed, JSON within texts included. Test data is not deep. */
function withTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return /^\s*[[{]/.test(value) ? inJson(value, change) : change(value);
  if (Array.isArray(value)) return value.map((item) => withTexts(item, change));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withTexts(item, change)]));
}
const inJson = (text: string, change: (text: string) => string): string => {
  try {
    return JSON.stringify(withTexts(JSON.parse(text) as unknown, change));
  } catch {
    return change(text);
  }
};

/** Everything that a reader, a search, a copy, an export or a log could get hold of. */
async function allThatIsSaid(set: TraceSet): Promise<string> {
  return toJson([dump(set), dumpContent(set), set.diagnostics, await auditContent(set), toNativeJson(set), toOtlpJson(set)]);
}
const read = (documents: readonly object[], redact: readonly RedactRule[]): TraceSet => readTraces(documents.length === 1 ? documents[0]! : documents, { redact });

describe.each(files)('%s', (file) => {
  const documents = documentsOf(file);
  const secret = 'jo.martens@secret.example';

  it('gives away no secret that stands in every text of it', async () => {
    // Words by which formats are told apart stay, or there would be nothing to read.
    const structural = /^(?:SPAN_KIND_|STATUS_CODE_|SpanKind\.|CHILD_OF|FOLLOWS_FROM|string$|bool$|int64$|float64$|binary$|[A-Z]+$|[a-z]+-(?:create|update)$|llm$|chain$|tool$|prompt$|parser$|retriever$|embedding$|\d|0x|[0-9a-f-]{16,36}$)/;
    const planted = documents.map((document) => withTexts(document, (text) => (structural.test(text) ? text : `${text} ${secret}`)) as object);
    const set = read(planted, [redactors.email]);
    const plain = read(documents, []);
    expect(set.accounting).toEqual(plain.accounting);
    expect(set.traces.map(({ spanCount }) => spanCount)).toEqual(plain.traces.map(({ spanCount }) => spanCount));
    const said = await allThatIsSaid(set);
    expect(said).not.toContain('secret.example');
    expect(said).toContain('⟦email·1⟧');
    expect(set.diagnostics.map(({ code }) => code)).toContain('redacted');
  });

  it('gives away no secret in its ids, and keeps its structure', async () => {
    const planted = JSON.parse(JSON.stringify(documents).replaceAll(/"([0-9a-f]{16}|0x[0-9a-f]{16}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22})"/g, '"$1@secret.example"')) as object[];
    const set = read(planted, [redactors.email]);
    expect(await allThatIsSaid(set)).not.toContain('secret.example');
    const shape = ({ traces }: TraceSet): readonly string[] => traces.flatMap((trace) => Array.from(trace.spans(), ({ depth, name }) => `${depth} ${name}`)).sort();
    expect(shape(set)).toEqual(shape(read(planted, [])));
  });

  it('is read as it is where rules find nothing', () => {
    const never: RedactRule = { name: 'never', value: /\u{1F9A5}{9}/u };
    expect(dump(read(documents, [never]))).toEqual(dump(read(documents, [])));
    expect(dumpContent(read(documents, [never]))).toEqual(dumpContent(read(documents, [])));
  });
});

describe('a rule', () => {
  const span = (attributes: object, more: object = {}) => ({ resourceSpans: [{ resource: { attributes: [] }, scopeSpans: [{ spans: [{ traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7', name: 'a', startTimeUnixNano: '1795359116000000000', endTimeUnixNano: '1795359117000000000', attributes: Object.entries(attributes).map(([key, value]) => ({ key, value: { stringValue: value as string } })), ...more }] }] }] });
  const contentOf = (set: TraceSet): SpanContent => set.traces[0]!.span(0).content() as SpanContent;

  it('for a key hides the value wherever else it stands: in prose, in other JSON, in names', async () => {
    const set = readTraces(span({ 'input.value': '{"login":{"password":"hunter2-xyz"}}', note: 'she said hunter2-xyz twice: hunter2-xyz' }, { name: 'login hunter2-xyz', status: { code: 2, message: 'bad hunter2-xyz' }, events: [{ name: 'try hunter2-xyz' }] }), { redact: [{ name: 'password', key: /password/i }] });
    expect(await allThatIsSaid(set)).not.toContain('hunter2');
    expect(contentOf(set).attributes.get('input.value')).toBe('{"login":{"password":"⟦password·1⟧"}}');
    expect(contentOf(set).attributes.get('note')).toBe('she said ⟦password·1⟧ twice: ⟦password·1⟧');
    expect(set.traces[0]!.span(0).name).toBe('login ⟦password·1⟧');
  });

  it('does not take the words of formats and schemas for secrets', () => {
    const schema = '{"type":"object","properties":{"customer":{"type":"string","description":"Who asks"}}}';
    const set = readTraces(span({ 'llm.tools.0.tool.json_schema': schema, customer: 'Jo Martens', 'llm.model_name': 'm', 'openinference.span.kind': 'LLM', plain: 'a string of words' }), { redact: [{ name: 'masked', key: /customer/ }] });
    const { kind, model } = set.traces[0]!.span(0);
    expect([kind, model]).toEqual(['llm', 'm']);
    expect(contentOf(set).attributes.get('plain')).toBe('a string of words');
    expect(contentOf(set).attributes.get('customer')).toMatch(/^⟦masked·\d⟧$/);
  });

  it('holds over all inputs together', async () => {
    const [first, second] = [span({ password: 'hunter2-xyz' }), span({ note: 'hunter2-xyz' }, { spanId: '00f067aa0ba902b8' })];
    const set = await parseTraces([JSON.stringify(second), JSON.stringify(first)], { redact: [{ name: 'password', key: /^password$/ }] });
    expect(await allThatIsSaid(set)).not.toContain('hunter2');
  });

  it('tells the host, and nobody else, what the marks stand for', () => {
    const told: unknown[] = [];
    readTraces(span({ note: 'jo@example.com and al@example.com' }), { redact: [redactors.email], onMasked: (secrets) => told.push(...secrets) });
    expect(told).toEqual([{ id: 'email·1', rule: 'email', text: 'jo@example.com' }, { id: 'email·2', rule: 'email', text: 'al@example.com' }]);
  });

  it('leaves input of no format unsaid', async () => {
    const redact = [redactors.email];
    const refused = async (input: string): Promise<string> => parseTraces(input, { redact }).then(() => 'read', (error: unknown) => `${(error as TraceInputError).code} ${(error as Error).message}`);
    for (const input of ['{"jo@example.com": 1}', 'jo@example.com', '{"a":"jo@example.com"', '<jo@example.com>', 'name,mail\njo,jo@example.com']) expect(await refused(input)).not.toMatch(/^read$|jo@example/);
    const lines = await parseTraces(`${JSON.stringify(drawDocument('a 0-1'))}\n{"jo@example.com": tru}\n`, { redact });
    expect(JSON.stringify(lines.diagnostics)).not.toContain('jo@');
    expect(lines.diagnostics.map(({ code }) => code)).toContain('bad-line');
  });

  it('never writes to what the host gave', () => {
    const document = span({ note: 'jo@example.com' });
    const before = structuredClone(document);
    readTraces(document, { redact: [redactors.email] });
    expect(document).toEqual(before);
  });
});
