'use client';
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import {
  forwardRef,
  useCallback,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
  type ReactNode,
  type Ref,
  type RefObject,
} from 'react';
import { useBrowserLayoutEffect } from '../../hooks/useBrowserLayoutEffect.ts';
import { focusInside, useKeyboardOn } from '../keyboard/keyboardOn.ts';
import { ListHead } from './ListHead.tsx';
import { ListRow } from './ListRow.tsx';
import type { ListColumn, ListEntry, ListFocus, ListGridRef } from './types.ts';
import { useListKeyboard } from './useListKeyboard.ts';

interface ListGridProps<Entry extends ListEntry> {
  readonly label: string;
  readonly rows: readonly Entry[];
  readonly columns: readonly ListColumn<Entry>[];
  readonly selected: string | null;
  onOpen(key: string): void;
  onSort?(column: string): void;
  /** Whether a search passes over the entry. */
  isDimmed?(entry: Entry): boolean;
  /** So many rows above and below the window are there too. @default 6 */
  readonly overscan?: number;
  /** Drawn behind the rows, as high as all of them. */
  readonly children?: ReactNode;
}

/** A virtualized grid: the rows on screen, and the focused one wherever it is, are all that is mounted. */
export const ListGrid = forwardRef(Grid) as <Entry extends ListEntry>(
  props: ListGridProps<Entry> & { readonly ref?: Ref<ListGridRef> },
) => ReactNode;

function Grid<Entry extends ListEntry>(
  { label, rows, columns, selected, onOpen, onSort, isDimmed, overscan = 6, children }: ListGridProps<Entry>,
  ref: Ref<ListGridRef>,
) {
  'use no memo'; // useVirtualizer hands out one object that changes inside
  const scroller = useRef<HTMLDivElement>(null);
  const probe = useRef<HTMLDivElement>(null);
  const { keyboardOn, watching } = useKeyboardOn('.tv-list-row');
  const heights = useHeights(probe);
  const [focus, setFocus] = useState<ListFocus | null>(null);
  const positions = useMemo(() => new Map(rows.map(({ key }, position) => [key, position])), [rows]);
  const positionOf = useCallback((key: string) => positions.get(key) ?? -1, [positions]);
  const focusPosition = focus?.key == null ? -1 : positionOf(focus.key);

  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => heights.row,
    getItemKey: (position) => rows[position]?.key ?? position,
    overscan,
    paddingEnd: 8,
    initialRect: { width: 1000, height: 600 },
    rangeExtractor: (range) => {
      const shown = defaultRangeExtractor(range);
      if (focusPosition === -1 || shown.includes(focusPosition)) return shown;
      return focusPosition < shown[0]! ? [focusPosition, ...shown] : [...shown, focusPosition];
    },
  });
  useBrowserLayoutEffect(() => virtualizer.measure(), [virtualizer, heights.row]);

  const scrollTo = useCallback(
    (position: number) => {
      const list = scroller.current;
      if (!list) return;
      const top = position * heights.row;
      const room = list.clientHeight - heights.head - heights.row;
      if (top < list.scrollTop) list.scrollTop = top;
      else if (top > list.scrollTop + room) list.scrollTop = top - room;
    },
    [heights],
  );
  const pageSize = useCallback(
    () => Math.max(1, Math.floor(((scroller.current?.clientHeight ?? 0) - heights.head) / heights.row) - 1),
    [heights],
  );
  const onKey = useListKeyboard({ rows, columns, focus, pageSize, scrollTo, setFocus, onOpen });

  const selectedPosition = selected === null ? -1 : positionOf(selected);
  // The selected trace is where a reader comes from: it is in sight when the list opens, and when another is selected.
  useBrowserLayoutEffect(() => {
    if (selectedPosition !== -1) scrollTo(selectedPosition);
    // Not when rows are sorted or filtered: that leaves the reader at what he asked for.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [selected, heights]);

  /** The row that Tab reaches: the focused one, else the selected one if it is mounted, else the first in sight. */
  const items = virtualizer.getVirtualItems();
  const mounted = (position: number): boolean => items.some(({ index }) => index === position);
  const inSight = virtualizer.range?.startIndex ?? 0;
  const tabStop = ((): number => {
    if (focus?.key === null && rows.length > 0) return -1;
    if (focusPosition !== -1) return focusPosition;
    return mounted(selectedPosition) ? selectedPosition : inSight;
  })();
  const isRowGone = focus?.key != null && focusPosition === -1;
  // The keyboard goes on from a row that is there.
  useBrowserLayoutEffect(() => {
    const list = scroller.current;
    if (isRowGone && list) focusInside(list, list.querySelector<HTMLElement>('.tv-list-row[tabindex="0"]'), keyboardOn);
  }, [isRowGone, keyboardOn]);
  const cellOfHead = rows.length === 0 ? 0 : null;
  const headCell = focus?.key === null ? focus.cell : cellOfHead;

  useImperativeHandle(
    ref,
    () => ({
      focus() {
        const known = [focusPosition, selectedPosition].find((position) => position !== -1);
        const target = known ?? virtualizer.range?.startIndex ?? 0;
        scrollTo(target);
        scroller.current?.querySelector<HTMLElement>(`[data-position="${target}"]`)?.focus({ preventScroll: true });
      },
    }),
    [focusPosition, selectedPosition, scrollTo, virtualizer],
  );

  return (
    <div className="tv-list-frame">
      {/* Keys bubble from the rows, which have the focus. */}
      {/* oxlint-disable-next-line jsx-a11y/interactive-supports-focus */}
      <div
        ref={scroller}
        role="grid"
        className="tv-list-grid"
        aria-label={label}
        aria-rowcount={rows.length + 1}
        aria-colcount={columns.length}
        aria-multiselectable={columns.some(({ isChosen }) => isChosen) || undefined}
        onKeyDown={onKey}
        {...watching}
      >
        <ListHead
          columns={columns}
          cell={headCell}
          keyboardOn={keyboardOn}
          onFocus={setFocus}
          onSort={(column) => onSort?.(column)}
        />
        <div ref={probe} className="tv-list-probe" aria-hidden="true">
          <i />
        </div>
        <div role="rowgroup" className="tv-list-rows" style={{ height: virtualizer.getTotalSize() }}>
          {children}
          {items.map(({ index: position, start }) => {
            const entry = rows[position];
            return entry === undefined ? null : (
              <ListRow
                key={entry.key}
                entry={entry}
                position={position}
                top={start}
                columns={columns}
                selected={entry.key === selected}
                dimmed={isDimmed?.(entry) ?? false}
                cell={focus?.key === entry.key ? focus.cell : null}
                tabStop={focusPosition === -1 && position === tabStop}
                keyboardOn={keyboardOn}
                onFocus={setFocus}
                onOpen={onOpen}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}

interface Heights {
  readonly row: number;
  readonly head: number;
}

/**
 * Heights that the stylesheet gives at this width and density, in pixels: read off elements that have them. In narrow
 * lists there is no head.
 */
function useHeights(probe: RefObject<HTMLElement | null>): Heights {
  const [heights, setHeights] = useState<Heights>({ row: 24, head: 26 });
  useBrowserLayoutEffect(() => {
    const element = probe.current;
    if (!element) return undefined;
    const read = (): void => {
      const row = element.offsetHeight;
      const head = (element.firstElementChild as HTMLElement).offsetHeight;
      if (row > 0) setHeights((former) => (former.row === row && former.head === head ? former : { row, head }));
    };
    read();
    const watch = new ResizeObserver(read);
    watch.observe(element);
    return () => watch.disconnect();
  }, [probe]);
  return heights;
}
