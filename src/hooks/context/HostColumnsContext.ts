'use client';
import { createContext, useContext, type ReactNode } from 'react';
import type { SortableColumn } from '../../layout/rows/columnValues.ts';
import type { SpanRow } from '../../layout/rows/visibleRows.ts';
import type { Trace } from '../../model/types.ts';

/** A column of the grid: what it is called, and what it says of a row. */
export interface Column extends SortableColumn {
  readonly id: string;
  readonly header: string;
  /** Pixels. @default 72 */
  readonly width?: number;
  readonly align?: 'start' | 'end';
  /** Whether rows can be sorted by `value`, which is then asked of every span. @default false */
  readonly sortable?: boolean;
  value(row: SpanRow, trace: Trace): string | number | null;
  /** How the value is drawn; by default as text. */
  cell?(row: SpanRow, trace: Trace): ReactNode;
}

const NO_COLUMNS: readonly Column[] = [];

/** The columns that the host gave to the provider, or to the grid around. */
export const HostColumnsContext = createContext(NO_COLUMNS);

export const useHostColumns = (): readonly Column[] => useContext(HostColumnsContext);
