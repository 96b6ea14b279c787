import type { ReactNode } from 'react';
import type { Trace } from '../../model/types.ts';

/** What a row stands for: a trace, or anything else that a key tells from its neighbours. */
export interface ListEntry {
  readonly key: string;
}

/** A column of a list. */
export interface ListColumn<Entry extends ListEntry = Trace> {
  readonly id: string;
  readonly header: ReactNode;
  readonly align?: 'start' | 'end';
  /** How the column is sorted at present; undefined where it cannot be. */
  readonly sort?: 'ascending' | 'descending' | 'none' | undefined;
  cell(entry: Entry, position: number): ReactNode;
  /** What a press on a cell does, in place of opening the entry; from anywhere in a row it is had with Ctrl. */
  onPress?: ((key: string) => void) | undefined;
  /** Whether the entry is chosen by such presses. */
  isChosen?: ((entry: Entry) => boolean) | undefined;
}

/** Where the keyboard is: the row of an entry, or with null the head; and a cell of it, or with -1 the row as a whole. */
export interface ListFocus {
  readonly key: string | null;
  readonly cell: number;
}

export interface ListGridRef {
  /** Puts the keyboard on the focused row, else on the selected one, else on the first in sight. */
  focus(): void;
}
