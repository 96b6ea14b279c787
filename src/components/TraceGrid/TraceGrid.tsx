'use client';
import {
  useCallback,
  useEffect,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
  type ComponentProps,
  type CSSProperties,
} from 'react';
import { HostColumnsContext, useHostColumns } from '../../hooks/context/HostColumnsContext.ts';
import { useRowDrawing } from '../../hooks/context/RowDrawingContext.ts';
import { useKinds } from '../../hooks/context/HostLookContext.ts';
import { useBrowserLayoutEffect } from '../../hooks/useBrowserLayoutEffect.ts';
import type { LoopRow } from '../../layout/rows/loopRows.ts';
import { rowTree } from '../../layout/rows/rowTree.ts';
import { guideLines } from '../../layout/rows/guideLines.ts';
import { createGanttLayout } from '../../layout/gantt/ganttMarks.ts';
import { lowerBound } from '../../model/lowerBound.ts';
import type { Nanos, SpanKey, Trace } from '../../model/types.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { useInPage } from '../../hooks/context/useInPage.ts';
import { useTraceStore } from '../../hooks/useTraceStore.ts';
import { useTreeKeyboard } from '../../hooks/useTreeKeyboard.ts';
import { useVisibleRows } from '../../hooks/useVisibleRows.ts';
import { part } from '../parts/part.tsx';
import type { Column, KindStyle } from '../types.ts';
import { later, usePreload } from '../later/later.tsx';
import { useRowAnchor } from '../live/useRowAnchor.ts';
import { useAfterRows, useRowsDue } from './useAfterRows.ts';
import { axisWords } from './timeline/axisWords.ts';
import { CriticalLines } from './timeline/CriticalLines.tsx';
import { NAME_WIDTH } from './columns/nameColumn.ts';
import { GridHead, type GridHeadRef } from './GridHead.tsx';
import { GridRow } from './GridRow.tsx';
import { useKeyboardOn } from '../keyboard/keyboardOn.ts';
import { createPainter } from './timeline/painter.ts';
import { createRowReader } from './rowReader.ts';
import { watchSideways } from './sideways.ts';
import { useRaise } from '../parts/useRaise.ts';
import { useColumns } from './columns/useColumns.ts';
import { watchGanttGestures } from './timeline/ganttGestures.ts';
import { createTallList, TALLEST } from './tallList.ts';
import { useRowKeys } from './useRowKeys.ts';
import { useRowHeight } from './useRowHeight.ts';
import { useRowWindow } from './useRowWindow.ts';

const GanttTip = later('GanttTip', true);
const RangeBar = later('RangeBar', true);
const FindingMarks = later('FindingMarks', true);
const LiveRows = later('LiveRows');

export interface TraceGridProps {
  /**
   * The host's columns of this grid. An empty list: names and bars alone, whatever is chosen. @default those of the
   * provider
   */
  readonly columns?: readonly Column[] | undefined;
  /** Whether rows end in a timeline. @default true */
  readonly timeline?: boolean;
  /** Names, colours and glyphs of kinds. @default those of the provider */
  readonly kinds?: Readonly<Record<string, KindStyle>> | undefined;
  /** Of the part's element. */
  readonly className?: string;
  /** Of the part's element. */
  readonly style?: CSSProperties;
}

export interface TraceGridRef {
  /** Puts the keyboard on the focused row, or the first in sight. */
  focus(): void;
  /** The time under the pointer, in Nanos; null where it is not over the timeline. */
  hovered(): Nanos | null;
}

/**
 * One virtualized grid: a span is one row from its name to its bar. The tree and the Gantt are this grid with other
 * columns. Rows on screen, and the focused one wherever it is, are all that is mounted.
 */
