import { toJson } from '../../conventions/toJson.ts';
import type { DiagnosticLog } from '../../model/diagnostics.ts';
import type { RecordedScore, SpanEntry } from '../../model/entry.ts';
import type { Score } from '../../model/types.ts';
import type { ScoreVersion } from '../types.ts';
import type { RecordedLink } from '../content/linksIn.ts';

/** A score, and the trace of the span that reported it, where one did. */
export interface ReportedScore {
  readonly score: Score;
  readonly reporterTrace?: string;
  readonly version?: ScoreVersion | undefined;
}

/** What scores of one trace can be about, and where they end up. */
export interface ScoredTrace {
  readonly traceId: string;
  readonly sessionId: string | undefined;
  readonly spanIds: () => Iterable<string> & Pick<ReadonlySet<string>, 'has'>;
  readonly scores: Map<string, Score>;
  /** Of its session: all traces of one session have the same map. */
  sessionScores: Map<string, Score>;
  readonly spanScores: Map<string, Map<string, Score>>;
}

/**
 * An evaluator that points to one span speaks of that span and its trace, not of its own (OpenInference, post-hoc
 * evaluations).
 */
export function withoutOthersScores(
  entry: SpanEntry,
  traceId: string,
  links: readonly RecordedLink[],
  sessionId: string | null,
  reported: ReportedScore[],
): SpanEntry {
  const subject = entry.kind === 'evaluator' && links.length === 1 ? links[0]!.to : null;
  const own: RecordedScore[] = [];
  for (const score of entry.scores ?? []) {
    const { level = 'span', ...rest } = score;
    if (level === 'span' && !subject) {
      own.push(score);
      continue;
    }
    const about = subject ?? { traceId, spanId: entry.spanId };
    const keys = { span: `${about.traceId}/${about.spanId}`, trace: about.traceId, session: sessionId ?? '' };
    const key = keys[level];
    reported.push({ score: { ...rest, target: { level, key } }, reporterTrace: traceId });
  }
  const { scores: _, ...unscored } = entry;
  return own.length > 0 ? { ...unscored, scores: own } : unscored;
}

/** The traces that scores can be about, by all that a score may name. What nobody names is never indexed. */
interface ScoredTraces {
  byId(traceId: string): ScoredTrace | undefined;
  ofSession(sessionId: string): ScoredTrace | undefined;
  withSpan(spanId: string): HeldSpan | undefined;
}

/** A trace that holds a span of some id, and whether another does too. */
interface HeldSpan {
  readonly trace: ScoredTrace;
  readonly isAmbiguous: boolean;
}

/**
 * Puts each score with what it is about, once, in whatever order all came. A score whose target is not there stays with
 * the trace that it names or, failing that, that of its reporter, and keeps its target; without either it is
 * reported.
 */
export function placeScores(
  reported: readonly ReportedScore[],
  given: ReadonlyMap<string, ScoredTrace>,
  keyOf: (traceId: string) => string,
  log: DiagnosticLog,
): void {
  const traces = indexTraces(given, keyOf);
  for (const { score, reporterTrace } of latest(reported, log)) {
    const { level, key } = score.target;
    const reporter = reporterTrace === undefined ? undefined : traces.byId(reporterTrace);
    if (level === 'session') {
      // A span that reports a score of its session need not name the session.
      const session = key === '' ? reporter?.sessionId : key;
      const scores = (session === undefined ? undefined : traces.ofSession(session)?.sessionScores) ?? reporter?.scores;
      if (scores) put(scores, { ...score, target: { level, key: session ?? key } });
      else log.report('missing-score-target');
    } else if (level === 'trace') {
      const trace = traces.byId(key);
      if (trace) put(trace.scores, { ...score, target: { level, key: trace.traceId } });
      else if (reporter) put(reporter.scores, score);
      else log.report('missing-score-target');
    } else {
      placeOnSpan(score, traces, reporter, log);
    }
  }
}

