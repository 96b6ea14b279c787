import { createDiagnosticLog } from '../../model/diagnostics.ts';
import { reportFlags } from '../../model/build/reportFlags.ts';
import { isStep } from '../../model/build/steps.ts';
import type { Diagnostic } from '../../model/types.ts';
import { ledger } from '../amounts/ledger.ts';
import { perTraceInSteps, type PreparedAnswer } from '../memo.ts';

/**
 * The notes on the spans of one trace: what was repaired in reading them, and where amounts disagree with those below
 * (`usage-conflict`), or are recorded twice (`counted-once`).
 */
export const traceDiagnostics: PreparedAnswer<readonly Diagnostic[]> = perTraceInSteps(function* (trace) {
  const log = createDiagnosticLog();
  yield* reportFlags(trace, log);
  const { conflicts, countedOnce } = yield* ledger.inSteps(trace);
  for (const [place, { key }] of conflicts.entries()) {
    if (isStep(place)) yield;
    log.report('usage-conflict', { key });
  }
  for (const { key } of countedOnce) log.report('counted-once', { key });
  return log.list();
});
