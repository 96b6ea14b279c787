'use client';
import { useEffect, useRef } from 'react';
import { chosenValues, toggled, withValues } from '../../analysis/query/complete/chosenValues.ts';
import { foldCase } from '../../analysis/query/match/literalText.ts';
import { valueCounts } from '../../analysis/query/complete/valueCounts.ts';
import { useBrowserLayoutEffect } from '../../hooks/useBrowserLayoutEffect.ts';
import { useKinds } from '../../hooks/context/HostLookContext.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { useTrace } from '../../hooks/useTrace.ts';
import { useTraceStore } from '../../hooks/useTraceStore.ts';
import { KindGlyph, Sign } from '../parts/icons.tsx';
import { keepInside } from '../menu/keepInside.ts';
import { recordedText } from '../text/recordedText.tsx';
import type { FilterMenuProps } from './FilterMenu.tsx';
import { ownValue } from '../../model/ownValue.ts';

/** So many values are offered: more are found by typing. */
const MOST = 200;

/** The values that a field has in the trace, each with its number of spans, most first. */
export function FilterDialog({ field, onClose }: FilterMenuProps & { onClose(): void }) {
  const {
    store: { actions },
    labels,
    format,
  } = useTraceContext();
  const trace = useTrace();
  const kinds = useKinds(undefined);
  const asked = useTraceStore((state) => state.asked);
  const dialog = useRef<HTMLDivElement>(null);
  const chosen = chosenValues(asked, field);
  const isChosen = new Set(chosen.map(foldCase));

  useBrowserLayoutEffect(() => keepInside(dialog.current!), []);
  useEffect(() => dialog.current!.querySelector<HTMLElement>('input, button')!.focus({ preventScroll: true }), []);

  const choose = (values: readonly string[]): void => actions.setQuery(withValues(asked, field, values));
  return (
    <div
      ref={dialog}
      role="dialog"
      aria-label={field === 'kind' ? labels.kindColumn : labels.serviceColumn}
      className="tv-columns tv-filter"
    >
      <ul>
        {(trace ? valueCounts(trace).valuesOf(field) : []).slice(0, MOST).map(({ value, count }) => (
          <li key={value}>
            <label data-kind={field === 'kind' ? value : undefined}>
              <input
                type="checkbox"
                checked={isChosen.has(foldCase(value))}
                onChange={() => choose(toggled(chosen, value))}
              />
              {field === 'kind' ? <KindGlyph kind={value} glyph={ownValue(kinds, value)?.glyph} /> : null}
              <bdi className="tv-word">
                {field === 'kind' ? (ownValue(kinds, value)?.label ?? labels.kind(value)) : recordedText(value, true)}
              </bdi>
              <span className="tv-faint">{format.count(count ?? 0)}</span>
            </label>
          </li>
        ))}
      </ul>
      <div className="tv-columns-end">
        <button
          type="button"
          className="tv-button"
          disabled={chosen.length === 0}
          onClick={() => {
            choose([]);
            dialog.current?.querySelector<HTMLElement>('input, button')?.focus();
          }}
        >
          {labels.clearFilter}
        </button>
        <button type="button" className="tv-button tv-line" onClick={onClose}>
          <Sign name="close" size={9} />
          {labels.close}
        </button>
      </div>
    </div>
  );
}
