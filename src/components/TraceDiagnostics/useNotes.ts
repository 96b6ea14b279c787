'use client';
import { useMemo } from 'react';
import { useAfterRows } from '../TraceGrid/useAfterRows.ts';
import { traceDiagnostics } from '../../analysis/traces/traceDiagnostics.ts';
import { useTrace } from '../../hooks/useTrace.ts';
import { SPAN_FLAGS } from '../../model/codes.ts';
import type { Diagnostic } from '../../model/types.ts';

/**
 * What concerns the shown trace: notes of reading on it or on no trace in particular, then the notes on its own spans,
 * which are exact whatever else the set holds.
 */
export function useNotes(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const trace = useTrace();
  const afterRows = useAfterRows(trace);
  return useMemo(() => {
    if (!trace) return diagnostics;
    const prefix = `${trace.key}/`;
    const read = diagnostics.flatMap((note) => {
      if (Object.hasOwn(SPAN_FLAGS, note.code)) return [];
      const keys = note.keys?.filter((key) => key.startsWith(prefix));
      if (keys === undefined || keys.length === note.keys?.length) return [note];
      return keys.length === 0 ? [] : [{ ...note, keys, count: keys.length }];
    });
    return afterRows ? [...read, ...traceDiagnostics(trace)] : read;
  }, [trace, diagnostics, afterRows]);
}
