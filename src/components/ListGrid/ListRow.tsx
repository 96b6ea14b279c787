import { memo, useRef, type ReactNode } from 'react';
import { useBrowserLayoutEffect } from '../../hooks/useBrowserLayoutEffect.ts';
import { focusInside, type KeyboardOn } from '../keyboard/keyboardOn.ts';
import { pressOf } from './pressOf.ts';
import type { ListColumn, ListEntry, ListFocus } from './types.ts';

interface ListRowProps<Entry extends ListEntry> {
  readonly entry: Entry;
  readonly position: number;
  /** Pixels from the top of the list. */
  readonly top: number;
  readonly columns: readonly ListColumn<Entry>[];
  readonly selected: boolean;
  readonly dimmed: boolean;
  /** The cell that has the focus, -1 for the row as a whole; null where the focus is elsewhere. */
  readonly cell: number | null;
  /** The one row that Tab reaches while none has the focus. */
  readonly tabStop: boolean;
  readonly keyboardOn: KeyboardOn;
  onFocus(focus: ListFocus): void;
  onOpen(key: string): void;
}

/** One entry. Keys are handled by the list. */
export const ListRow = memo(Row) as <Entry extends ListEntry>(props: ListRowProps<Entry>) => ReactNode;

function Row<Entry extends ListEntry>({
  entry,
  position,
  top,
  columns,
  selected,
  dimmed,
  cell,
  tabStop,
  keyboardOn,
  onFocus,
  onOpen,
}: ListRowProps<Entry>) {
  const element = useRef<HTMLDivElement>(null);
  const header = columns.findIndex(({ onPress }) => !onPress);
  useBrowserLayoutEffect(() => {
    if (cell === null || !element.current) return;
    const target = cell === -1 ? element.current : (element.current.children[cell] as HTMLElement | undefined);
    focusInside(element.current, target, keyboardOn);
  }, [cell, keyboardOn]);
  return (
    // Enter and Space are the list's to answer.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      ref={element}
      role="row"
      className="tv-list-row"
      data-trace-part="list-row"
      data-selected={selected || undefined}
      data-dimmed={dimmed || undefined}
      data-position={position}
      aria-rowindex={position + 2}
      aria-selected={selected}
      tabIndex={cell === -1 || tabStop ? 0 : -1}
      style={{ transform: `translateY(${top}px)` }}
      onClick={({ target, ctrlKey, metaKey }) => {
        const pressed = (target as Element).closest<HTMLElement>('[data-place]');
        const press = pressOf(columns, Number(pressed?.dataset['place'] ?? -1), ctrlKey || metaKey);
        (press ?? onOpen)(entry.key);
      }}
      onFocus={({ target }) => {
        const at = Number((target as HTMLElement).dataset['place'] ?? -1);
        if (cell !== at) onFocus({ key: entry.key, cell: at });
      }}
    >
      {columns.map(({ id, align, cell: draw, isChosen }, place) => (
        <div
          key={id}
          role={place === header ? 'rowheader' : 'gridcell'}
          className="tv-list-cell"
          data-column={id}
          data-align={align}
          data-place={place}
          aria-selected={isChosen?.(entry)}
          tabIndex={cell === place ? 0 : -1}
        >
          {draw(entry, position)}
        </div>
      ))}
    </div>
  );
}
