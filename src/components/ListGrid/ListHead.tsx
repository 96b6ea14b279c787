import { useRef } from 'react';
import { useBrowserLayoutEffect } from '../../hooks/useBrowserLayoutEffect.ts';
import { Sign } from '../parts/icons.tsx';
import { focusInside, type KeyboardOn } from '../keyboard/keyboardOn.ts';
import type { ListColumn, ListFocus } from './types.ts';

interface ListHeadProps {
  readonly columns: readonly Omit<ListColumn, 'cell' | 'isChosen'>[];
  /** The column whose head has the focus; null where the focus is elsewhere. */
  readonly cell: number | null;
  readonly keyboardOn: KeyboardOn;
  onFocus(focus: ListFocus): void;
  onSort(column: string): void;
}

/** Names of columns; those that sort are buttons, reached by the arrow keys. */
export function ListHead({ columns, cell, keyboardOn, onFocus, onSort }: ListHeadProps) {
  const element = useRef<HTMLDivElement>(null);
  useBrowserLayoutEffect(() => {
    const target = cell === null ? undefined : element.current?.children[cell];
    if (target) focusInside(element.current!, target.querySelector('button') ?? (target as HTMLElement), keyboardOn);
  }, [cell, keyboardOn]);
  return (
    <div role="rowgroup" className="tv-list-head">
      <div ref={element} role="row" className="tv-list-head-row" aria-rowindex={1} data-head="">
        {columns.map(({ id, header, align, sort }, place) => {
          const focusable = {
            tabIndex: cell === place ? 0 : -1,
            onFocus: () => {
              if (cell !== place) onFocus({ key: null, cell: place });
            },
          };
          return (
            <div
              key={id}
              role="columnheader"
              className="tv-list-cell"
              data-column={id}
              data-align={align}
              data-place={place}
              aria-sort={sort}
              {...(sort === undefined ? focusable : {})}
            >
              {sort === undefined ? (
                header
              ) : (
                <button
                  type="button"
                  className="tv-list-sort"
                  data-sort={sort}
                  onClick={() => onSort(id)}
                  {...focusable}
                >
                  {header}
                  {sort === 'none' ? null : <Sign name={sort === 'ascending' ? 'up' : 'down'} size={8} />}
                </button>
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}
