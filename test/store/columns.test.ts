import { describe, expect, it, vi } from 'vitest';
import { withColumn } from '../../src/components/ColumnMenu/withColumn.ts';
import { createTraceStore, viewsOf } from '../../src/store/createTraceStore.ts';

describe('columns', () => {
  it('are those shown by default until somebody chooses', () => {
    const store = createTraceStore();
    expect(store.getState()).toMatchObject({ shownColumns: null, sort: null, columnWidths: {} });
    store.actions.showColumns(['cost']);
    expect(store.getState().shownColumns).toEqual(['cost']);
    store.actions.showColumns(null);
    expect(store.getState().shownColumns).toBeNull();
  });
  it('keep their widths until these are taken back', () => {
    const store = createTraceStore();
    store.actions.setColumnWidths({ cost: 120, ':name': 300 });
    store.actions.setColumnWidths({ cost: null });
    expect(store.getState().columnWidths).toEqual({ ':name': 300 });
  });
  it('come back to their place in the order of all', () => {
    const all = ['a', 'b', 'c', 'd'];
    expect(withColumn(['a', 'd'], 'c', all)).toEqual(['a', 'c', 'd']);
    expect(withColumn(['d', 'b'], 'a', all)).toEqual(['a', 'd', 'b']);
    expect(withColumn(['b', 'a'], 'd', all)).toEqual(['b', 'd', 'a']);
    expect(withColumn(['a'], 'attribute:x', all)).toEqual(['a', 'attribute:x']);
    expect(withColumn(['a'], 'a', all)).toEqual(['a']);
  });
});

describe('the order of rows', () => {
  it('is reported to the host, who may own it', () => {
    const store = createTraceStore({ sort: { id: 'cost', descending: true } });
    const onSort = vi.fn<(sort: unknown) => void>();
    viewsOf(store).link({ controlled: { sort: null }, onChange: { sort: onSort } });
    expect(store.getState().sort).toBeNull();
    store.actions.sortBy({ id: 'duration', descending: true });
    expect(onSort).toHaveBeenCalledExactlyOnceWith({ id: 'duration', descending: true });
    expect(store.getState().sort).toBeNull();
  });
  it('that is equal is no change', () => {
    const store = createTraceStore({ sort: { id: 'cost', descending: true } });
    const before = store.getState().sort;
    store.actions.sortBy({ id: 'cost', descending: true });
    expect(store.getState().sort).toBe(before);
  });
});