export const TraceGrid = part<TraceGridRef, TraceGridProps>(function TraceGrid(
  { columns: given, timeline = true, kinds: ownKinds, className, style },
  ref,
) {
  const { store, format, labels } = useTraceContext();
  const kinds = useKinds(ownKinds);
  // Somebody will press a row, or rest on a bar: what they ask for is there by then.
  usePreload();
  const around = useHostColumns();
  const host = given !== undefined && given.length > 0 ? given : around;
  const trace = useTraceStore((state) => state.trace);
  const focused = useTraceStore((state) => state.focus);
  const focusKey = focused?.key ?? null;
  const selectedKey = useTraceStore((state) => state.selectedSpan);
  const hits = useTraceStore((state) => state.hits);
  const matches = useTraceStore((state) => state.matches);
  const asked = useTraceStore((state) => state.asked);
  const byService = useTraceStore(({ colorBy }) => colorBy === 'service');
  const wanted = useTraceStore((state) => state.lookAt);
  const takeFocus = useTraceStore((state) => state.takeFocus);
  const streamed = useTraceStore((state) => state.streamed);
  const nameWidth = useTraceStore((state) => state.columnWidths[NAME_WIDTH]);
  const afterRows = useAfterRows(trace);
  const rows = useVisibleRows(host);
  const raise = useRaise();
  const [reader] = useState(createRowReader);
  const drawing = useRowDrawing();
  const [painter] = useState(() => createPainter(store, reader, drawing?.gantt ?? createGanttLayout, raise));
  const { shown: columns } = useColumns(given, kinds);

  const frame = useRef<HTMLDivElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const axis = useRef<HTMLDivElement>(null);
  const crosshair = useRef<HTMLDivElement>(null);
  const chip = useRef<HTMLDivElement>(null);
  const probe = useRef<HTMLDivElement>(null);
  const head = useRef<GridHeadRef>(null);
  const { keyboardOn, watching } = useKeyboardOn('.tv-row');
  const rowHeight = useRowHeight(probe);
  const inPage = useInPage();

  const focusPosition = useMemo(() => {
    const row = focusKey === null ? undefined : indexOf(trace, focusKey);
    return row === undefined ? -1 : rows.positionOf(row);
  }, [trace, rows, focusKey]);

  const selected = selectedKey === null ? -1 : (indexOf(trace, selectedKey) ?? -1);

  const [list] = useState(createTallList);
  const listHeight = HEAD_HEIGHT + rows.length * rowHeight + BELOW_ROWS;
  const focusedIndex = focusPosition === -1 ? -1 : rows.indexAt(focusPosition);
  const movedBy = useRowAnchor(trace, rows, focusedIndex, selected);
  const mounted = useRowWindow(scroller, list, rowHeight, rows.length, focusPosition, listHeight, movedBy);
  // Rows that come while the page is open are drawn with what they change.
  const rowsDue = useRowsDue() || trace?.live === true;
  const positions = rowsDue ? mounted.positions : NO_POSITIONS;
  const keys = useRowKeys(trace, rows, positions, focusPosition);
  useBrowserLayoutEffect(() => {
    const grid = scroller.current!;
    return watchSideways(grid, (left) => {
      grid.toggleAttribute('data-scrolled', left !== 0);
    });
  }, []);

  // By hand, because all rows are of one height and the grid may have just changed its own (a sheet came up below it).
  const scrollTo = useCallback(
    (position: number) => {
      const grid = scroller.current;
      if (!grid) return;
      const top = position * rowHeight;
      const room = grid.clientHeight - HEAD_HEIGHT - rowHeight;
      const now = list.look(grid);
      if (top < now) list.goTo(grid, top);
      else if (top > now + room) list.goTo(grid, top - room);
    },
    [list, rowHeight],
  );
  /** Where the reader's eyes are: a row that is not in the middle third comes to its middle. */
  const scrollToCentre = useCallback(
    (position: number) => {
      const grid = scroller.current;
      if (!grid) return;
      const room = grid.clientHeight - HEAD_HEIGHT;
      const from = position * rowHeight - list.look(grid);
      if (from < room / 3 || from + rowHeight > (room * 2) / 3)
        list.goTo(grid, position * rowHeight - (room - rowHeight) / 2);
    },
    [list, rowHeight],
  );
  const pageSize = useCallback(
    () => Math.max(1, Math.floor(((scroller.current?.clientHeight ?? 0) - HEAD_HEIGHT) / rowHeight) - 1),
    [rowHeight],
  );
  const onTreeKey = useTreeKeyboard({
    trace,
    rows,
    store,
    cells: columns.length + (timeline ? 2 : 1),
    pageSize,
    scrollTo,
  });
  const onKey = useCallback<ComponentProps<typeof GridRow>['onKey']>(
    (event, row, position, cell) => {
      if (
        event.key === 'ArrowUp' &&
        position === 0 &&
        !event.altKey &&
        !event.ctrlKey &&
        !event.metaKey &&
        head.current?.focus(Math.max(cell, 0))
      ) {
        event.preventDefault();
        event.stopPropagation();
      } else {
        onTreeKey(event, row, position, cell);
      }
    },
    [onTreeKey],
  );

  useEffect(() => {
    const row = wanted ? indexOf(trace, wanted.key) : undefined;
    const position = row === undefined ? -1 : rows.positionOf(row);
    if (position === -1) return undefined;
    const go = (): void => (wanted?.centred ? scrollToCentre : scrollTo)(position);
    if (wanted?.centred || position <= mounted.first || position > mounted.first + mounted.count - 3) return void go();
    // It is in sight, unless the details take the room: whether they do is known after the layout that comes anyway.
    const sizes = new ResizeObserver(() => {
      sizes.disconnect();
      go();
    });
    sizes.observe(scroller.current!);
    return () => sizes.disconnect();
    // Only a new request scrolls: later changes of rows leave the reader where they are.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [wanted]);

  useBrowserLayoutEffect(
    () =>
      timeline && axis.current
        ? painter.attach({
            frame: frame.current!,
            axis: axis.current,
            crosshair: crosshair.current!,
            chip: chip.current!,
            ...axisWords(drawing, trace?.timeBasis === 'step', format, labels),
            idle: labels.idle,
          })
        : undefined,
    [painter, timeline, format, labels, drawing, trace?.timeBasis],
  );
  useBrowserLayoutEffect(
    () =>
      frame.current && axis.current
        ? watchGanttGestures({ frame: frame.current, scale: axis.current, painter, store })
        : undefined,
    [painter, store],
  );

  /** The row that Tab reaches: the focused one, else the first in sight. */
  const tabStop = focusPosition === -1 ? mounted.first : focusPosition;
  const focus = useCallback(() => {
    if (tabStop >= rows.length) return;
    scrollTo(tabStop);
    scroller.current?.querySelector<HTMLElement>(`[aria-rowindex="${tabStop + 2}"]`)?.focus({ preventScroll: true });
  }, [rows, tabStop, scrollTo]);
  useImperativeHandle(ref, () => ({ focus, hovered: () => painter.hovered() }), [focus, painter]);
  const [seen] = useState(takeFocus);
  useEffect(() => {
    if (takeFocus && takeFocus !== seen) focus();
    // Once for each wish, not whenever the rows change, and none from before it came.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [takeFocus]);

  const widths = Object.fromEntries([
    ...(nameWidth === undefined ? [] : [['--tv-name-width', `${nameWidth}px`]]),
    ...columns.map(({ width }, at) => [`--tv-width-${at}`, `${width}px`]),
  ]) as CSSProperties;

  /** A row that is kept far below what is in sight must not make the list taller than it can be. */
  const onPage = Math.min(listHeight, TALLEST) - HEAD_HEIGHT;
  const lowest = onPage - rowHeight;
  const topOf = (position: number): number => Math.min(position * rowHeight - mounted.shift, lowest);
  /** The rows that follow each other; one that is kept elsewhere stands by itself. */
  const isKeptApart = (position: number): boolean =>
    position === focusPosition && (position < mounted.from || position >= mounted.to);

  return (
    <HostColumnsContext.Provider value={host}>
      <div
        ref={frame}
        className={className === undefined ? 'tv-grid-frame' : `tv-grid-frame ${className}`}
        style={style}
        data-trace-part="grid"
        data-state={rows.length === 0 ? 'empty' : 'ready'}
      >
        <div
          ref={scroller}
          className="tv-grid"
          role="treegrid"
          aria-label={labels.spansOf(trace?.name ?? '')}
          aria-rowcount={rows.length + 1}
          aria-colcount={columns.length + (timeline ? 2 : 1)}
          data-timeline={timeline || undefined}
          data-named={nameWidth === undefined ? undefined : ''}
          style={inPage ? widths : undefined}
          {...watching}
        >
          <div className="tv-sheet" role="presentation">
            <GridHead
              head={head}
              axis={axis}
              chip={chip}
              crosshair={crosshair}
              columns={columns}
              timeline={timeline}
              painter={painter}
              onLeave={focus}
            />
            <div ref={probe} className="tv-row-probe" aria-hidden="true" />
            <div
              role="rowgroup"
              className="tv-rows"
              data-placed={inPage || undefined}
              style={inPage ? { height: onPage, paddingTop: topOf(mounted.from) } : undefined}
            >
              {trace === null
                ? null
                : positions.map((position, at) => {
                    const index = rows.indexAt(position);
                    const open = rows.isOpen(index);
                    const hasChildren = rows.childrenOf(index) > 0;
                    const folded = rows.foldedLoop(index);
                    return (
                      <GridRow
                        key={keys[at]}
                        trace={trace}
                        index={index}
                        missing={rows.missingAt(index)}
                        depth={rows.depthOf(index)}
                        position={position}
                        top={topOf(position)}
                        apart={isKeptApart(position)}
                        open={open}
                        place={rows.placeOf(index)}
                        siblings={rows.childrenOf(rows.parentOf(index))}
                        hasChildren={hasChildren}
                        guides={guideLines(rows, index)}
                        selected={index === selected}
                        cell={focused && position === focusPosition ? focused.cell : null}
                        dim={hits !== null && hits[index] !== 1}
                        asked={hits?.[index] === 1 ? asked : null}
                        inside={open ? 0 : countInside(matches, trace, index, folded)}
                        byService={byService}
                        loop={rows.loopFrom(index)}
                        holdsLoop={open && rows.holdsLoop(index)}
                        folded={folded !== undefined}
                        columns={columns}
                        timeline={timeline}
                        kinds={kinds}
                        painter={painter}
                        reader={reader}
                        afterRows={afterRows}
                        tabStop={focusPosition === -1 && position === tabStop}
                        keyboardOn={keyboardOn}
                        onKey={onKey}
                      />
                    );
                  })}
              {trace !== null && rows.length === 0 ? <NoRows /> : null}
              {timeline && !drawing ? <CriticalLines painter={painter} rowHeight={rowHeight} /> : null}
              {drawing ? null : <FindingMarks otherwise={null} scroller={scroller} />}
            </div>
          </div>
        </div>
        {trace && streamed ? (
          <LiveRows key={trace.key} otherwise={null} {...{ trace, rows, painter, scroller, list, scrollTo }} />
        ) : null}
        {timeline ? (
          <>
            <RangeBar otherwise={null} painter={painter} />
            <GanttTip otherwise={null} />
          </>
        ) : null}
      </div>
    </HostColumnsContext.Provider>
  );
});

const NO_POSITIONS: readonly number[] = [];

/** The row of a key, be it that of a span or of a parent that is missing. */
const indexOf = (trace: Trace | null, key: SpanKey): number | undefined =>
  trace ? rowTree(trace).find(key)?.index : undefined;

/** How many of these spans, in order, are below a row, or in the loop that it stands for. */
function countInside(
  spans: Parameters<typeof lowerBound>[0],
  trace: Trace,
  index: number,
  loop: LoopRow | undefined,
): number {
  if (spans.length === 0) return 0;
  const ranges = loop ? [[loop.head, loop.end] as const] : rowTree(trace).within(index);
  const count = ranges.reduce((sum, [from, to]) => sum + lowerBound(spans, to) - lowerBound(spans, from), 0);
  // A span is not inside itself.
  return loop || spans[lowerBound(spans, index)] !== index ? count : count - 1;
}

const HEAD_HEIGHT = 26;
const BELOW_ROWS = 8;

/** All rows are hidden: nothing matches, or nothing yet. */
function NoRows() {
  const { labels } = useTraceContext();
  const searching = useTraceStore((state) => state.searching);
  return (
    <div role="row" className="tv-no-rows">
      <span role="gridcell">{searching ? labels.searching : labels.noMatch}</span>
    </div>
  );
}
