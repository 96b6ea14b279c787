import { SPAN_FLAGS } from './codes.ts';
import type { DiagnosticLog } from './diagnostics.ts';
import type { Trace } from './types.ts';

/** Reports every flag of every span under the code that it stands for. */
export function reportFlags(trace: Trace, log: DiagnosticLog): void {
  const codes = Object.entries(SPAN_FLAGS);
  const { flags } = trace.columns;
  for (let index = 0; index < flags.length; index += 1) {
    if (flags[index] === 0) continue;
    const { key } = trace.span(index);
    for (const [code, bit] of codes) if ((flags[index]! & bit) !== 0) log.report(code, { key });
  }
}
