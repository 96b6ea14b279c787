'use client';
import { ownValue } from '../../../model/ownValue.ts';
import type { KeyboardEvent } from 'react';
import { useTraceContext } from '../../../hooks/context/TraceContext.ts';
import { towardsWider, useEdgeDrag } from '../../parts/useEdgeDrag.ts';
import { NAME_WIDTH } from './nameColumn.ts';

const MOST = 1200;

interface ColumnEdgeProps {
  readonly id: string;
  readonly header: string;
  readonly width: number;
  readonly least: number;
  /** The custom property of the grid that holds the width. */
  readonly property: string;
  readonly tabIndex: 0 | -1;
}

/**
 * The edge of a column: dragging or the arrow keys make it wider or narrower. While it is dragged only a custom
 * property of the grid changes, no React commit.
 */
export function ColumnEdge({ id, header, width, least, property, tabIndex }: ColumnEdgeProps) {
  const {
    store: { actions, getState },
    labels,
  } = useTraceContext();
  const clamp = (wanted: number, edge: HTMLElement): number =>
    Math.round(Math.max(Math.min(wanted, MOST, id === NAME_WIDTH ? roomForName(edge) : MOST), least));
  const reset = (): void => actions.setColumnWidths({ [id]: null });
  const commit = (edge: HTMLElement, now: number): void =>
    actions.setColumnWidths({ ...(id === NAME_WIDTH ? {} : { [NAME_WIDTH]: nameWidth(gridOf(edge)) }), [id]: now });

  const handlers = useEdgeDrag({
    side: 'end',
    widthNow: cellWidth,
    clamp,
    commit,
    show(edge, now) {
      const grid = gridOf(edge);
      pinName(grid);
      grid.style.setProperty(property, `${now}px`);
      edge.setAttribute('aria-valuenow', String(now));
    },
    cancel: (edge) => putBack(gridOf(edge), property, width, getState().columnWidths[NAME_WIDTH]),
  });
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const by = (event.shiftKey ? 40 : 8) * towardsWider(event.currentTarget, 'end');
    const now = cellWidth(event.currentTarget);
    const wanted = ownValue({ ArrowRight: now + by, ArrowLeft: now - by, Home: least }, event.key) ?? null;
    if (wanted === null && event.key !== 'Enter') return;
    event.preventDefault();
    event.stopPropagation();
    if (wanted === null) reset();
    else commit(event.currentTarget, clamp(wanted, event.currentTarget));
  };
  return (
    // A separator that can be moved is a control (ARIA 1.2, separator).
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <span
      role="separator"
      className="tv-edge"
      aria-orientation="vertical"
      aria-label={labels.columnWidth(header)}
      aria-valuenow={Math.round(width)}
      aria-valuemin={least}
      aria-valuemax={MOST}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={tabIndex}
      {...handlers}
      onDoubleClick={reset}
      onKeyDown={onKeyDown}
    />
  );
}

const gridOf = (edge: HTMLElement): HTMLElement => edge.closest<HTMLElement>('.tv-grid')!;
const cellWidth = (edge: HTMLElement): number => edge.parentElement!.getBoundingClientRect().width;
const nameWidth = (grid: HTMLElement): number =>
  Math.round(grid.querySelector('.tv-head-row > .tv-name-cell')!.getBoundingClientRect().width);

/**
 * How wide the name can be before it pushes the timeline out of sight: the other columns keep their widths, the
 * timeline keeps its least.
 */
function roomForName(edge: HTMLElement): number {
  const others = Array.from(edge.closest('.tv-head-row')!.children).filter((cell) => cell !== edge.parentElement);
  return (
    gridOf(edge).clientWidth -
    others.reduce(
      (sum, cell) =>
        sum +
        (cell.matches('.tv-gantt')
          ? Number.parseFloat(getComputedStyle(cell).minWidth)
          : cell.getBoundingClientRect().width),
      0,
    )
  );
}

/**
 * The name column keeps its width from now on, and what is behind the edge gives way: else the other side of the column
 * would move.
 */
function pinName(grid: HTMLElement): void {
  if (grid.dataset['named'] !== undefined) return;
  grid.style.setProperty('--tv-name-width', `${nameWidth(grid)}px`);
  grid.dataset['named'] = '';
}

function putBack(grid: HTMLElement, property: string, width: number, name: number | undefined): void {
  grid.style.setProperty(property, `${width}px`);
  if (name === undefined) delete grid.dataset['named'];
}
