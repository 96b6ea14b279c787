'use client';
import { useRef, type KeyboardEvent } from 'react';
import { useBrowserLayoutEffect } from '../../hooks/useBrowserLayoutEffect.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { towardsWider, useEdgeDrag } from '../parts/useEdgeDrag.ts';
import { ownValue } from '../../model/ownValue.ts';

const LEAST = 320;
/** Share of the viewer that the details take at most; the stylesheet says the same. */
const MOST = 0.6;
const STEP = 16;
const FAR = 64;

/**
 * The edge between rows and the details behind it: dragging or the arrow keys move it. Meanwhile only a custom property
 * of the viewer changes, no React commit.
 */
export function DetailEdge() {
  const { store, labels } = useTraceContext();
  const separator = useRef<HTMLSpanElement>(null);

  useBrowserLayoutEffect(() => {
    const edge = separator.current!;
    const say = (name: string, value: number): void => edge.setAttribute(name, String(value));
    // It tells of the sizes that there are before they are painted; to ask for them now would cost a layout.
    const watch = new ResizeObserver((sizes) => {
      for (const { target, contentRect, borderBoxSize } of sizes) {
        if (target === edge.parentElement) {
          say('aria-valuemax', mostOf(contentRect.width));
        } else {
          const now = Math.round(borderBoxSize[0]!.inlineSize);
          say('aria-valuemin', Math.min(LEAST, now));
          say('aria-valuenow', now);
        }
      }
    });
    for (const element of [edge.parentElement, edge.nextElementSibling]) if (element) watch.observe(element);
    return () => watch.disconnect();
  }, []);

  const clamp = (wanted: number, element: HTMLElement): number =>
    Math.round(Math.max(LEAST, Math.min(wanted, mostFor(element))));
  const handlers = useEdgeDrag({
    side: 'start',
    widthNow: widthBehind,
    clamp,
    show,
    commit: (_, width) => store.actions.setDetailWidth(width),
    cancel: (element) => show(element, store.getState().detailWidth),
  });
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const now = widthBehind(event.currentTarget);
    const by = (event.shiftKey ? FAR : STEP) * towardsWider(event.currentTarget, 'start');
    const wanted = ownValue({ ArrowRight: now + by, ArrowLeft: now - by, Home: LEAST, End: Infinity }, event.key);
    if (wanted === undefined && event.key !== 'Enter') return;
    event.preventDefault();
    event.stopPropagation();
    store.actions.setDetailWidth(wanted === undefined ? null : clamp(wanted, event.currentTarget));
  };
  return (
    // A separator that can be moved is a control (ARIA 1.2, separator). Its numbers are written as they are measured;
    // React leaves them alone.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <span
      ref={separator}
      role="separator"
      className="tv-detail-edge"
      aria-orientation="vertical"
      aria-label={labels.detailWidth}
      aria-valuenow={0}
      aria-valuemin={0}
      aria-valuemax={0}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      {...handlers}
      onDoubleClick={() => store.actions.setDetailWidth(null)}
      onKeyDown={onKeyDown}
    />
  );
}

const widthBehind = (edge: HTMLElement): number => edge.nextElementSibling?.getBoundingClientRect().width ?? 0;
const mostOf = (room: number): number => Math.floor(room * MOST);
const mostFor = (edge: HTMLElement): number => mostOf(edge.parentElement?.clientWidth ?? 0);

function show(edge: HTMLElement, width: number | null): void {
  const { style } = edge.closest<HTMLElement>('.tv-viewer')!;
  if (width === null) style.removeProperty('--tv-detail');
  else style.setProperty('--tv-detail', `${width}px`);
}
