'use client';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { useTraceStore } from '../../hooks/useTraceStore.ts';
import { Sign } from '../parts/icons.tsx';

/** The switch of the critical path, for the toolbar. Where no time is known, nobody waited for anybody. */
export function CriticalPathSwitch() {
  const { store, labels } = useTraceContext();
  const on = useTraceStore((state) => state.criticalPath);
  const hasClock = useTraceStore(({ trace }) => trace?.timeBasis !== 'step');
  if (!hasClock) return null;
  return (
    <button
      type="button"
      className="tv-button tv-line tv-critical-switch"
      title={labels.criticalPath}
      aria-pressed={on}
      onClick={() => store.actions.showCriticalPath(!on)}
    >
      <Sign name="path" />
      <span>{labels.criticalPath}</span>
    </button>
  );
}
