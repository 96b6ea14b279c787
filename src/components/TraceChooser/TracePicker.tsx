'use client';
import { wholeLength } from '../../analysis/traces/knownTimes.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { plainText } from '../text/recordedText.tsx';
import type { Trace } from '../../model/types.ts';

interface TracePickerProps {
  readonly traces: readonly Trace[];
  readonly shown: Trace;
  readonly onChoose: (key: string) => void;
}

/** Chooses among the traces of a file that holds several. */
export function TracePicker({ traces, shown, onChoose }: TracePickerProps) {
  const { format, labels } = useTraceContext();
  return (
    <select
      className="tv-picker"
      aria-label={labels.chooseTrace}
      value={shown.key}
      onChange={(event) => onChoose(event.target.value)}
    >
      {traces.map((trace, place) => (
        <option key={trace.key} value={trace.key}>
          {[
            `${place + 1}/${traces.length}`,
            plainText(trace.name).slice(0, 60) || '—',
            Number.isNaN(wholeLength(trace)) ? labels.noTimes : format.duration(trace.end),
          ].join(' · ')}
        </option>
      ))}
    </select>
  );
}
