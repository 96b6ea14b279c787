'use client';
import { useRef, useState } from 'react';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import type { FindingsList } from '../../store/viewPieces.ts';
import { Sign } from '../parts/icons.tsx';
import { TraceFindings } from './TraceFindings.tsx';
import { TraceSpeedups } from './TraceSpeedups.tsx';
import { useKnownFindings } from './useFindings.ts';
import { useLaterLabels } from './useLaterLabels.ts';

const LISTS: readonly FindingsList[] = ['findings', 'speedups'];

/**
 * Over the rows: what is to know, or what is worth speeding up. A list that was open before it was known keeps the room
 * that it began with, so that rows stay where they are.
 */
export function FindingsPanel({ list }: { readonly list: FindingsList }) {
  const { store } = useTraceContext();
  const labels = useLaterLabels();
  const found = useKnownFindings();
  const [early] = useState(found === null);
  const tabs = useRef<HTMLDivElement>(null);
  return (
    <div className="tv-findings-panel" data-early={early || undefined} data-trace-part="findings-panel">
      <div className="tv-findings-top">
        <div ref={tabs} role="tablist" aria-label={labels.findings} className="tv-findings-tabs">
          {LISTS.map((each, place) => (
            <button
              key={each}
              type="button"
              role="tab"
              aria-selected={each === list}
              tabIndex={each === list ? 0 : -1}
              onClick={() => store.actions.showFindings(each)}
              onKeyDown={({ key }) => {
                if (key !== 'ArrowLeft' && key !== 'ArrowRight') return;
                const other = LISTS[1 - place]!;
                store.actions.showFindings(other);
                tabs.current?.querySelectorAll('button')[1 - place]?.focus();
              }}
            >
              {labels[each]}
            </button>
          ))}
        </div>
        <button
          type="button"
          className="tv-button tv-icon tv-small"
          aria-label={labels.closeFindings}
          onClick={() => {
            store.actions.showFindings(null);
            store.actions.focusGrid();
          }}
        >
          <Sign name="close" size={10} />
        </button>
      </div>
      <div role="tabpanel" aria-label={labels[list]} className="tv-findings-body">
        {list === 'findings' ? <TraceFindings /> : <TraceSpeedups />}
      </div>
    </div>
  );
}