function indexTraces(given: ReadonlyMap<string, ScoredTrace>, keyOf: (traceId: string) => string): ScoredTraces {
  let bySession: Map<string, ScoredTrace> | undefined;
  let bySpan: Map<string, HeldSpan> | undefined;
  return {
    byId: (traceId) => given.get(keyOf(traceId)),
    ofSession: (sessionId) => (bySession ??= indexSessions(given)).get(sessionId),
    withSpan: (spanId) => (bySpan ??= indexSpans(given)).get(spanId),
  };
}

/** One trace of each session; all of them share its scores. */
function indexSessions(given: ReadonlyMap<string, ScoredTrace>): Map<string, ScoredTrace> {
  const bySession = new Map<string, ScoredTrace>();
  for (const trace of given.values()) {
    if (trace.sessionId === undefined) continue;
    const first = bySession.get(trace.sessionId);
    if (first) trace.sessionScores = first.sessionScores;
    else bySession.set(trace.sessionId, trace);
  }
  return bySession;
}

/** The trace that holds a span id; of several the first by name, so that arrival does not matter. */
function indexSpans(given: ReadonlyMap<string, ScoredTrace>): Map<string, HeldSpan> {
  const bySpan = new Map<string, HeldSpan>();
  for (const trace of given.values())
    for (const spanId of trace.spanIds()) {
      const other = bySpan.get(spanId)?.trace;
      const first = other && other.traceId < trace.traceId ? other : trace;
      bySpan.set(spanId, { trace: first, isAmbiguous: other !== undefined });
    }
  return bySpan;
}

/**
 * Of scores with one id the last word, by revision; where several of one revision judge differently, each. Copies may
 * record more or less beside.
 */
function latest(reported: readonly ReportedScore[], log: DiagnosticLog): readonly ReportedScore[] {
  const byId = new Map<string, { readonly revision: number; readonly byVerdict: Map<string, ReportedScore> }>();
  for (const each of reported) {
    const { id, revision = 0 } = each.version ?? {};
    if (id === undefined) continue;
    let kept = byId.get(id);
    if (kept && revision < kept.revision) continue;
    if (!kept || revision > kept.revision) byId.set(id, (kept = { revision, byVerdict: new Map() }));
    const verdict = toJson([each.score.name, each.score.value, each.score.label]);
    const other = kept.byVerdict.get(verdict);
    if (!other || isFuller(each.score, other.score)) kept.byVerdict.set(verdict, each);
  }
  if (byId.size === 0) return reported;
  const last = new Set<ReportedScore>();
  for (const { byVerdict } of byId.values()) {
    if (byVerdict.size > 1) log.report('score-conflict');
    for (const each of byVerdict.values()) last.add(each);
  }
  return reported.filter((each) => each.version?.id === undefined || last.has(each));
}

/** Of copies, the one with the longer text: what is missing in a copy is null there. */
function isFuller(score: Score, other: Score): boolean {
  const [text, otherText] = [toJson(score), toJson(other)];
  return text.length === otherText.length ? text > otherText : text.length > otherText.length;
}

function placeOnSpan(score: Score, traces: ScoredTraces, reporter: ScoredTrace | undefined, log: DiagnosticLog): void {
  const { key } = score.target;
  const slash = key.indexOf('/');
  const named = slash === -1 ? undefined : traces.byId(key.slice(0, slash));
  const spanId = slash === -1 ? key : key.slice(slash + 1);
  const held = slash === -1 ? traces.withSpan(spanId) : undefined;
  if (held?.isAmbiguous) log.report('ambiguous-score-target');
  const trace = named?.spanIds().has(spanId) ? named : held?.trace;
  if (!trace) {
    const host = named ?? reporter;
    if (host) put(host.scores, score);
    else log.report('missing-score-target');
    return;
  }
  let scores = trace.spanScores.get(spanId);
  if (!scores) trace.spanScores.set(spanId, (scores = new Map()));
  put(scores, score);
}

const put = (scores: Map<string, Score>, score: Score): void => {
  scores.set(toJson(score), score);
};

/** The scores of a map, in an order that arrival cannot change. */
export const sortedScores = (scores: ReadonlyMap<string, Score>): readonly Score[] =>
  Array.from(scores)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, score]) => score);
