import type { ReactNode } from 'react';
import type { Trace } from '../../model/types.ts';

/** A column of a list of traces. */
export interface ListColumn {
  readonly id: string;
  readonly header: ReactNode;
  readonly align?: 'start' | 'end';
  /** How the column is sorted at present; undefined where it cannot be. */
  readonly sort?: 'ascending' | 'descending' | 'none' | undefined;
  cell(trace: Trace, position: number): ReactNode;
  /** What a press on a cell does, in place of opening the trace; from anywhere in a row it is had with Ctrl. */
  onPress?: ((key: string) => void) | undefined;
  /** Whether the trace is chosen by such presses. */
  isChosen?: ((trace: Trace) => boolean) | undefined;
}

/** Where the keyboard is: a trace's row, or with null the head; and a cell of it, or with -1 the row as a whole. */
export interface ListFocus {
  readonly key: string | null;
  readonly cell: number;
}

export interface ListGridRef {
  /** Puts the keyboard on the focused row, else on the selected one, else on the first in sight. */
  focus(): void;
}
