/** `spanwise/core`: everything that works without React and without a page. */
export { parseTraces } from './adapters/parseTraces.ts';
export { closeTraces } from './adapters/worker/closeTraces.ts';
export { loadContents } from './adapters/worker/loadContents.ts';
export { serveTraces, type MessageScope } from './worker/serveTraces.ts';
export { auditContent } from './adapters/content/auditContent.ts';
export { detectFormat } from './adapters/formats/detectFormat.ts';
export { defaultAdapters } from './adapters/formats/formats.ts';
export { readTraces } from './adapters/readTraces.ts';
export { createTraceStream, type TraceStream } from './adapters/stream/createTraceStream.ts';
export { consoleDump } from './adapters/console/console.ts';
export { openaiAgents } from './adapters/openaiAgents/openaiAgents.ts';
export { jaeger } from './adapters/jaeger/jaeger.ts';
export { langfuseExport } from './adapters/langfuse/langfuse.ts';
export { langsmith } from './adapters/langsmith/langsmith.ts';
export { native } from './adapters/native/native.ts';
export { toNativeJson } from './adapters/native/toNativeJson.ts';
export type { NativeDocument, NativeScope, NativeSpan, NativeTrace } from './adapters/native/types.ts';
export { toOtlpJson } from './adapters/otlp/toOtlpJson.ts';
export { digest, type DigestOptions } from './export/digest.ts';
export { copyPieces, copyText } from './export/copyText.ts';
export type { CopyFormat, CopyRequest, CopyScope } from './export/types.ts';
export { otlp } from './adapters/otlp/otlp.ts';
export { phoenix } from './adapters/phoenix/phoenix.ts';
export type {
  Detection,
  ParseOptions,
  ReadOptions,
  ReadProgress,
  SpanRecord,
  SpanSink,
  TraceAdapter,
  TraceInput,
} from './adapters/types.ts';

export { appendAll, type BatchSink } from './sources/appendAll.ts';
export { linesOf, type TextPieces } from './sources/linesOf.ts';
export { messagesOf, type MessageSource } from './sources/messagesOf.ts';
export { polled, type PollOptions } from './sources/polled.ts';
export { serverSentEvents } from './sources/serverSentEvents.ts';

export { modelFacts, priceUsage, type PriceTable } from './conventions/prices.ts';

