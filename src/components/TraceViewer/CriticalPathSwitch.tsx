'use client';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { useTraceStore } from '../../hooks/useTraceStore.ts';
import { ToolbarSwitch } from '../parts/ToolbarSwitch.tsx';

/** The switch of the critical path, for the toolbar. Where no time is known, nobody waited for anybody. */
export function CriticalPathSwitch() {
  const { store, labels } = useTraceContext();
  const on = useTraceStore((state) => state.criticalPath);
  const hasClock = useTraceStore(({ trace }) => trace?.timeBasis !== 'step');
  return hasClock ? (
    <ToolbarSwitch
      sign="path"
      label={labels.criticalPath}
      on={on}
      onToggle={() => store.actions.showCriticalPath(!on)}
    />
  ) : null;
}
