'use client';
import { useMemo } from 'react';
import { useHostColumns } from '../../../hooks/context/HostColumnsContext.ts';
import { useTraceContext } from '../../../hooks/context/TraceContext.ts';
import { useTraceStore } from '../../../hooks/useTraceStore.ts';
import { isDefaultColumn } from '../../../layout/rows/defaultColumns.ts';
import type { Column, KindStyle } from '../../types.ts';
import { attributeColumn, attributeOf } from './attributeColumn.tsx';
import { builtInColumns, defaultColumnIds, type GridColumn } from './columns.tsx';
import { ownValue } from '../../../model/ownValue.ts';

/**
 * A column in its place. `room` is the least container that it is shown in where space is short: always, from 560 or
 * from 900 pixels.
 */
export interface PlacedColumn {
  readonly column: GridColumn;
  readonly room: 'any' | 'middle' | 'wide';
  readonly width: number;
}

export interface Columns {
  /** In order. */
  readonly shown: readonly PlacedColumn[];
  /** All that can be chosen: the host's, the built-in ones, and the attributes that are shown. */
  readonly all: readonly GridColumn[];
}

const NONE: Columns = { shown: [], all: [] };
const WIDTH = 72;
/** So many columns fit beside the name where the timeline is below it. */
const NARROW = 2;

/** The columns of a grid. An empty list of its own means a grid without any. */
export function useColumns(
  own: readonly Column[] | undefined,
  kinds: Readonly<Record<string, KindStyle>> | undefined,
): Columns {
  const { format, labels } = useTraceContext();
  const around = useHostColumns();
  const trace = useTraceStore((state) => state.trace);
  const chosen = useTraceStore((state) => state.shownColumns);
  const widths = useTraceStore((state) => state.columnWidths);
  const builtIn = useMemo(() => builtInColumns(format, labels, kinds), [format, labels, kinds]);
  const host: readonly GridColumn[] = own ?? around;
  const empty = own?.length === 0;

  const named = useMemo(() => {
    const theirs = host.filter((column) => !isDefaultColumn(column));
    const replaced = new Set(theirs.map(({ id }) => id));
    const all = [...theirs, ...builtIn.filter(({ id }) => !replaced.has(id))];
    const attributes = (chosen ?? []).filter((id) => attributeOf(id) !== null && !replaced.has(id));
    return new Map(
      [...all, ...attributes.map((id) => attributeColumn(attributeOf(id)!))].map((column) => [column.id, column]),
    );
  }, [host, builtIn, chosen]);

  return useMemo(() => {
    if (!trace || empty) return NONE;
    const byDefault = chosen === null && host.length === 0;
    const usual: readonly string[] = defaultColumnIds(trace);
    const offered = host.filter((column) => !isDefaultColumn(column) || usual.includes(column.id));
    const ids = chosen ?? (byDefault ? usual : offered.map(({ id }) => id));
    const columns = Array.from(new Set(ids), (id) => named.get(id)).filter((column) => column !== undefined);
    return {
      shown: columns.map((column, place) => ({
        column,
        width: ownValue(widths, column.id) ?? column.width ?? WIDTH,
        room: byDefault ? roomByDefault(column.id) : roomAt(place),
      })),
      all: Array.from(named.values()),
    };
  }, [trace, empty, chosen, host, named, widths]);
}

const roomByDefault = (id: string): 'wide' | 'any' => (id === 'tokens' ? 'wide' : 'any');
const roomAt = (place: number): 'any' | 'middle' => (place < NARROW ? 'any' : 'middle');
