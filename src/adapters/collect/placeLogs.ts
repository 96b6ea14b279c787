import { amount, attributeMap, textOf } from '../../model/attributes.ts';
import type { SpanRows } from '../../model/build/spanRows.ts';
import type { SpanEntry } from '../../model/entry.ts';
import { compareInstants, readInstant } from '../../model/time.ts';
import type { LogRecord } from '../types.ts';

/** A group of spans of one trace. */
export interface LoggedTrace {
  readonly traceId: string;
  readonly spans: SpanRows;
}

/**
 * Log records that name no span, but tell of an answer with its tokens (`gemini_cli.api_response`, which is written
 * outside of the context of its call): they get the ids of the only call of these tokens during which they were
 * written.
 */
export function placeLogs(logs: readonly LogRecord[], traces: Iterable<LoggedTrace>): readonly LogRecord[] {
  if (!logs.some(isAnswer)) return logs;
  const calls = new Map<string, { readonly traceId: string; readonly entry: SpanEntry }[]>();
  for (const { traceId, spans } of traces) {
    for (const entry of spans.list()) {
      if (entry.kind !== 'llm' || !entry.amounts?.usage || !entry.start || !entry.end) continue;
      const key = tokensKey(entry.amounts.usage.input, entry.amounts.usage.output);
      const list = calls.get(key);
      if (list) list.push({ traceId, entry });
      else calls.set(key, [{ traceId, entry }]);
    }
  }
  return logs.map((log) => {
    const told = isAnswer(log) ? attributeMap(log.attributes) : null;
    const time = told && readInstant(log.time, log.timeUnit);
    if (!told || !time || typeof time === 'string') return log;
    const key = tokensKey(amount(told.get('input_token_count')), amount(told.get('output_token_count')));
    const during = (calls.get(key) ?? []).filter(
      ({ entry: { start, end } }) => compareInstants(start!, time) <= 0 && compareInstants(time, end!) <= 0,
    );
    const [call] = during;
    return call && during.length === 1 ? { ...log, traceId: call.traceId, spanId: call.entry.spanId } : log;
  });
}

const tokensKey = (input: number | null, output: number | null): string => `${input} ${output}`;

function isAnswer({ spanId, name, attributes }: LogRecord): boolean {
  if (textOf(spanId) !== null) return false;
  const called = textOf(name) ?? textOf(attributeMap(attributes).get('event.name'));
  return called !== null && called.endsWith('.api_response');
}
