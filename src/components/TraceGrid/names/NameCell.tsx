'use client';
import { memo, useMemo, type ReactNode } from 'react';
import { agentTurns } from '../../../analysis/amounts/agentTurns.ts';
import { failedSteps, stepLabels } from '../../../analysis/agents/stepLabels.ts';
import { errors } from '../../../analysis/errors.ts';
import { createContentSign, createMarker } from '../../../analysis/query/match/marks.ts';
import type { Format } from '../../../format.ts';
import type { Labels } from '../../../labels.ts';
import type { Query } from '../../../analysis/query/types.ts';
import { useRowDrawing } from '../../../hooks/context/RowDrawingContext.ts';
import { useTraceContext } from '../../../hooks/context/TraceContext.ts';
import { HOLDS_DOCUMENTS } from '../../../layout/rows/documentCounts.ts';
import type { LoopRow } from '../../../layout/rows/loopRows.ts';
import { lowerBound } from '../../../model/lowerBound.ts';
import type { Diagnostic, Span, Trace } from '../../../model/types.ts';
import { ownValue } from '../../../model/ownValue.ts';
import { KindGlyph, Sign, type KindInk, type SignName } from '../../parts/icons.tsx';
import { later } from '../../later/later.tsx';
import type { KindStyle } from '../../types.ts';
import { markedRanges } from '../../text/markedText.tsx';
import { LoopName } from '../../text/LoopName.tsx';
import { recordedText } from '../../text/recordedText.tsx';
import { ArgumentDigest } from './ArgumentDigest.tsx';
import { FoldArrow } from './FoldArrow.tsx';
import { DocumentCount, RowCount } from './RowCount.tsx';
import { LoopNotes } from './LoopNotes.tsx';
import { MatchCount } from './MatchCount.tsx';
import type { RowReader } from '../rowReader.ts';
import { treeGuides } from './treeGuides.tsx';

export { MissingName } from './MissingName.tsx';

const RetryChip = later('RetryChip', true);

interface NameCellProps {
  readonly trace: Trace;
  readonly index: number;
  readonly open: boolean;
  /** Whether any of its children is shown when it is open. */
  readonly hasChildren: boolean;
  /** The lines of the tree before it (`guideLines`). */
  readonly guides: string;
  /** What is looked for, in a match; else null. */
  readonly asked: Query | null;
  /** How many matches are inside, of a closed span. */
  readonly inside: number;
  /** The loop that begins with the span, and whether the row stands for all of it. */
  readonly loop: LoopRow | undefined;
  readonly folded: boolean;
  /** Whether a loop stands right below it, which says how often it turned. */
  readonly holdsLoop: boolean;
  readonly kinds: Readonly<Record<string, KindStyle>> | undefined;
  readonly reader: RowReader;
  /** Whether what walks the whole trace may be asked for (`useAfterRows`). */
  readonly afterRows: boolean;
  readonly inPage: boolean;
  readonly ink: KindInk;
}

/**
 * Guides, fold arrow, kind, name, and what sets this span apart: model, turns, failures, marks, arguments, documents, service
 * where it changes.
 */
export const NameCell = memo(function NameCell({
  trace,
  index,
  open,
  hasChildren,
  guides,
  asked,
  inside,
  loop,
  folded,
  holdsLoop,
  kinds,
  reader,
  afterRows,
  inPage,
  ink,
}: NameCellProps) {
  const { labels, format } = useTraceContext();
  const drawing = useRowDrawing();
  const span = trace.span(index);
  const opens = hasChildren || folded;
  const closedLoop = folded ? loop : undefined;
  return (
    <>
      {drawing?.lead(trace, index)}
      {treeGuides(guides, !opens, inPage)}
      {opens ? <FoldArrow index={index} open={open} folded={folded} /> : null}
      <KindGlyph kind={span.kind} glyph={ownValue(kinds, span.kind)?.glyph} ink={ink} />
      <bdi className="tv-name">
        {drawing?.name(trace, index) ??
          (closedLoop ? <LoopName trace={trace} loop={closedLoop} /> : nameOf(span, asked))}
      </bdi>
      {loop ? <LoopNotes trace={trace} loop={loop} folded={folded} inside={inside} /> : null}
      {drawing ? (
        <>
          {badgesOf(span, trace, open, labels)}
          {drawing.note(trace, index, open)}
          {matchesOf(asked, inside, span.name)}
        </>
      ) : null}
      {drawing || folded
        ? null
        : spanNotes({ span, trace, open, holdsLoop, asked, inside, reader, afterRows, labels, format })}
      <span className="tv-visually-hidden">{ownValue(kinds, span.kind)?.label ?? labels.kind(span.kind)}</span>
    </>
  );
});

interface SpanNotesOf extends Pick<
  NameCellProps,
  'trace' | 'open' | 'holdsLoop' | 'asked' | 'inside' | 'reader' | 'afterRows'
> {
  readonly span: Span;
  readonly labels: Labels;
  readonly format: Format;
}

