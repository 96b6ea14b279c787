import { readTraces, SPAN_KINDS, type Trace } from '../../src/core.ts';

/** A span as drawn. Times are milliseconds from `DRAWING_EPOCH`; null = none drawn. */
export interface DrawnSpan {
  readonly name: string;
  readonly spanId: string;
  readonly parentSpanId: string | null;
  readonly start: number | null;
  readonly end: number | null;
  readonly error: boolean;
  /** The words behind the times: `in=10 out=5 cost=0.01 kind=llm model=… service=…`. */
  readonly facts: Readonly<Record<string, string>>;
}

/** The instant drawn as 0, in Unix nanoseconds. */
export const DRAWING_EPOCH = 1_795_359_116_000_000_000n;
const TRACE_ID = '4f7bec97fa07f3475f37e1d4f4fdf0a3';
const LINE =
  /^(?<indent> *)(?<name>\S.*?)(?<error> ✗)?\s+(?<start>[\d.]+|\?)-+(?<end>[\d.]*)(?<facts>(?:\s+\w+=\S+)*)\s*$/;

/**
 * Reads a drawing of a trace, one span per line: two spaces of indentation per level, name, `✗` for an error, start and
 * end in milliseconds with as many dashes between as look good, facts.
 *
 *     agent           0------------100   in=30 out=5
 *       llm plan       10-40             in=10 out=5 model=gpt-4.1 cost=0.01
 *       tool search ✗      40----90
 *       open                     80-
 *       no start       ?---------60
 *       lost           20-30             parent=nobody
 *       again          10-40             id=plan
 *
 * A first word that is a kind (`agent`, `llm`, `tool`, …) is the kind, unless `kind=` says otherwise. `id=` and
 * `parent=` take the name of a drawn span (without its kind, spaces as `_`) or any other word, which stands for an id
 * that no span has.
 */
export function drawSpans(drawing: string): readonly DrawnSpan[] {
  const rows = drawing
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const found = LINE.exec(line)?.groups;
      if (!found) throw new Error(`cannot read the line “${line}” of a drawing`);
      const facts = Object.fromEntries(
        found['facts']!.trim()
          .split(/\s+/)
          .filter(Boolean)
          .map((fact) => fact.split('=') as [string, string]),
      );
      return {
        indent: found['indent']!.length,
        name: found['name']!,
        error: found['error'] !== undefined,
        start: time(found['start']!),
        end: time(found['end']!),
        facts,
      };
    });
  const margin = Math.min(...rows.slice(0, 1).map(({ indent }) => indent));
  const ids = new Map<string, string>();
  rows.forEach(({ name }, i) => {
    const word = nickname(name);
    if (!ids.has(word)) ids.set(word, (i + 1).toString(16).padStart(16, '0'));
  });
  const idOf = (word: string): string =>
    ids.get(word) ??
    Array.from(word, (char) => char.charCodeAt(0).toString(16))
      .join('')
      .slice(0, 16)
      .padEnd(16, 'f');
  const line: string[] = [];
  return rows.map(({ indent, name, error, start, end, facts: { id, parent, ...facts } }, i) => {
    const depth = (indent - margin) / 2;
    const spanId = id === undefined ? (i + 1).toString(16).padStart(16, '0') : idOf(id);
    line[depth] = spanId;
    return {
      name,
      spanId,
      parentSpanId: parent === undefined ? (line[depth - 1] ?? null) : idOf(parent),
      start,
      end,
      error,
      facts,
    };
  });
}

const time = (text: string): number | null => (text === '?' || text === '' ? null : Number(text));
const isKind = (word: string): boolean => (SPAN_KINDS as readonly string[]).includes(word);
const nickname = (name: string): string =>
  name
    .split(' ')
    .filter((word, i) => i > 0 || !isKind(word))
    .join('_') || name;

/** A drawing as an OTLP document: one envelope, one resource per `service=`. */
export function drawDocument(drawing: string | readonly DrawnSpan[], traceId = TRACE_ID): OtlpDocument {
  const spans = typeof drawing === 'string' ? drawSpans(drawing) : drawing;
  const services = [...new Set(spans.map(({ facts }) => facts['service']))];
  return {
    resourceSpans: services.map((service) => ({
      resource: { attributes: service === undefined ? [] : [{ key: 'service.name', value: { stringValue: service } }] },
      scopeSpans: [
        {
          scope: { name: 'drawing' },
          spans: spans.filter(({ facts }) => facts['service'] === service).map((span) => otlpSpan(span, traceId)),
        },
      ],
    })),
  };
}

export interface OtlpDocument {
  readonly resourceSpans: readonly {
    readonly resource: object;
    readonly scopeSpans: readonly { readonly scope: object; readonly spans: readonly object[] }[];
  }[];
}

function otlpSpan({ name, spanId, parentSpanId, start, end, error, facts }: DrawnSpan, traceId: string): object {
  return {
    traceId,
    spanId,
    ...(parentSpanId === null ? {} : { parentSpanId }),
    name,
    kind: facts['otel'] ?? 1,
    ...(start === null ? {} : { startTimeUnixNano: unixNano(start) }),
    ...(end === null ? {} : { endTimeUnixNano: unixNano(end) }),
    attributes: attributes(name, facts),
    status: error ? { code: 2, message: 'failed' } : {},
  };
}

const unixNano = (ms: number): string => String(DRAWING_EPOCH + BigInt(Math.round(ms * 1e6)));

function attributes(
  name: string,
  { kind = name.split(' ')[0]!, in: input, out: output, cost, model }: Readonly<Record<string, string>>,
): readonly object[] {
  const list: object[] = [];
  if (isKind(kind)) list.push({ key: 'openinference.span.kind', value: { stringValue: kind.toUpperCase() } });
  if (model !== undefined) list.push({ key: 'llm.model_name', value: { stringValue: model } });
  if (input !== undefined) list.push({ key: 'llm.token_count.prompt', value: { intValue: input } });
  if (output !== undefined) list.push({ key: 'llm.token_count.completion', value: { intValue: output } });
  if (cost !== undefined) list.push({ key: 'llm.cost.total', value: { doubleValue: Number(cost) } });
  return list;
}

/** A drawing as a trace, through the whole reader. */
export const drawTrace = (drawing: string): Trace => readTraces(drawDocument(drawing)).traces[0]!;
