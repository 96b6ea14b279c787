import aiSdkAgent from '../test/fixtures/otlp/ai-sdk-agent.otlp.jsonl?raw';
import supportAgent from '../test/fixtures/otlp/support-agent.otlp.jsonl?raw';

/** Traces recorded from real programs, as text: each line is one OTLP/JSON envelope as it came from the exporter. */
export const recordings = { supportAgent, aiSdkAgent };
