import type { SpanEntry, TraceAbout } from '../../model/entry.ts';
import { createDiagnosticLog, type DiagnosticLog } from '../../model/diagnostics.ts';
import { inOneGo } from '../../model/build/steps.ts';
import { buildInSteps } from '../../model/build/buildTrace.ts';
import { SpanRows } from '../../model/build/spanRows.ts';
import { mergeRepeats } from '../../model/build/mergeRepeats.ts';
import { reportFlags } from '../../model/build/reportFlags.ts';
import { grownTrace } from '../../model/grow/grownTrace.ts';
import { TraceGrowth } from '../../model/grow/growTrace.ts';
import { ColumnTrace } from '../../model/trace.ts';
import type { Diagnostic, Trace } from '../../model/types.ts';
import { lendAmounts, lendContent } from '../collect/lendAmounts.ts';
import { placeMarkers, type StartMarker } from '../collect/startMarkers.ts';

/** How amounts that a call is lent are priced. */
export type Price = Parameters<typeof lendAmounts>[1];

/** A trace, and what is to be said of it when somebody asks. */
export interface LiveTrace {
  readonly trace: ColumnTrace;
  readonly diagnostics: () => readonly Diagnostic[];
}

/** The spans of one trace while they come in. */
export interface LiveSpans {
  readonly isEmpty: boolean;
  /** Ids of spans, but for those that are only announced. */
  readonly ids: Iterable<string> & Pick<ReadonlySet<string>, 'has'>;
  /** True where it is known already, word for word. */
  add(entry: SpanEntry): boolean;
  addMarker(marker: StartMarker): void;
  /** What `before` was made of is now known otherwise. */
  replace(before: readonly SpanEntry[], now: readonly SpanEntry[]): void;
  /** What came again, word for word. */
  repeats(traceId: string): readonly Diagnostic[];
  /** Amounts or messages of its spans stand on others: it is built as a whole from now on. */
  buildAsWhole(): void;
  build(traceId: string, about: TraceAbout, state: Pick<Trace, 'version' | 'live'>, price: Price): LiveTrace;
}

export function createLiveSpans(): LiveSpans {
  const shown = new Map<string, SpanEntry>();
  /** Ids under which different things came. */
  const several = new Map<string, readonly SpanEntry[]>();
  /** Ids that only an announcement stands for. */
  const announced = new Set<string>();
  const markers: StartMarker[] = [];
  const repeats = new Map<string, number>();
  /** Ids of what is not in the trace yet. */
  const changed = new Set<string>();
  let growth: TraceGrowth | null = new TraceGrowth();
  let grown: ReturnType<TraceGrowth['grow']> = null;

  const show = (spanId: string, entry: SpanEntry): void => {
    shown.set(spanId, entry);
    changed.add(spanId);
  };
  /** Keeps all that came under one id, and shows what is left of it. */
  const showSeveral = (spanId: string, entries: readonly SpanEntry[]): void => {
    const [first, ...others] = mergeRepeats('', SpanRows.of(entries), createDiagnosticLog()).list();
    if (entries.length > 1) several.set(spanId, entries);
    else several.delete(spanId);
    if (others.length > 0 || !first) growth = null;
    if (!first) shown.delete(spanId);
    else if (first !== shown.get(spanId)) show(spanId, first);
  };
  const received = (): readonly SpanEntry[] => {
    const all: SpanEntry[] = [];
    for (const [spanId, entry] of shown)
      if (!announced.has(spanId)) for (const each of several.get(spanId) ?? [entry]) all.push(each);
    return all;
  };
  const absorbed = (): readonly string[] =>
    markers.flatMap(({ entry: { parentSpanId: id } }) =>
      id !== null && shown.has(id) && !announced.has(id) ? [id] : [],
    );

  const add = (entry: SpanEntry): boolean => {
    const { spanId } = entry;
    const before = shown.get(spanId);
    if (!before || announced.delete(spanId)) {
      show(spanId, entry);
      return false;
    }
    const known = several.get(spanId) ?? [before];
    const hash = entry.content.hash();
    if (known.some(({ content }) => content.hash() === hash)) {
      repeats.set(spanId, (repeats.get(spanId) ?? 0) + 1);
      return true;
    }
    showSeveral(spanId, [...known, entry]);
    return false;
  };

  return {
    get isEmpty() {
      return shown.size === 0;
    },
    ids: {
      has: (spanId) => shown.has(spanId) && !announced.has(spanId),
      *[Symbol.iterator]() {
        for (const spanId of shown.keys()) if (!announced.has(spanId)) yield spanId;
      },
    },
    add,
    addMarker(marker) {
      // It announces nothing above itself: it is a span like others.
      if (marker.entry.parentSpanId === null) return void add(marker.entry);
      markers.push(marker);
      const [standing] = placeMarkers([], [marker]).entries;
      const spanId = standing!.spanId;
      if (!shown.has(spanId)) {
        announced.add(spanId);
        show(spanId, standing!);
      } else if (announced.has(spanId)) growth = null;
    },
    replace(before, now) {
      const spanId = (before[0] ?? now[0])?.spanId;
      if (spanId === undefined) return;
      const known = shown.get(spanId);
      if (before.length === 0 && now.length === 1 && !known) show(spanId, now[0]!);
      else if (before.length === 1 && now.length === 1 && known === before[0] && !several.has(spanId))
        show(spanId, now[0]!);
      else {
        const others = several.get(spanId) ?? (known && !announced.has(spanId) ? [known] : []);
        announced.delete(spanId);
        showSeveral(spanId, [...others.filter((entry) => !before.includes(entry)), ...now]);
      }
    },
    repeats(traceId) {
      if (repeats.size === 0) return NOTHING;
      const notes = createDiagnosticLog();
      for (const [spanId, count] of repeats) reportRepeats(notes, `${traceId}/${spanId}`, count);
      return notes.list();
    },
    buildAsWhole() {
      growth = null;
    },
    build(traceId, about, state, price) {
      const notes = createDiagnosticLog();
      for (const spanId of absorbed()) notes.report('start-marker', { key: `${traceId}/${spanId}` });
      if (growth && (changed.size > 0 || !grown)) {
        grown = growth.grow(Array.from(changed, (spanId) => shown.get(spanId)!));
        if (!grown) growth = null;
      }
      changed.clear();
      if (growth && grown) {
        for (const [spanId, entries] of several) reportRepeats(notes, `${traceId}/${spanId}`, entries.length - 1);
        const trace = grownTrace(traceId, about, grown, state);
        return { trace, diagnostics: once(() => (inOneGo(reportFlags(trace, notes)), notes.list())) };
      }
      grown = null;
      const { entries } = placeMarkers(received(), markers);
      const built = inOneGo(buildInSteps(traceId, SpanRows.of(lendContent(lendAmounts(entries, price))), about));
      for (const diagnostic of built.diagnostics) notes.add(diagnostic);
      return {
        trace: new ColumnTrace((built.trace as ColumnTrace).parts, state),
        diagnostics: () => notes.list(),
      };
    },
  };
}

const NOTHING: readonly Diagnostic[] = [];

export function reportRepeats(log: DiagnosticLog, key: string, count: number): void {
  for (let at = 0; at < count; at += 1) log.report('duplicate-span', { key });
}

function once<Result>(work: () => Result): () => Result {
  let result: Result | undefined;
  return () => (result ??= work());
}
