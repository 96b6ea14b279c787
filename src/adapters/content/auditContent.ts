import { createDiagnosticLog } from '../../model/diagnostics.ts';
import { answerOf, remoteOf } from '../../model/remote.ts';
import type { Diagnostic, TraceSet } from '../../model/types.ts';
import { createTimeSlices } from '../../model/timeSlices.ts';

/**
 * Opens every span of a set and gives what only shows then, grouped: `bad-attribute`, `bad-number`,
 * `index-out-of-range`, `list-conflict`, `image-blocked`. Nothing is kept of what was opened. Rests between slices, so
 * that the page stays alive; rejects with the signal's reason when aborted, with nothing else.
 */
export async function auditContent(
  set: TraceSet,
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<readonly Diagnostic[]> {
  const yieldTurn = createTimeSlices({ budget: 20, signal });
  const log = createDiagnosticLog();
  for (const trace of set.traces) {
    const remote = remoteOf(trace);
    if (remote) {
      const found = (await answerOf(remote, 'audit', null, signal)) as readonly Diagnostic[];
      for (const diagnostic of found) log.add(diagnostic);
      continue;
    }
    for (let index = 0; index < trace.spanCount; index += 1) {
      const opened = trace.content(index);
      const { diagnostics = [] } = opened instanceof Promise ? await opened : opened;
      // Paths differ from span to span; what is equal but for the path is one note.
      for (const { path: _, ...diagnostic } of diagnostics) log.add(diagnostic);
      await yieldTurn();
    }
  }
  return log.list();
}
