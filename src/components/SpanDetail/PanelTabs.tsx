'use client';
import { forwardRef } from 'react';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import type { Span, SpanContent } from '../../model/types.ts';
import { Sign } from '../parts/icons.tsx';
import { askHost } from '../parts/Slot.tsx';
import type { Panel } from '../types.ts';
import { CompareMenu } from './CompareMenu.tsx';
import { CopyMenu } from './CopyMenu.tsx';
import { TabStrip, type PanelIds } from './TabStrip.tsx';

interface PanelTabsProps {
  readonly ids: PanelIds;
  readonly span: Span;
  readonly content: SpanContent;
  readonly panels: readonly Panel[];
  readonly current: Panel | undefined;
  /** Matches of what is looked for, by panel. */
  readonly counts: ReadonlyMap<string, number>;
  onChoose(id: string): void;
  onFind(): void;
}

/** The tabs of a span, and what can be done with the details. */
export const PanelTabs = forwardRef<HTMLDivElement, PanelTabsProps>(function PanelTabs(
  { ids, span, content, panels, current, counts, onChoose, onFind },
  ref,
) {
  const { labels, format } = useTraceContext();
  const tabs = panels.map((panel) => {
    const count = askHost(() => panel.count?.(span, content) ?? null, null);
    const found = counts.get(panel.id);
    return {
      id: panel.id,
      title: panel.title,
      note: (
        <>
          {count === null ? null : <small>{format.count(count)}</small>}
          {found === undefined ? null : (
            <i className="tv-tab-found" title={labels.found(format.count(found))}>
              <span className="tv-visually-hidden">{labels.found(format.count(found))}</span>
            </i>
          )}
        </>
      ),
    };
  });
  return (
    <div ref={ref} className="tv-tab-line">
      <TabStrip ids={ids} tabs={tabs} current={current?.id} onChoose={onChoose} />
      <span className="tv-tab-tools">
        <button
          type="button"
          className="tv-button tv-icon tv-small"
          aria-label={labels.findInDetail}
          title={labels.findInDetail}
          onClick={onFind}
        >
          <Sign name="search" size={11} />
        </button>
        <CompareMenu span={span} />
        <CopyMenu span={span} />
      </span>
    </div>
  );
});