/** What sets a span apart from others. No component: a row has enough of them. */
function spanNotes(of: SpanNotesOf): ReactNode {
  const { span, trace, open, holdsLoop, asked, inside, reader, afterRows, labels, format } = of;
  const { index } = span;
  const turns = afterRows ? agentTurns(trace)[index]! : 0;
  const service = span.service !== null && span.service !== span.parent?.service ? span.service : null;
  return (
    <>
      {span.model === null || span.name.includes(span.model) ? null : (
        <bdi className="tv-model">{recordedText(span.model, true)}</bdi>
      )}
      {turns < LOOPED || holdsLoop ? null : (
        <RowCount
          short={labels.turns(turns, format.count(turns))}
          words={labels.turnsOfAgent(turns, format.count(turns))}
        />
      )}
      {badgesOf(span, trace, open, labels)}
      {matchesOf(asked, inside, span.name)}
      {afterRows && failedSteps(trace).size > 0 && failedSteps(trace).has(stepLabels(trace)[index]!) ? (
        <RetryChip trace={trace} index={index} otherwise={null} />
      ) : null}
      {/* Behind all that is there from the start: what comes later moves nothing. */}
      {span.kind === 'tool' ? <ArgumentDigest trace={trace} index={index} reader={reader} /> : null}
      {HOLDS_DOCUMENTS.has(span.kind) ? <DocumentCount trace={trace} index={index} reader={reader} /> : null}
      {service === null ? null : <bdi className="tv-service">{recordedText(service, true)}</bdi>}
    </>
  );
}

/** A single turn is no loop. */
const LOOPED = 2;

/** Most rows are no match, and need no component for it. */
const nameOf = ({ name }: Span, asked: Query | null): ReactNode =>
  asked ? <MarkedName name={name} asked={asked} /> : markedRanges(name || '—', [], true);

/** The name of a match with what is looked for marked in it. */
function MarkedName({ name, asked }: { readonly name: string; readonly asked: Query }) {
  const marker = useMemo(() => createMarker(asked), [asked]);
  return markedRanges(name || '—', marker({ field: 'name', text: name, section: 'name' }, MARKS_AT_MOST), true);
}

const MARKS_AT_MOST = 20;

const matchesOf = (asked: Query | null, inside: number, name: string): ReactNode =>
  asked === null && inside === 0 ? null : <Matches asked={asked} inside={inside} name={name} />;

/** Says of a match that what it holds was found, not its name, and of a closed span how many matches are inside. */
function Matches({ asked, inside, name }: Pick<NameCellProps, 'asked' | 'inside'> & { readonly name: string }) {
  const { labels } = useTraceContext();
  const inContent = useMemo(() => asked !== null && createContentSign(asked)(name), [asked, name]);
  return (
    <>
      {inContent ? (
        <span className="tv-found-in" title={labels.foundInContent}>
          <Sign name="search" size={10} />
          <span className="tv-visually-hidden">{labels.foundInContent}</span>
        </span>
      ) : null}
      <MatchCount count={inside} />
    </>
  );
}

/** What is not as it should be, of the span and, where it is closed, of those below it. */
function badgesOf(span: Span, trace: Trace, open: boolean, labels: Labels): ReactNode {
  const { status, diagnostics } = span;
  const failures = errors(trace);
  const failedBelow = !open && failures[lowerBound(failures, span.index + 1)]! <= span.index + span.descendantCount;
  return (
    <>
      {status === 'error' ? badge('error', 'error', shortReason(span, labels.error)) : null}
      {status === 'warning' ? badge('warning', 'warn', labels.status('warning')) : null}
      {failedBelow ? (
        <span className="tv-failed-below" title={labels.failedBelow}>
          <span className="tv-visually-hidden">{labels.failedBelow}</span>
        </span>
      ) : null}
      {diagnostics.length > 0 ? diagnosticBadges(new Set(diagnostics.map(({ code }) => code)), trace, labels) : null}
    </>
  );
}

const badge = (sign: SignName, tone: 'error' | 'warn' | undefined, words: string): ReactNode => (
  <span className="tv-badge" data-tone={tone}>
    <Sign name={sign} size={10} />
    {words}
  </span>
);

const diagnosticBadges = (codes: ReadonlySet<Diagnostic['code']>, { live }: Trace, labels: Labels): ReactNode => (
  <>
    {codes.has('parent-cycle') || codes.has('self-parent') ? badge('warning', 'warn', labels.openedCircle) : null}
    {codes.has('duplicate-span-id') ? badge('warning', 'warn', labels.sameId) : null}
    {codes.has('missing-end') && live ? (
      <span className="tv-badge tv-running">
        <i aria-hidden="true" />
        {labels.running}
      </span>
    ) : null}
    {codes.has('missing-end') && !live ? badge('clock', 'warn', labels.noEnd) : null}
    {codes.has('missing-start') ? badge('clock', 'warn', labels.noStart) : null}
    {codes.has('clock-skew') ? badge('clock', undefined, labels.outsideParent) : null}
    {codes.has('clock-corrected') ? badge('clock', undefined, labels.clockMoved) : null}
    {codes.has('end-before-start') ? badge('clock', 'warn', labels.clockOrder) : null}
  </>
);

/** Where a message says that a number is a status code: other numbers of three digits are trains, rooms and amounts. */
const STATUS_CODE =
  /^([45]\d\d)\b|\b(?:status(?: code)?|code|https?(?:\/[\d.]+)?|answered|returned|responded(?: with)?|error)[\s:=(]{1,3}([45]\d\d)\b/i;

/** A status code where the message names one, else the word "Error": the whole message stands in the details. */
function shortReason(span: Span, word: string): string {
  const found = STATUS_CODE.exec(span.statusMessage ?? '');
  return found?.[1] ?? found?.[2] ?? word;
}
