'use client';
import { useEffect, type ReactNode } from 'react';
import { errors } from '../../analysis/errors.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import type { Trace } from '../../model/types.ts';
import type { TraceStore } from '../../store/createTraceStore.ts';
import { useStatus } from '../parts/useStatus.tsx';
import { useLaterLabels } from '../TraceFindings/useLaterLabels.ts';

/** Milliseconds between two summaries: who listens also wants to read. */
const APART = 5000;

/** Of several grids that show one trace, one tells. */
const telling = new WeakMap<TraceStore, object>();

/** Says to screen readers what has arrived, in one sentence for all of a while, and when the stream is over. */
export function useLiveStatus(): ReactNode {
  const { store, format } = useTraceContext();
  const labels = useLaterLabels();
  const [status, announce] = useStatus();
  useEffect(() => {
    const me = {};
    if (!telling.has(store)) telling.set(store, me);
    let told = countsOf(store.getState().trace);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tell = (): void => {
      timer = undefined;
      const now = countsOf(store.getState().trace);
      const more = now.spans - told.spans;
      if (more <= 0) return;
      const failed = Math.max(0, now.failed - told.failed);
      announce(
        labels.arrived(more, format.count(more), failed === 0 ? null : format.count(failed), format.count(now.spans)),
        true,
      );
      told = now;
    };
    const unsubscribe = store.subscribe(({ trace }, before) => {
      if (trace === before.trace || telling.get(store) !== me) return;
      if (before.trace?.live && trace?.key === before.trace.key && !trace.live) {
        clearTimeout(timer);
        announce(labels.nothingMore(format.count(trace.spanCount)), true);
      } else if (trace?.live && trace.key !== before.trace?.key) {
        told = countsOf(trace);
      } else if (trace?.live) {
        timer ??= setTimeout(tell, APART);
      }
    });
    return () => {
      clearTimeout(timer);
      unsubscribe();
      if (telling.get(store) === me) telling.delete(store);
    };
  }, [store, labels, format, announce]);
  return status;
}

const countsOf = (trace: Trace | null): { readonly spans: number; readonly failed: number } =>
  trace ? { spans: trace.spanCount, failed: errors(trace).length } : { spans: 0, failed: 0 };
