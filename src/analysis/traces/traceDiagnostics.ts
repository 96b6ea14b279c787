import { createDiagnosticLog } from '../../model/diagnostics.ts';
import { reportFlags } from '../../model/build/reportFlags.ts';
import type { Diagnostic, Trace } from '../../model/types.ts';
import { ledger } from '../amounts/ledger.ts';
import { perTrace } from '../memo.ts';

/**
 * The notes on the spans of one trace: what was repaired in reading them, and where amounts disagree with those below
 * (`usage-conflict`), or are recorded twice (`counted-once`).
 */
export const traceDiagnostics: (trace: Trace) => readonly Diagnostic[] = perTrace((trace) => {
  const log = createDiagnosticLog();
  reportFlags(trace, log);
  for (const { key } of ledger(trace).conflicts) log.report('usage-conflict', { key });
  for (const { key } of ledger(trace).countedOnce) log.report('counted-once', { key });
  return log.list();
});
