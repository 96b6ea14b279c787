import { readTraces, type Trace } from '../../../src/core.ts';
import { drawDocument, drawSpans, type DrawnSpan } from '../../model/drawTrace.ts';

interface Attribute {
  readonly key: string;
  readonly value: object;
}
interface DrawnRecord {
  readonly spanId: string;
  readonly attributes: Attribute[];
  status: object;
}

/**
 * A drawing as a trace, with texts: `says=` is the input, `gives=` the output (spaces as `_`), `why=` the message of a
 * failure, `prompt=` a system message, `temp=` the temperature. Each has ids of its own, so that no diff can go by
 * them.
 */
export function drawSide(drawing: string, traceId: string): Trace {
  const spans = drawSpans(drawing);
  const document = drawDocument(spans, traceId);
  const facts = new Map(spans.map((span) => [span.spanId, span.facts]));
  const rename = (id: string): string => traceId.slice(0, 8) + id.slice(8);
  for (const { scopeSpans } of document.resourceSpans) {
    for (const span of scopeSpans.flatMap((scope) => scope.spans) as DrawnRecord[]) {
      const own = facts.get(span.spanId)!;
      addTexts(span, own);
      Object.assign(
        span,
        { spanId: rename(span.spanId) },
        'parentSpanId' in span ? { parentSpanId: rename(span.parentSpanId as string) } : {},
      );
    }
  }
  return readTraces(document).traces[0]!;
}

function addTexts({ attributes, status }: DrawnRecord, { says, gives, prompt, temp, why }: DrawnSpan['facts']): void {
  const text = (key: string, value: string | undefined): void => {
    if (value !== undefined) attributes.push({ key, value: { stringValue: value.replaceAll('_', ' ') } });
  };
  if (prompt === undefined) {
    text('input.value', says);
    text('output.value', gives);
  } else {
    text('llm.input_messages.0.message.role', 'system');
    text('llm.input_messages.0.message.content', prompt);
    text('llm.input_messages.1.message.role', 'user');
    text('llm.input_messages.1.message.content', says ?? 'go');
    text('llm.output_messages.0.message.role', 'assistant');
    text('llm.output_messages.0.message.content', gives ?? 'done');
  }
  if (temp !== undefined)
    attributes.push({
      key: 'llm.invocation_parameters',
      value: { stringValue: JSON.stringify({ temperature: Number(temp) }) },
    });
  if (why !== undefined) Object.assign(status, { message: why.replaceAll('_', ' ') });
}

/** Both sides of a pair. */
export const drawPair = (a: string, b: string): readonly [Trace, Trace] => [
  drawSide(a, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa1'),
  drawSide(b, 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb2'),
];
