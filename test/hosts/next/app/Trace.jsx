'use client';
import { useMemo } from 'react';
import { readTraces, TraceViewer } from 'spanwise';
import document from '../trace.json';

export function Trace() {
  const trace = useMemo(() => readTraces(document).traces[0], []);
  return <TraceViewer trace={trace} />;
}
