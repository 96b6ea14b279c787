'use client';
import {
  useImperativeHandle,
  useRef,
  useState,
  type CSSProperties,
  type KeyboardEvent,
  type ReactNode,
  type Ref,
  type RefObject,
} from 'react';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import type { TraceState } from '../../store/types.ts';
import { useInPage } from '../../hooks/context/useInPage.ts';
import { useTraceStore } from '../../hooks/useTraceStore.ts';
import { Sign } from '../parts/icons.tsx';
import { later } from '../later/later.tsx';
import { NAME_WIDTH } from './columns/nameColumn.ts';
import type { Painter } from './timeline/painter.ts';
import type { PlacedColumn } from './columns/useColumns.ts';
import { ownValue } from '../../model/ownValue.ts';

const ColumnEdge = later('ColumnEdge', true);
const ConcurrencyStrip = later('ConcurrencyStrip', true);
const IdleSwitch = later('IdleSwitch', true);

export interface GridHeadRef {
  /** Puts the keyboard on the head of a column; 0 is the name. False where it is not to be seen. */
  focus(cell: number): boolean;
}

interface GridHeadProps {
  readonly head: Ref<GridHeadRef>;
  readonly columns: readonly PlacedColumn[];
  readonly timeline: boolean;
  readonly painter: Painter;
  readonly axis: RefObject<HTMLDivElement | null>;
  readonly chip: RefObject<HTMLDivElement | null>;
  readonly crosshair: RefObject<HTMLDivElement | null>;
  /** Gives the keyboard back to the rows. */
  onLeave(): void;
}

const LEAST = 40;
const LEAST_NAME = 120;
const NAME = 270;

type Sort = NonNullable<TraceState['sort']>;

const direction = ({ descending }: Sort): 'ascending' | 'descending' => (descending ? 'descending' : 'ascending');

/** Largest first, then smallest first, then the order of the trace. */
function nextSort(id: string, sorted: Sort | false | null): Sort | null {
  if (!sorted) return { id, descending: true };
  return sorted.descending ? { id, descending: false } : null;
}

/**
 * Column names and the time axis, which is filled by the painter. Like the rows, the heads are no tab stops of their
 * own: Up on the first row leads here, the arrow keys go from head to head, and Tab goes on to the edge of the head
 * that has the focus.
 */
export function GridHead({ head, columns, timeline, painter, axis, chip, crosshair, onLeave }: GridHeadProps) {
  const { store, labels } = useTraceContext();
  const sort = useTraceStore((state) => state.sort);
  const nameWidth = useTraceStore((state) => state.columnWidths[NAME_WIDTH]);
  const row = useRef<HTMLDivElement>(null);
  const inPage = useInPage();
  const [active, setActive] = useState<number | null>(null);

  const targets = (): readonly HTMLElement[] =>
    Array.from(row.current?.querySelectorAll<HTMLElement>('[data-head]') ?? []).filter(
      (target) => target.getClientRects().length > 0,
    );
  useImperativeHandle(head, () => ({
    focus(cell) {
      const all = targets();
      const target = all.find(({ dataset }) => Number(dataset['head']) >= cell) ?? all.at(-1);
      target?.focus();
      return target !== undefined;
    },
  }));

  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const all = targets();
    const at = all.indexOf(event.target as HTMLElement);
    const go = (place: number) => () => {
      all[Math.min(Math.max(place, 0), all.length - 1)]!.focus();
    };
    const moves =
      at === -1 ? {} : { ArrowLeft: go(at - 1), ArrowRight: go(at + 1), Home: go(0), End: go(all.length - 1) };
    const run = ownValue({ ...moves, ArrowDown: onLeave }, event.key);
    if (!run) return;
    event.preventDefault();
    event.stopPropagation();
    run();
  };

  const tabIndex = (place: number): 0 | -1 => (place === active ? 0 : -1);
  const cell = (place: number, title: string, id: string, width: number, sortable: boolean): ReactNode => {
    const sorted = sortable && sort?.id === id ? sort : null;
    const sign = sorted ? <Sign name={sorted.descending ? 'down' : 'up'} size={8} /> : null;
    return (
      <>
        {sortable ? (
          <button
            type="button"
            className="tv-head-button"
            data-head={place}
            tabIndex={tabIndex(place)}
            title={title}
            onClick={() => store.actions.sortBy(nextSort(id, sorted))}
          >
            {sign}
            <span className="tv-word">{title}</span>
          </button>
        ) : (
          <span className="tv-head-name" data-head={place} tabIndex={tabIndex(place)} title={title}>
            <bdi className="tv-word">{title}</bdi>
          </span>
        )}
        <ColumnEdge
          otherwise={null}
          id={id}
          header={title}
          width={width}
          least={id === NAME_WIDTH ? LEAST_NAME : LEAST}
          property={id === NAME_WIDTH ? '--tv-name-width' : `--tv-width-${place - 1}`}
          tabIndex={tabIndex(place)}
        />
      </>
    );
  };
  const ariaSort = (id: string, sortable: boolean) => (sortable && sort?.id === id ? direction(sort) : undefined);

  return (
    <div role="rowgroup" className="tv-head">
      {/* Keys and focus of the heads inside it, which are the controls. */}
      {/* oxlint-disable-next-line jsx-a11y/interactive-supports-focus */}
      <div
        ref={row}
        role="row"
        className="tv-head-row"
        aria-rowindex={1}
        onKeyDown={onKeyDown}
        onFocus={(event) =>
          setActive(
            Number(
              (event.target as HTMLElement).closest('[role=columnheader]')?.querySelector<HTMLElement>('[data-head]')
                ?.dataset['head'] ?? 0,
            ),
          )
        }
        onBlur={(event) => {
          if (!event.currentTarget.contains(event.relatedTarget)) setActive(null);
        }}
      >
        <div role="columnheader" aria-label={labels.span} className="tv-cell tv-name-cell">
          {cell(0, labels.span, NAME_WIDTH, nameWidth ?? NAME, false)}
        </div>
        {columns.map(({ column: { id, header, align, sortable = false }, width, room }, at) => (
          <div
            key={id}
            role="columnheader"
            aria-label={header}
            className="tv-cell tv-value"
            data-column={id}
            data-room={room}
            data-align={align ?? 'start'}
            aria-sort={ariaSort(id, sortable)}
            style={inPage ? ({ '--tv-column': `var(--tv-width-${at})` } as CSSProperties) : undefined}
          >
            {cell(at + 1, header, id, width, sortable)}
          </div>
        ))}
        {timeline ? (
          <div role="columnheader" className="tv-cell tv-gantt tv-axis">
            <span className="tv-visually-hidden">{labels.timeline}</span>
            <div ref={axis} className="tv-axis-scale" aria-hidden="true">
              <div ref={chip} className="tv-chip" hidden />
              <div ref={crosshair} className="tv-crosshair" hidden />
            </div>
            <ConcurrencyStrip otherwise={null} painter={painter} />
            <IdleSwitch
              otherwise={null}
              painter={painter}
              place={columns.length + 1}
              tabIndex={tabIndex(columns.length + 1)}
            />
          </div>
        ) : null}
      </div>
    </div>
  );
}
