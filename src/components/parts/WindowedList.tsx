'use client';
import { defaultRangeExtractor, useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import {
  createContext,
  forwardRef,
  useContext,
  useImperativeHandle,
  useRef,
  useState,
  type FocusEvent,
  type ForwardedRef,
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
} from 'react';
import { useBrowserLayoutEffect } from '../../hooks/useBrowserLayoutEffect.ts';
import { entryWith, useReveal } from '../../hooks/context/FindContext.ts';
import { bringIntoView, scrollerOf } from './scroller.ts';

export interface WindowedListProps {
  readonly count: number;
  renderEntry(at: number): ReactNode;
  /** What an entry is known by while the list changes. @default its place */
  keyOf?(at: number): string | number;
  /** Pixels that an entry takes before it is measured. @default 28 */
  readonly estimate?: number | ((at: number) => number);
  /** Place of the whole list in `SpanContent`, so that find scrolls to its entries; needs `idOf`. */
  readonly id?: string;
  /** Place of an entry in `SpanContent`: `messages.input[3]`. */
  idOf?(at: number): string;
  /**
   * What the list is to those who listen. `none` for the lines of one text, `feed` where the keyboard goes from entry to
   * entry. @default 'list'
   */
  readonly role?: 'list' | 'table' | 'tree' | 'feed' | 'none';
  readonly label?: string;
  readonly className?: string;
  /** An entry that stays, wherever the list is scrolled: where the keyboard is. */
  readonly kept?: number | null;
  /** More of its element: attributes of a tree item by its place. */
  entryProps?(at: number): Readonly<Record<string, string | number | boolean | undefined>>;
  onKeyDown?(event: KeyboardEvent<HTMLElement>): void;
}

export interface WindowedListRef {
  scrollTo(at: number, align?: 'start' | 'center' | 'auto'): void;
  /** Puts the keyboard on an entry, wherever it is. */
  focusEntry(at: number): void;
}

/** So many entries are simply there: they can be printed, and found by the browser. */
const WHOLE_AT_MOST = 30;
/** Inside another list, who moves is decided by the one outside. */
const InsideList = createContext(false);

const ENTRY_ROLES = { list: 'listitem', table: 'row', tree: 'treeitem', feed: 'article', none: undefined } as const;

/**
 * A list of any length of which only what is in view, and a little around it, is in the page. It scrolls with what is
 * around it, so several of them, and one inside another, make one long page. Entries are measured. The keyboard gets
 * everywhere: entries around the focus are there, and the one that has it stays.
 */
export const WindowedList = forwardRef<WindowedListRef, WindowedListProps>(function WindowedList(props, ref) {
  return props.count <= WHOLE_AT_MOST ? <Whole {...props} handle={ref} /> : <Windowed {...props} handle={ref} />;
});

type Handle = ForwardedRef<WindowedListRef>;

function Whole({ handle, ...props }: WindowedListProps & { readonly handle: Handle }) {
  const { count, keyOf = itself, renderEntry } = props;
  const list = useRef<HTMLDivElement>(null);
  useImperativeHandle(
    handle,
    () => ({
      scrollTo(at) {
        const entry = list.current?.children[at];
        if (entry) bringIntoView(entry);
      },
      focusEntry: (at) => (list.current?.children[at] as HTMLElement | undefined)?.focus(),
    }),
    [],
  );
  return (
    <div ref={list} {...listProps(props)}>
      {Array.from({ length: count }, (_, at) => (
        <div key={keyOf(at)} className="tv-entry" {...entryAttributes(props, at)}>
          {renderEntry(at)}
        </div>
      ))}
    </div>
  );
}

function Windowed({ handle, ...props }: WindowedListProps & { readonly handle: Handle }) {
  'use no memo'; // useVirtualizer hands out one object that changes inside
  const { count, keyOf = itself, estimate = 28, id, idOf, kept = null, renderEntry } = props;
  const list = useRef<HTMLDivElement>(null);
  const isInside = useContext(InsideList);
  const [focused, setFocused] = useState<number | null>(null);
  const [wish, setWish] = useState<{ readonly at: number; readonly align: 'start' | 'center' | 'auto' } | null>(null);
  const [takesFocus, setTakesFocus] = useState<{ readonly at: number } | null>(null);
  const [scroller, margin] = useScroller(list);
  const stays = [kept, focused].filter((at): at is number => at !== null && at < count);
  const virtualizer = useVirtualizer<Element, HTMLDivElement>({
    count,
    getScrollElement: () => scroller,
    estimateSize: typeof estimate === 'number' ? () => estimate : estimate,
    getItemKey: keyOf,
    scrollMargin: margin,
    overscan: 4,
    initialRect: { width: 400, height: 600 },
    rangeExtractor: (range) => {
      const shown = defaultRangeExtractor(range);
      const missing = stays.filter((at) => !shown.includes(at));
      return missing.length === 0 ? shown : [...new Set([...shown, ...missing])].sort((a, b) => a - b);
    },
  });
  virtualizer.shouldAdjustScrollPositionOnItemSizeChange = ({ key, start, end }, _, instance) => {
    const offset = instance.scrollOffset ?? 0;
    if (isInside && margin + instance.getTotalSize() <= offset) return false;
    return instance.itemSizeCache.has(key) ? end <= offset : start < offset;
  };
  const reveal = useReveal(id);
  useBrowserLayoutEffect(() => {
    const at = reveal && idOf ? entryWith(reveal.match.source, count, idOf) : -1;
    if (scroller && at !== -1) scrollInto(virtualizer, at);
    // Only a new wish scrolls.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [reveal, scroller]);
  useImperativeHandle(
    handle,
    () => ({
      scrollTo: (at, align = 'auto') => setWish({ at, align }),
      focusEntry(at) {
        setFocused(at);
        setTakesFocus({ at });
      },
    }),
    [],
  );
  // It may be asked for before it is known what scrolls.
  useBrowserLayoutEffect(() => {
    if (!wish || !scroller) return;
    virtualizer.scrollToIndex(wish.at, { align: wish.align });
    setWish(null);
  }, [wish, scroller, virtualizer]);
  // An entry out of view is drawn first.
  useBrowserLayoutEffect(() => {
    if (!takesFocus) return;
    const entry = list.current?.querySelector<HTMLElement>(`:scope > [data-index="${takesFocus.at}"]`);
    if (!entry) return;
    entry.focus({ preventScroll: true });
    bringIntoView(entry);
    setTakesFocus(null);
  }, [takesFocus]);
  const onFocus = ({ target }: FocusEvent<HTMLElement>): void => {
    const entry = target.closest<HTMLElement>('.tv-entry');
    if (entry?.parentElement === list.current) setFocused(Number(entry.dataset['index']));
  };
  return (
    <InsideList.Provider value>
      <div
        ref={list}
        {...listProps(props)}
        data-windowed=""
        style={{ height: virtualizer.getTotalSize() }}
        onFocus={onFocus}
        onBlur={() => setFocused(null)}
      >
        {virtualizer.getVirtualItems().map(({ index, key, start }) => (
          <div
            key={key}
            ref={virtualizer.measureElement}
            data-index={index}
            className="tv-entry"
            style={{ top: start - margin }}
            {...entryAttributes(props, index)}
          >
            {renderEntry(index)}
          </div>
        ))}
      </div>
    </InsideList.Provider>
  );
}

const itself = (at: number): number => at;

/** What is in view already stays where it is: there a value scrolls to the line. */
function scrollInto(virtualizer: Virtualizer<Element, HTMLDivElement>, at: number): void {
  const { range } = virtualizer;
  if (!range || at < range.startIndex || at > range.endIndex) virtualizer.scrollToIndex(at, { align: 'start' });
}

const listProps = ({ role = 'list', label, className, onKeyDown, count }: WindowedListProps) => ({
  className: className === undefined ? 'tv-entries' : `tv-entries ${className}`,
  role: role === 'none' ? undefined : role,
  'aria-label': role === 'none' ? undefined : label,
  ...(role === 'table' ? { 'aria-rowcount': count } : {}),
  onKeyDown,
});

function entryAttributes({ role = 'list', count, entryProps }: WindowedListProps, at: number) {
  const place =
    role === 'table'
      ? { 'aria-rowindex': at + 1 }
      : role === 'list' || role === 'feed'
        ? { 'aria-posinset': at + 1, 'aria-setsize': count }
        : {};
  return { role: ENTRY_ROLES[role], ...place, ...entryProps?.(at) };
}

/** What scrolls a list, and how far below its beginning the list stands. Both change as what is around it does. */
function useScroller(list: RefObject<HTMLElement | null>): readonly [Element | null, number] {
  const [place, setPlace] = useState<readonly [Element | null, number]>([null, 0]);
  const read = useRef<(() => void) | null>(null);
  useBrowserLayoutEffect(() => {
    const element = list.current!;
    let scroller = scrollerOf(element);
    const look = (): void => {
      const page = scroller === scroller.ownerDocument.scrollingElement;
      const top = page ? 0 : scroller.getBoundingClientRect().top + scroller.clientTop - scroller.scrollTop;
      const margin = Math.round(element.getBoundingClientRect().top - top);
      setPlace((now) => (now[0] === scroller && Math.abs(now[1] - margin) <= 1 ? now : [scroller, margin]));
    };
    read.current = look;
    look();
    const watch = new ResizeObserver(() => {
      scroller = scrollerOf(element);
      look();
    });
    // What is above it in the same page, at every level, makes one of these longer.
    for (let at: Element | null = element; at; at = at === scroller ? null : at.parentElement) watch.observe(at);
    const from = scroller;
    from.addEventListener('scroll', look, { passive: true });
    return () => {
      watch.disconnect();
      from.removeEventListener('scroll', look);
    };
  }, [list]);
  // What is above may have changed with this very render.
  useBrowserLayoutEffect(() => read.current?.());
  return place;
}
