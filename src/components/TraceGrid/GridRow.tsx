'use client';
import { memo, useMemo, useRef, type CSSProperties, type KeyboardEvent, type ReactNode, type RefObject } from 'react';
import { serviceColor } from '../../analysis/time/ownTimeByService.ts';
import { useBrowserLayoutEffect } from '../../hooks/useBrowserLayoutEffect.ts';
import { useRowDrawing } from '../../hooks/context/RowDrawingContext.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { useInPage } from '../../hooks/context/useInPage.ts';
import { loopFacts } from '../../layout/rows/loopFacts.ts';
import type { MissingParent } from '../../analysis/missingParents.ts';
import type { LoopRow } from '../../layout/rows/loopRows.ts';
import type { Row } from '../../layout/rows/visibleRows.ts';
import type { Trace } from '../../model/types.ts';
import { ownValue } from '../../model/ownValue.ts';
import { recordedText } from '../text/recordedText.tsx';
import type { KindInk } from '../parts/icons.tsx';
import { askHost, inSlot, Slot, SlotFailed } from '../parts/Slot.tsx';
import type { TraceState } from '../../store/types.ts';
import type { KindStyle } from '../types.ts';
import { GanttCell } from './timeline/GanttCell.tsx';
import { MissingName, NameCell } from './names/NameCell.tsx';
import type { Painter } from './timeline/painter.ts';
import type { RowReader } from './rowReader.ts';
import type { PlacedColumn } from './columns/useColumns.ts';

export interface GridRowProps {
  readonly trace: Trace;
  readonly index: number;
  /** What the row stands for, if it is no span. */
  readonly missing: MissingParent | undefined;
  /** How many rows are above it in the tree. */
  readonly depth: number;
  /** Place among the visible rows, from 0. */
  readonly position: number;
  /** Pixels from the top of the list. */
  readonly top: number;
  /** Whether it is kept far from the other rows, which follow each other. */
  readonly apart: boolean;
  readonly open: boolean;
  /** Place among the siblings that are shown, from 1, and how many these are. */
  readonly place: number;
  readonly siblings: number;
  /** Whether any of its children is shown when it is open. */
  readonly hasChildren: boolean;
  /** The lines of the tree before it (`guideLines`). */
  readonly guides: string;
  readonly selected: boolean;
  /** The cell that has the focus, -1 for the row itself; null = this row has it not. */
  readonly cell: number | null;
  /** Whether something is looked for, and this is no match. */
  readonly dim: boolean;
  /** What is looked for, in a match; else null. */
  readonly asked: TraceState['asked'] | null;
  /** How many matches are inside, of a closed span. */
  readonly inside: number;
  /** Whether services have the colors that kinds have else. */
  readonly byService: boolean;
  /** The loop that begins with the span, and whether the row stands for all of it. */
  readonly loop: LoopRow | undefined;
  readonly folded: boolean;
  /** Whether a loop stands right below it, which says how often it turned. */
  readonly holdsLoop: boolean;
  readonly columns: readonly PlacedColumn[];
  readonly timeline: boolean;
  readonly kinds: Readonly<Record<string, KindStyle>> | undefined;
  readonly painter: Painter;
  readonly reader: RowReader;
  /** Whether what walks the whole trace may be asked for (`useAfterRows`). */
  readonly afterRows: boolean;
  /** The one row that Tab reaches while no row has the focus. */
  readonly tabStop: boolean;
  /**
   * Whether the keyboard was last on a row. A focused row that was scrolled away and unmounted takes the focus with it,
   * and nobody is told.
   */
  readonly keyboardOn: RefObject<boolean>;
  onKey(event: KeyboardEvent, row: Row, position: number, cell: number): void;
}

/**
 * One span. All that it needs of the state of the view is given by the grid, as plain values: a click renders two rows
 * and not all, and no row subscribes to anything. The element is filled anew for another span after a jump, so what may
 * keep a state inside has the span as its key.
 */
