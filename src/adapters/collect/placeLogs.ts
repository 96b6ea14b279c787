import { amount, attributeMap, textOf } from '../../model/attributes.ts';
import type { SpanRows } from '../../model/build/spanRows.ts';
import type { SpanEntry } from '../../model/entry.ts';
import { compareInstants, readInstant } from '../../model/time.ts';
import type { LogRecord } from '../types.ts';
import { recordOf } from './readEntry.ts';

/** A group of spans of one trace. */
export interface LoggedTrace {
  readonly traceId: string;
  readonly spans: SpanRows;
}

/**
 * Log records that tell of one call get its ids where they name another span or none: those that say which request they
 * are about (`claude_code.api_request`, which names the step around the call), and those that tell of an answer with its
 * tokens (`gemini_cli.api_response`, which is written outside of the context of its call).
 */
export function placeLogs(logs: readonly LogRecord[], traces: Iterable<LoggedTrace>): readonly LogRecord[] {
  const all = [...traces];
  return byTokens(byRequest(logs, all), all);
}

/** Of the call in the same trace that is that request. */
function byRequest(logs: readonly LogRecord[], traces: readonly LoggedTrace[]): readonly LogRecord[] {
  const requests = new Map<LogRecord, string>();
  for (const log of logs) {
    const request = REQUEST_EVENT.test(nameOf(log) ?? '')
      ? textOf(attributeMap(log.attributes).get('request_id'))
      : null;
    if (request !== null) requests.set(log, request);
  }
  if (requests.size === 0) return logs;
  const logged = new Set(Array.from(requests.keys(), ({ traceId }) => textOf(traceId)));
  const calls = new Map<string, string>();
  for (const { traceId, spans } of traces) {
    if (!logged.has(traceId)) continue;
    for (const entry of spans.list()) {
      const record = entry.kind === 'llm' ? recordOf(entry, traceId) : null;
      const request = record && textOf(attributeMap(record.attributes).get('request_id'));
      if (request) calls.set(`${traceId} ${request}`, entry.spanId);
    }
  }
  return logs.map((log) => {
    const request = requests.get(log);
    const spanId = request === undefined ? undefined : calls.get(`${textOf(log.traceId)} ${request}`);
    return spanId === undefined ? log : { ...log, spanId };
  });
}

/** What Claude Code logs of a request as a whole; what it logs of tools names the request that asked for them, too. */
const REQUEST_EVENT = /(?:^|\.)(?:api_request|api_error|api_request_body|api_response_body|assistant_response)$/;

/** Of the only call of these tokens during which they were written. */
function byTokens(logs: readonly LogRecord[], traces: readonly LoggedTrace[]): readonly LogRecord[] {
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

const isAnswer = (log: LogRecord): boolean =>
  textOf(log.spanId) === null && nameOf(log)?.endsWith('.api_response') === true;

const nameOf = ({ name, attributes }: LogRecord): string | null =>
  textOf(name) ?? textOf(attributeMap(attributes).get('event.name'));