export {
  criticalInterval,
  criticalPath,
  criticalStretches,
  onCriticalPath,
  type CriticalStretch,
} from './analysis/criticalPath/criticalPath.ts';
export { repeatedTraces, type RepeatedTrace } from './analysis/traces/repeatedTraces.ts';
export { diffTraces } from './analysis/diff/diffTraces.ts';
export { recordedTexts } from './analysis/diff/signs/recordedTexts.ts';
export { diffInSteps, type DiffProgress, type DiffStepOptions } from './analysis/diff/diffInSteps.ts';
export { comparePair } from './analysis/diff/pair/comparePair.ts';
export { VOLATILE_ATTRIBUTES } from './analysis/diff/pair/volatileAttributes.ts';
export type * from './analysis/diff/pair/types.ts';
export { foldLoops, foldLoopsInSteps } from './analysis/foldLoops.ts';
export { concurrency, concurrencyInSteps, type Concurrency } from './analysis/agents/concurrency.ts';
export { fanOuts, type FanOut } from './analysis/agents/fanOuts.ts';
export { retries, type Retries } from './analysis/agents/retries.ts';
export { loopProgress, type LoopProgress } from './analysis/agents/loopProgress.ts';
export { findings, type FindingsOptions } from './analysis/agents/findings.ts';
export { findingSentence, type Finding } from './analysis/agents/findingWords.ts';
export type { AssertionRule } from './analysis/agents/rules.ts';
export { transcriptText } from './export/transcriptText.ts';
export { contextWindow, type ContextWindowOptions } from './analysis/contextWindow/contextWindow.ts';
export type {
  AgentContext,
  CacheBreak,
  CacheReading,
  CacheState,
  ContextCall,
  ContextSection,
  ContextSize,
  ContextUse,
  ModelFacts,
  PromptDifference,
} from './analysis/contextWindow/types.ts';
export { transcript, type TranscriptOptions } from './analysis/transcript/transcript.ts';
export type { SpokenPart, Transcript, TranscriptLine } from './analysis/transcript/types.ts';
export { slack, slackInSteps } from './analysis/agents/slack.ts';
export { flameGraph, flameGraphInSteps, type FlameGraphOptions } from './layout/flame/flameGraph.ts';
export type { FlameGraph, FlameMeasure, FlameNode } from './layout/flame/types.ts';
export { statistics, statisticsInSteps, type StatisticsOptions } from './analysis/statistics/statistics.ts';
export type { Statistics, StatisticsBy, StatisticsRow } from './analysis/statistics/types.ts';
export { agentGraph, agentGraphInSteps, type AgentGraphOptions } from './analysis/graph/agentGraph.ts';
export type * from './analysis/graph/types.ts';
export { drawnGraph } from './layout/graph/drawnGraph.ts';
export { graphLayout } from './layout/graph/graphLayout.ts';
export type * from './layout/graph/types.ts';
export { whatIf, type DurationChange, type WhatIf } from './analysis/agents/whatIf.ts';
export { speedups, speedupsInSteps, type Speedup } from './analysis/agents/speedups.ts';
export type * from './analysis/diff/types.ts';
export { ledger } from './analysis/amounts/ledger.ts';
/*
 * Queries, by what you are after:
 *
 * - to find spans, with the places where they match: `searchSpans`, which is all that most need
 * - to find traces of a set: `queryTraces`; `parseTraceQuery` says what of the query cannot be read
 * - to check what somebody typed, or to build and write a query: `parseQuery`, `printQuery`
 * - for a box of your own: `completeQuery` says what may stand at the cursor
 * - for a list of your own that shows, dims or hides at once: `compileQuery` once for a trace, `matchEnvelope` for what
 *   names and numbers decide, `matchContent` for the rest as it is read, `filterRows` to keep the ancestors of matches
 */
export { searchSpans, type SearchHit } from './analysis/query/searchSpans.ts';
export type { TraceSort, TraceSortColumn } from './analysis/traces/sortTraces.ts';
export {
  parseTraceQuery,
  queryTraces,
  type TraceQuery,
  type TraceQueryOptions,
  type TraceQueryResult,
} from './analysis/traces/queryTraces.ts';
export { parseQuery } from './analysis/query/syntax/parseQuery.ts';
export { printQuery } from './analysis/query/syntax/printQuery.ts';
export { completeQuery, type Suggestion } from './analysis/query/complete/completeQuery.ts';
export { compileQuery, type CompiledQuery } from './analysis/query/match/compileQuery.ts';
export { matchContent, matchEnvelope, type Matches } from './analysis/query/match/matchQuery.ts';
export { filterRows, type FilteredRows } from './analysis/filterRows.ts';
export type {
  FieldTerm,
  Operator,
  Query,
  QueryProblem,
  QueryProblemCode,
  QueryTerm,
  QueryValue,
  TextRange,
} from './analysis/query/types.ts';
export { atOnce, soon, type Soon, type Steps, type StepsOptions } from './analysis/steps.ts';
export { countsWith, isWholeCall, ownTime } from './analysis/time/ownTime.ts';
export { selfTime } from './analysis/time/selfTime.ts';
export { timelineWords, type TimelineFacts } from './analysis/time/timelineWords.ts';

export { buildTrace, type BuiltTrace } from './model/build/buildTrace.ts';
export { redactors } from './redact/redactors/redactors.ts';
export { splitMasked } from './redact/mark.ts';
export type { RedactRule } from './redact/types.ts';

export { clockSkews, type ClockSkew } from './model/clocks/clockSkew.ts';
export { correctClocks, type CorrectedTrace } from './model/clocks/correctClocks.ts';
export { OTEL_KINDS, SPAN_FLAGS, SPAN_KINDS, SPAN_STATUSES } from './model/codes.ts';
export { DIAGNOSTICS, TraceInputError, type TraceInputErrorCode } from './model/diagnostics.ts';
export type { SpanAmounts, SpanEntry, TraceAbout } from './model/entry.ts';
export type * from './model/types.ts';
