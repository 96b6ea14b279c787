'use client';
import { soon } from '../../../analysis/steps.ts';
import { useTraceContext } from '../../../hooks/context/TraceContext.ts';
import type { ValueView } from '../../../store/types.ts';
import { Sign } from '../../parts/icons.tsx';
import { useCopy } from '../../parts/useCopy.ts';
import { valueText } from './valueText.ts';

interface ValueToolsProps {
  readonly value: unknown;
  readonly views: readonly ValueView[];
  readonly view: ValueView;
  readonly whitespace: boolean;
  onView(view: ValueView): void;
  onWhitespace(): void;
}

/** How a value is looked at, and the way to copy it. Out of the way until somebody is there. */
export function ValueTools({ value, views, view, whitespace, onView, onWhitespace }: ValueToolsProps) {
  const { labels } = useTraceContext();
  const copy = useCopy();
  return (
    <div className="tv-value-tools">
      <div>
        {views.length > 1 ? (
          <select
            className="tv-button tv-small"
            aria-label={labels.showAs}
            value={view}
            onChange={(event) => onView(event.currentTarget.value as ValueView)}
          >
            {views.map((each) => (
              <option key={each} value={each}>
                {labels.valueView(each)}
              </option>
            ))}
          </select>
        ) : null}
        {view === 'text' || view === 'code' ? (
          <button
            type="button"
            className="tv-button tv-icon tv-small"
            aria-label={labels.whitespace}
            title={labels.whitespace}
            aria-pressed={whitespace}
            onClick={onWhitespace}
          >
            ¶
          </button>
        ) : null}
        <button
          type="button"
          className="tv-button tv-icon tv-small"
          aria-label={labels.copyValue}
          title={labels.copyValue}
          onClick={() => void copy(soon(valueText(value)), labels.valueCopied)}
        >
          <Sign name="copy" size={11} />
        </button>
      </div>
    </div>
  );
}
