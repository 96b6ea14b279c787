import { SPAN_FLAGS } from '../model/codes.ts';
import { createDiagnosticLog } from '../model/diagnostics.ts';
import type { Diagnostic, Trace } from '../model/types.ts';
import { ledger } from './ledger.ts';
import { perTrace } from './memo.ts';

/** The notes on the spans of one trace: what was repaired in reading them, and where amounts disagree with those below (`usage-conflict`). */
export const traceDiagnostics: (trace: Trace) => readonly Diagnostic[] = perTrace((trace) => {
  const log = createDiagnosticLog();
  const codes = Object.entries(SPAN_FLAGS);
  const { flags } = trace.columns;
  for (let index = 0; index < flags.length; index += 1) {
    if (flags[index] === 0) continue;
    const { key } = trace.span(index);
    for (const [code, bit] of codes) if ((flags[index]! & bit) !== 0) log.report(code, { key });
  }
  for (const { key } of ledger(trace).conflicts) log.report('usage-conflict', { key });
  return log.list();
});