export const GridRow = memo(function GridRow({
  trace,
  index,
  missing,
  depth,
  position,
  top,
  apart,
  open,
  place,
  siblings,
  hasChildren,
  guides,
  selected,
  cell,
  dim,
  asked,
  inside,
  byService,
  loop,
  folded,
  holdsLoop,
  columns,
  timeline,
  kinds,
  painter,
  reader,
  afterRows,
  tabStop,
  keyboardOn,
  onKey,
}: GridRowProps) {
  const { store } = useTraceContext();
  const drawing = useRowDrawing();
  const row = useMemo<Row>(
    () =>
      missing
        ? { type: 'missingParent', key: missing.key, index, parentSpanId: missing.spanId, depth }
        : { type: 'span', key: trace.span(index).key, index, depth },
    [trace, index, missing, depth],
  );
  const element = useRef<HTMLDivElement>(null);

  useBrowserLayoutEffect(() => {
    if (cell === null || !element.current) return;
    const target = cell === -1 ? element.current : (element.current.children[cell] as HTMLElement | undefined);
    // Focus follows the keyboard inside the grid; it is never pulled in from elsewhere on the page.
    const grid = element.current.closest('[role=treegrid]');
    const { activeElement } = element.current.getRootNode() as Document | ShadowRoot;
    const isNowhere = element.current.ownerDocument.activeElement === element.current.ownerDocument.body;
    if (grid?.contains(activeElement) || (keyboardOn.current && isNowhere)) target?.focus({ preventScroll: true });
  }, [cell, keyboardOn]);

  const inPage = useInPage();
  const { kind, status } = missing ? UNKNOWN : trace.span(index);
  const service = byService && !missing ? serviceColor(trace, index) : undefined;
  // A loop has the color of the kind that owns most of its time.
  const loopKind = folded && loop ? loopFacts(trace, loop).kind : kind;
  const colorOf = (of: string | undefined): string | undefined =>
    inPage && !byService && of ? ownValue(kinds, of)?.color : undefined;
  const ink = useInk(kind, service, colorOf(kind));
  const ganttInk = useInk(loopKind, service, colorOf(loopKind));
  const cellProps = (at: number) => ({ tabIndex: cell === at ? 0 : -1, 'data-cell': at });
  return (
    <div
      ref={element}
      role="row"
      className="tv-row"
      data-trace-part="row"
      data-kind={kind}
      data-service={service}
      data-status={status}
      data-selected={selected || undefined}
      data-dim={dim || undefined}
      data-root={(depth === 0 && !missing) || undefined}
      data-missing={missing ? (trace.live ? 'awaited' : 'missing') : undefined}
      {...drawing?.attributes(trace, index)}
      aria-rowindex={position + 2}
      aria-level={depth + 1}
      aria-posinset={place}
      aria-setsize={siblings}
      aria-selected={selected}
      aria-expanded={hasChildren || folded ? open : undefined}
      tabIndex={cell === -1 || tabStop ? 0 : -1}
      data-index={index}
      style={inPage && apart ? { position: 'absolute', transform: `translateY(${top}px)` } : undefined}
      onClick={() => store.actions.select(row.key)}
      onKeyDown={(event) => onKey(event, row, position, cell ?? -1)}
      onFocus={(event) => {
        const at = Number((event.target as HTMLElement).dataset['cell'] ?? -1);
        if (cell !== at) store.actions.focus({ key: row.key, cell: at });
      }}
    >
      <div role="rowheader" className="tv-cell tv-name-cell" {...cellProps(0)}>
        {missing ? (
          <MissingName
            trace={trace}
            index={index}
            missing={missing}
            open={open}
            guides={guides}
            inPage={inPage}
            inside={inside}
          />
        ) : (
          <NameCell
            trace={trace}
            index={index}
            open={open}
            hasChildren={hasChildren}
            guides={guides}
            asked={asked}
            inside={inside}
            loop={loop}
            folded={folded}
            holdsLoop={holdsLoop}
            kinds={kinds}
            reader={reader}
            afterRows={afterRows}
            inPage={inPage}
            ink={ink}
          />
        )}
      </div>
      {columns.map(({ column, room }, at) => (
        <div
          key={column.id}
          role="gridcell"
          className="tv-cell tv-value"
          data-column={column.id}
          data-room={room}
          data-align={column.align ?? 'start'}
          style={inPage ? ({ '--tv-column': `var(--tv-width-${at})` } as CSSProperties) : undefined}
          {...cellProps(at + 1)}
        >
          {row.type === 'missingParent' ? null : column.draw ? (
            askHost(
              () => (folded && loop ? column.drawLoop?.(loop, trace) : column.draw!(row, trace, open, afterRows)),
              <SlotFailed />,
            )
          ) : (
            <Slot
              key={index}
              render={() =>
                folded && loop
                  ? column.drawLoop?.(loop, trace)
                  : column.cell
                    ? inSlot(column.cell(row, trace))
                    : cellContent(column.value(row, trace))
              }
            />
          )}
        </div>
      ))}
      {timeline ? (
        <div role="gridcell" className="tv-cell tv-gantt" {...cellProps(columns.length + 1)}>
          <GanttCell
            trace={trace}
            index={index}
            missing={missing}
            open={open}
            loop={folded ? loop : undefined}
            top={top}
            painter={painter}
            ink={ganttInk}
          />
        </div>
      ) : null}
    </div>
  );
});

const UNKNOWN = { kind: undefined, status: undefined };

/** The value of a host's column that draws nothing itself. */
const cellContent = (value: string | number | null): ReactNode =>
  value === null ? null : (
    <bdi className="tv-word">{typeof value === 'string' ? recordedText(value, true) : value}</bdi>
  );

const useInk = (kind: string | undefined, service: number | undefined, color: string | undefined): KindInk =>
  useMemo(
    () => ({
      'data-kind': kind,
      'data-service': service,
      style: color === undefined ? undefined : ({ '--tv-kind': color } as CSSProperties),
    }),
    [kind, service, color],
  );
