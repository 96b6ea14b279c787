import parcelClaim from '../test/fixtures/langfuse/parcel-claim.trace.json?raw';
import releaseScribe from '../test/fixtures/langsmith/release-scribe.runs-and-feedback.jsonl?raw';
import aiSdkAgent from '../test/fixtures/otlp/ai-sdk-agent.otlp.jsonl?raw';
import langchainRag from '../test/fixtures/otlp/langchain-rag.otlp.jsonl?raw';
import supportAgent from '../test/fixtures/otlp/support-agent.otlp.jsonl?raw';
import supportTable from '../test/fixtures/phoenix/support-agent.dataframe.json?raw';

/**
 * Traces recorded from real programs, as text: OTLP/JSON envelopes as they came from the exporter, runs of LangSmith, a
 * trace of Langfuse, a table of Phoenix.
 */
export const recordings = { supportAgent, aiSdkAgent, releaseScribe, parcelClaim, supportTable, langchainRag };

/** Every iteration of a loop in rows of its own, where a story is about rows and not about loops. */
export const unfolded = { base: 1_000_000, except: [] } as const;
