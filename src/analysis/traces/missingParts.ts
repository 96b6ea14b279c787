import type { Diagnostic, Trace } from '../../model/types.ts';

/** What says that there is more than what was read: the file was cut off, only a page of it is there, parts were left out. */
const MISSING: ReadonlySet<string> = new Set([
  'truncated-json',
  'partial-page',
  'limit-dropped',
  'too-large',
  'empty-input',
  'not-json',
  'unknown-format',
  'mixed-format',
  'bad-line',
  'bad-token',
  'span-not-object',
]);

const RANKS: Readonly<Record<Diagnostic['severity'], number>> = { error: 0, warning: 1, info: 2 };

/**
 * Those notes of reading (`TraceSet.diagnostics`) by which spans of a trace may be missing, the worst first. Where there
 * is any, sums over the trace are lower limits. Notes about spans of other traces alone are left out.
 */
export function missingParts(diagnostics: readonly Diagnostic[], trace: Trace): readonly Diagnostic[] {
  const prefix = `${trace.key}/`;
  return diagnostics
    .filter(
      ({ code, keys = [] }) => MISSING.has(code) && (keys.length === 0 || keys.some((key) => key.startsWith(prefix))),
    )
    .sort((a, b) => RANKS[a.severity] - RANKS[b.severity]);
}
