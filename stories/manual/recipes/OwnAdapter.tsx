import { defaultAdapters, TraceViewer, type TraceAdapter, type TraceInput } from 'spanwise';
import 'spanwise/styles.css';

interface Job {
  run: string;
  id: string;
  parent: string | null;
  title: string;
  /** Milliseconds since 1970. */
  began: number;
  took: number;
  failed?: string;
  model?: string;
  tokens?: number;
}

/** Reads `{ "jobs": [Job, …] }`. */
const jobs: TraceAdapter = {
  name: 'jobs',
  detect: (document) =>
    Array.isArray((document as { jobs?: unknown } | null)?.jobs) ? { confidence: 0.9, reason: 'has jobs' } : null,
  read(document, sink) {
    for (const job of (document as { jobs: Job[] }).jobs) {
      sink.span({
        traceId: job.run,
        spanId: job.id,
        parentSpanId: job.parent,
        name: job.title,
        start: job.began,
        end: job.began + job.took,
        timeUnit: 'ms',
        status: job.failed === undefined ? 'ok' : 'error',
        statusMessage: job.failed,
        source: job,
        // In a vocabulary that spanwise understands: here OpenInference's.
        attributes: new Map<string, unknown>([
          ['openinference.span.kind', job.model ? 'LLM' : 'CHAIN'],
          ['llm.model_name', job.model],
          ['llm.token_count.total', job.tokens],
        ]),
      });
    }
  },
};
const options = { adapters: [jobs, ...defaultAdapters] };

export const OwnAdapter = ({ input }: { input: TraceInput }) => (
  <div style={{ height: 300 }}>
    <TraceViewer input={input} options={options} />
  </div>
);
