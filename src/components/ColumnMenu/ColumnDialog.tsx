'use client';
import { useEffect, useRef } from 'react';
import { traceFacts } from '../../analysis/traces/traceFacts.ts';
import { useBrowserLayoutEffect } from '../../hooks/useBrowserLayoutEffect.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { useTrace } from '../../hooks/useTrace.ts';
import { useTraceStore } from '../../hooks/useTraceStore.ts';
import { Sign } from '../parts/icons.tsx';
import type { Columns } from '../TraceGrid/columns/useColumns.ts';
import { attributeColumnId, attributeOf } from '../TraceGrid/columns/attributeColumn.tsx';
import { keepInside } from '../menu/keepInside.ts';
import { AttributeField } from './AttributeField.tsx';
import { SortField } from './SortField.tsx';
import { withColumn } from './withColumn.ts';

/**
 * Which columns are shown, by which the rows are ordered, what their colours say. The same choices as in the heads and
 * in the legend, which narrow viewers and a grid alone do not have.
 */
export function ColumnDialog({ columns: { shown, all }, onClose }: { readonly columns: Columns; onClose(): void }) {
  const {
    store: { actions, getState },
    labels,
  } = useTraceContext();
  const isChosen = useTraceStore(
    (state) => state.shownColumns !== null || state.sort !== null || Object.keys(state.columnWidths).length > 0,
  );
  const argumentsInRows = useTraceStore((state) => state.argumentsInRows);
  const trace = useTrace();
  const byService = useTraceStore((state) => state.colorBy === 'service');
  const severalServices = byService || (trace !== null && traceFacts(trace).services.length > 1);
  const dialog = useRef<HTMLDivElement>(null);
  const ids = shown.map(({ column }) => column.id);
  const order = all.map(({ id }) => id);

  useBrowserLayoutEffect(() => keepInside(dialog.current!), []);
  useEffect(() => dialog.current!.querySelector<HTMLElement>('select, input')!.focus({ preventScroll: true }), []);

  const reset = (): void => {
    actions.showColumns(null);
    actions.sortBy(null);
    actions.setColumnWidths(Object.fromEntries(Object.keys(getState().columnWidths).map((id) => [id, null])));
    dialog.current?.querySelector<HTMLElement>('input')?.focus();
  };
  return (
    <div ref={dialog} role="dialog" aria-label={labels.columns} className="tv-columns">
      <SortField columns={all} />
      <ul className="tv-columns-list">
        {all.map(({ id, header }) => (
          <li key={id}>
            <label>
              <input
                type="checkbox"
                checked={ids.includes(id)}
                onChange={(event) =>
                  actions.showColumns(
                    event.target.checked ? withColumn(ids, id, order) : ids.filter((each) => each !== id),
                  )
                }
              />
              {attributeOf(id) === null ? header : <code>{header}</code>}
            </label>
          </li>
        ))}
      </ul>
      <label className="tv-columns-switch">
        <input
          type="checkbox"
          checked={argumentsInRows}
          onChange={(event) => actions.showArguments(event.target.checked)}
        />
        {labels.argumentsInRows}
      </label>
      {severalServices ? (
        <label className="tv-columns-switch">
          <input
            type="checkbox"
            checked={byService}
            onChange={(event) => actions.colorBy(event.target.checked ? 'service' : 'kind')}
          />
          {labels.colorByService}
        </label>
      ) : null}
      <p className="tv-columns-note">{labels.twoColumnsFit}</p>
      <AttributeField onAdd={(key) => actions.showColumns(withColumn(ids, attributeColumnId(key), order))} />
      <div className="tv-columns-end">
        <button type="button" className="tv-button" disabled={!isChosen} onClick={reset}>
          {labels.resetColumns}
        </button>
        <button type="button" className="tv-button tv-line" onClick={onClose}>
          <Sign name="close" size={9} />
          {labels.close}
        </button>
      </div>
    </div>
  );
}
