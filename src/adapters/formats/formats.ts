import { consoleDump } from '../console/console.ts';
import { jaeger } from '../jaeger/jaeger.ts';
import { langfuseExport } from '../langfuse/langfuse.ts';
import { langsmith } from '../langsmith/langsmith.ts';
import { native } from '../native/native.ts';
import { openaiAgents } from '../openaiAgents/openaiAgents.ts';
import { otlp } from '../otlp/otlp.ts';
import { phoenix } from '../phoenix/phoenix.ts';
import type { TraceAdapter } from '../types.ts';

/** The formats that are read without further setting. */
export const defaultAdapters: readonly TraceAdapter[] = [
  native,
  otlp,
  langsmith,
  langfuseExport,
  phoenix,
  jaeger,
  consoleDump,
  openaiAgents,
];
