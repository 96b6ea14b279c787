import { useCallback, type KeyboardEvent } from 'react';
import { pressOf } from './pressOf.ts';
import type { ListColumn, ListEntry, ListFocus } from './types.ts';

interface ListKeyboard {
  readonly rows: readonly ListEntry[];
  readonly columns: readonly Pick<ListColumn, 'onPress'>[];
  readonly focus: ListFocus | null;
  pageSize(): number;
  /** Brings a row on screen before it gets the focus. */
  scrollTo(position: number): void;
  setFocus(focus: ListFocus): void;
  onOpen(key: string): void;
}

/**
 * The keys of a grid (W3C ARIA Authoring Practices), rows first, then cells, as in the grid of spans. Up from the first
 * row leads to the head, where Enter sorts. Columns that the stylesheet hides at this width are passed over.
 */
export function useListKeyboard({
  rows,
  columns,
  focus,
  pageSize,
  scrollTo,
  setFocus,
  onOpen,
}: ListKeyboard): (event: KeyboardEvent<HTMLElement>) => void {
  return useCallback(
    (event) => {
      if (event.altKey || event.metaKey || event.shiftKey || !(event.target instanceof HTMLElement)) return;
      const row = event.target.closest<HTMLElement>('[role=row]');
      const head = row?.dataset['head'] !== undefined;
      const position = head ? -1 : Number(row?.dataset['position']);
      const key = rows[position]?.key ?? null;
      if (!row || (key === null && !head)) return;
      const cell = focus?.key === key ? focus.cell : -1;
      const shown = shownCells(row);
      const at = shown.indexOf(cell);

      const toRow = (to: number, inCell = cell): void => {
        if (rows.length === 0) return;
        const target = Math.min(Math.max(to, 0), rows.length - 1);
        scrollTo(target);
        setFocus({ key: rows[target]!.key, cell: inCell });
      };
      const toCell = (place: number): void =>
        setFocus({
          key,
          cell: place < 0 && !head ? -1 : (shown[Math.min(Math.max(place, 0), shown.length - 1)] ?? -1),
        });
      const toHead = (): void => {
        const heads = shownCells(event.currentTarget.querySelector('[data-head]'));
        if (heads.length > 0) setFocus({ key: null, cell: heads.includes(cell) ? cell : heads[0]! });
      };

      const run = ((): (() => void) | null => {
        const press = key === null ? undefined : pressOf(columns, cell, event.ctrlKey);
        if (event.ctrlKey && event.key === 'Home') return () => toRow(0);
        if (event.ctrlKey && event.key === ' ') return press ? () => press(key!) : null;
        if (event.ctrlKey) return event.key === 'End' ? () => toRow(rows.length - 1) : null;
        switch (event.key) {
          case 'ArrowDown':
            return () => toRow(position + 1);
          case 'ArrowUp':
            if (head) return () => {};
            return position === 0 ? toHead : () => toRow(position - 1);
          case 'PageDown':
            return () => toRow(position + pageSize());
          case 'PageUp':
            return head ? () => {} : () => toRow(position - pageSize());
          case 'ArrowRight':
            return () => toCell(at + 1);
          case 'ArrowLeft':
            return () => toCell(at - 1);
          case 'Home':
            return cell === -1 ? () => toRow(0) : () => toCell(0);
          case 'End':
            return cell === -1 ? () => toRow(rows.length - 1) : () => toCell(shown.length - 1);
          // In the head it is the button's own.
          case 'Enter':
          case ' ':
            return key === null ? null : () => (press ?? onOpen)(key);
          default:
            return null;
        }
      })();
      if (!run) return;
      event.preventDefault();
      event.stopPropagation();
      run();
    },
    [rows, columns, focus, pageSize, scrollTo, setFocus, onOpen],
  );
}

/** The places of the cells of a row that are on screen at this width. */
const shownCells = (row: Element | null): readonly number[] =>
  Array.from(row?.children ?? []).flatMap((cell) =>
    cell instanceof HTMLElement && cell.dataset['place'] !== undefined && cell.getClientRects().length > 0
      ? [Number(cell.dataset['place'])]
      : [],
  );
