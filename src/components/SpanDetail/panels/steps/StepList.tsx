'use client';
import { useTraceContext } from '../../../../hooks/context/TraceContext.ts';
import type { Nanos, Trace } from '../../../../model/types.ts';
import { KindGlyph, Sign } from '../../../parts/icons.tsx';
import { WindowedList } from '../../../parts/WindowedList.tsx';
import { recordedText } from '../../../text/recordedText.tsx';
import { stepWords } from '../../../text/stepWords.ts';

interface StepListProps {
  readonly trace: Trace;
  readonly label: string;
  /** Spans, by index. */
  readonly steps: readonly number[];
  /** From when on their times count. */
  readonly since: Nanos;
}

/** Steps one below the other, each of which leads to its span. */
export function StepList({ trace, label, steps, since }: StepListProps) {
  return (
    <WindowedList
      label={label}
      className="tv-steps"
      count={steps.length}
      estimate={26}
      keyOf={(at) => steps[at]!}
      renderEntry={(at) => <Step trace={trace} index={steps[at]!} since={since} />}
    />
  );
}

function Step({ trace, index, since }: Pick<StepListProps, 'trace' | 'since'> & { readonly index: number }) {
  const { store, format, labels } = useTraceContext();
  const { key, kind, name, model, status, duration, start, startUnixNano } = trace.span(index);
  const began = startUnixNano === null ? labels.noStart : `+${format.duration(Math.max(0, start - since))}`;
  return (
    <button type="button" className="tv-step" data-kind={kind} onClick={() => store.actions.select(key)}>
      <KindGlyph kind={kind} />
      <bdi>{recordedText(name, true) || '—'}</bdi>
      {model === null || name.includes(model) ? null : <bdi className="tv-faint">{recordedText(model, true)}</bdi>}
      {status === 'error' ? (
        <span className="tv-badge" data-tone="error">
          <Sign name="error" size={10} />
          {labels.error}
        </span>
      ) : null}
      <span className="tv-aside">
        {stepWords(trace, index, format, labels) ?? `${began} · ${format.duration(duration)}`}
      </span>
    </button>
  );
}
