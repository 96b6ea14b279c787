'use client';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { TabStrip } from '../SpanDetail/TabStrip.tsx';
import { TIMELINE, type MainView } from './views.ts';

interface ViewTabsProps {
  readonly views: readonly MainView[];
  readonly open: string;
}

/** The views of the main area side by side, one of which is open. */
export function ViewTabs({ views, open }: ViewTabsProps) {
  const { store, labels } = useTraceContext();
  return (
    <TabStrip
      choiceOf={labels.views}
      tabs={[TIMELINE, ...views.map(({ id }) => id)].map((id) => ({ id, title: labels.viewName(id) }))}
      current={open}
      onChoose={store.actions.showView}
      onDown={store.actions.focusGrid}
    />
  );
}
