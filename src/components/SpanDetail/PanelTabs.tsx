'use client';
import { forwardRef, useId, useRef, type KeyboardEvent } from 'react';
import { useBrowserLayoutEffect } from '../../hooks/useBrowserLayoutEffect.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { isRightToLeft } from '../../hooks/writingDirection.ts';
import type { Span, SpanContent } from '../../model/types.ts';
import { ownValue } from '../../model/ownValue.ts';
import { Sign } from '../parts/icons.tsx';
import { askHost } from '../parts/Slot.tsx';
import type { Panel } from '../types.ts';
import { CopyMenu } from './CopyMenu.tsx';

/** Ids of elements, by the id of a panel: tabs and panel speak of each other. */
export interface PanelIds {
  tab(panel: string): string;
  readonly panel: string;
}

export function usePanelIds(): PanelIds {
  const id = useId();
  return { tab: (panel) => `${id}-tab-${panel}`, panel: `${id}-panel` };
}

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

/** The tabs in one line, which scrolls where they do not fit, and what can be done with the details. */
export const PanelTabs = forwardRef<HTMLDivElement, PanelTabsProps>(function PanelTabs(
  { ids, span, content, panels, current, counts, onChoose, onFind },
  ref,
) {
  const { labels, format } = useTraceContext();
  const strip = useRef<HTMLDivElement>(null);
  useBrowserLayoutEffect(() => {
    const tab = strip.current?.querySelector<HTMLElement>('[aria-selected="true"]');
    if (tab) showInStrip(strip.current!, tab);
  }, [current?.id]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!current) return;
    const right = isRightToLeft(event.currentTarget) ? -1 : 1;
    const at = panels.indexOf(current);
    const to = ownValue({ ArrowRight: at + right, ArrowLeft: at - right, Home: 0, End: panels.length - 1 }, event.key);
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const place = (to + panels.length) % panels.length;
    onChoose(panels[place]!.id);
    (strip.current?.children[place] as HTMLElement | undefined)?.focus({ preventScroll: true });
  };
  return (
    <div ref={ref} className="tv-tab-line">
      <div ref={strip} role="tablist" className="tv-tabs">
        {panels.map((panel) => {
          const count = askHost(() => panel.count?.(span, content) ?? null, null);
          const found = counts.get(panel.id);
          return (
            <button
              key={panel.id}
              type="button"
              role="tab"
              id={ids.tab(panel.id)}
              aria-controls={ids.panel}
              aria-selected={panel === current}
              tabIndex={panel === current ? 0 : -1}
              onClick={() => onChoose(panel.id)}
              onKeyDown={onKeyDown}
            >
              {panel.title}
              {count === null ? null : <small>{format.count(count)}</small>}
              {found === undefined ? null : (
                <i className="tv-tab-found" title={labels.found(format.count(found))}>
                  <span className="tv-visually-hidden">{labels.found(format.count(found))}</span>
                </i>
              )}
            </button>
          );
        })}
      </div>
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
        <CopyMenu span={span} />
      </span>
    </div>
  );
});

/** Room beside the tab that is brought in: there is more. */
const BESIDE = 28;

/** Scrolls the strip and nothing else. */
function showInStrip(strip: HTMLElement, tab: HTMLElement): void {
  const frame = strip.getBoundingClientRect();
  const { left, right } = tab.getBoundingClientRect();
  if (left < frame.left + BESIDE) strip.scrollLeft -= frame.left + BESIDE - left;
  else if (right > frame.right - BESIDE) strip.scrollLeft += right - frame.right + BESIDE;
}
