'use client';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { TabStrip, type PanelIds } from '../SpanDetail/TabStrip.tsx';
import { TIMELINE, type MainView } from './views.ts';

interface ViewTabsProps {
  readonly ids: PanelIds;
  readonly views: readonly MainView[];
  readonly open: string;
}

/** The views of the main area as tabs. */
export function ViewTabs({ ids, views, open }: ViewTabsProps) {
  const { store, labels } = useTraceContext();
  return (
    <TabStrip
      ids={ids}
      label={labels.views}
      tabs={[TIMELINE, ...views.map(({ id }) => id)].map((id) => ({ id, title: labels.viewName(id) }))}
      current={open}
      onChoose={store.actions.showView}
    />
  );
}
