import { DIAGNOSTICS } from '../model/diagnostics.ts';
import type { Diagnostic, Trace } from '../model/types.ts';
import { ledger } from './ledger.ts';
import { perTrace } from './memo.ts';

const KEYS_AT_MOST = 1000;

/** What only shows when a trace is added up: spans whose amounts disagree with the spans below them (`usage-conflict`). */
export const traceDiagnostics: (trace: Trace) => readonly Diagnostic[] = perTrace((trace) => {
  const { conflicts } = ledger(trace);
  if (conflicts.length === 0) return [];
  const [severity, message] = DIAGNOSTICS['usage-conflict']!;
  return [{ code: 'usage-conflict', severity, message, count: conflicts.length, keys: conflicts.slice(0, KEYS_AT_MOST).map(({ key }) => key) }];
});
