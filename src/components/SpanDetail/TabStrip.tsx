'use client';
import { useId, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { useBrowserLayoutEffect } from '../../hooks/useBrowserLayoutEffect.ts';
import { isRightToLeft } from '../../hooks/writingDirection.ts';
import { ownValue } from '../../model/ownValue.ts';

/** Ids of elements, by the id of a panel: tabs and panel speak of each other. */
export interface PanelIds {
  tab(panel: string): string;
  readonly panel: string;
}

export function usePanelIds(): PanelIds {
  const id = useId();
  return { tab: (panel) => `${id}-tab-${panel}`, panel: `${id}-panel` };
}

export interface Tab {
  readonly id: string;
  readonly title: string;
  /** Beside the title: a number, a word. */
  readonly note?: ReactNode;
}

interface TabStripProps {
  /** Of the panel and its tabs; a choice has none. */
  readonly ids?: PanelIds;
  readonly tabs: readonly Tab[];
  /** Id of the one that is shown. */
  readonly current: string | undefined;
  onChoose(id: string): void;
  /**
   * What is chosen among, where it is a choice (`radiogroup`): views of one thing, beside the tabs of a panel that have
   * their own. @default tabs of a panel
   */
  readonly choiceOf?: string;
  /** Down leads from the tabs into what they show. */
  onDown?: () => void;
}

/** Tabs in one line, which scrolls where they do not fit. The arrow keys, Home and End go from one to another. */
export function TabStrip({ ids, tabs, current, onChoose, choiceOf, onDown }: TabStripProps) {
  const strip = useRef<HTMLDivElement>(null);
  /** What comes later makes tabs wider. */
  const shape = tabs.map(({ id, note }) => (note ? `${id} +` : id)).join();
  useBrowserLayoutEffect(() => {
    // After the layout that there will be anyway, and before it is painted: to ask now would cost another one.
    const watch = new ResizeObserver(([entry]) => {
      watch.disconnect();
      const tab = entry!.target.querySelector<HTMLElement>('[tabindex="0"]');
      if (tab) showInStrip(entry!.target, tab);
    });
    watch.observe(strip.current!);
    return () => watch.disconnect();
  }, [current, shape]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (onDown && event.key === 'ArrowDown') {
      event.preventDefault();
      event.stopPropagation();
      return onDown();
    }
    const right = isRightToLeft(event.currentTarget) ? -1 : 1;
    const at = tabs.findIndex(({ id }) => id === current);
    const to = ownValue({ ArrowRight: at + right, ArrowLeft: at - right, Home: 0, End: tabs.length - 1 }, event.key);
    if (to === undefined || at === -1) return;
    event.preventDefault();
    event.stopPropagation();
    const place = (to + tabs.length) % tabs.length;
    onChoose(tabs[place]!.id);
    (strip.current?.children[place] as HTMLElement | undefined)?.focus({ preventScroll: true });
  };
  return (
    <div ref={strip} role={choiceOf === undefined ? 'tablist' : 'radiogroup'} aria-label={choiceOf} className="tv-tabs">
      {tabs.map(({ id, title, note }) => (
        <button
          key={id}
          type="button"
          {...(choiceOf === undefined
            ? { role: 'tab', id: ids?.tab(id), 'aria-controls': ids?.panel, 'aria-selected': id === current }
            : { role: 'radio', 'aria-checked': id === current })}
          tabIndex={id === current ? 0 : -1}
          onClick={() => onChoose(id)}
          onKeyDown={onKeyDown}
        >
          {title}
          {note}
        </button>
      ))}
    </div>
  );
}

/** Room beside the tab that is brought in: there is more. */
const BESIDE = 28;

/** Scrolls the strip and nothing else. */
function showInStrip(strip: Element, tab: HTMLElement): void {
  const frame = strip.getBoundingClientRect();
  const { left, right } = tab.getBoundingClientRect();
  if (left < frame.left + BESIDE) strip.scrollLeft -= frame.left + BESIDE - left;
  else if (right > frame.right - BESIDE) strip.scrollLeft += right - frame.right + BESIDE;
}
