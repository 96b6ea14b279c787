'use client';
import { memo, type CSSProperties, type MouseEvent } from 'react';
import type { TranscriptLine } from '../../analysis/transcript/types.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import type { Trace } from '../../model/types.ts';
import { KindGlyph, Sign } from '../parts/icons.tsx';
import { Fold } from '../SpanDetail/values/Fold.tsx';
import { Value } from '../SpanDetail/values/Value.tsx';
import { recordedText } from '../text/recordedText.tsx';
import { idOfLine } from './foundIn.ts';
import { Amounts } from './Amounts.tsx';
import { Marked } from './Marked.tsx';
import { Said } from './Said.tsx';
import { StepLine } from './StepLine.tsx';
import { ToolLine } from './ToolLine.tsx';

interface LineProps {
  readonly trace: Trace;
  readonly lines: readonly TranscriptLine[];
  readonly place: number;
  /** Whether it says who speaks. */
  readonly starts: boolean;
  onPress(event: MouseEvent<HTMLElement>, place: number): void;
  /** Goes to another line. */
  onGo(place: number): void;
}

/** Lines deeper than this are indented no further. */
const INDENTED = 8;

/** A line of the transcript, whatever it is. */
export const TranscriptLineView = memo(function TranscriptLineView(props: LineProps) {
  const { lines, place, starts, onPress } = props;
  const line = lines[place]!;
  const depth = Math.min(line.depth, INDENTED);
  return (
    // The list takes the keys of its lines.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions
    <div
      className="tv-talk"
      data-type={line.type}
      data-starts={starts || undefined}
      data-role={line.type === 'said' ? line.role : undefined}
      style={depth === 0 ? undefined : ({ '--tv-talk-depth': depth } as CSSProperties)}
      onClick={(event) => onPress(event, place)}
    >
      <Told {...props} />
    </div>
  );
}, isSameLine);

/** Handlers are made anew with each drawing of the list, and do the same. */
function isSameLine(before: LineProps, now: LineProps): boolean {
  return before.lines === now.lines && before.place === now.place && before.starts === now.starts;
}

function Told({ trace, lines, place, starts, onGo }: LineProps) {
  const { labels, format } = useTraceContext();
  const line = lines[place]!;
  const span = trace.span(line.index);
  const id = idOfLine(place);
  switch (line.type) {
    case 'agent':
      return (
        <header className="tv-talk-agent" data-kind="agent">
          <KindGlyph kind="agent" />
          <h3>
            <Marked text={line.name} />
          </h3>
          <Amounts trace={trace} span={span} whole />
        </header>
      );
    case 'system':
      return (
        <Fold
          id={id}
          className="tv-talk-fold"
          summary={
            <>
              <b>{labels.role('system')}</b>
              {line.changed ? <span className="tv-mark">{labels.changedInCall('system')}</span> : null}
              <span className="tv-preview">
                <Marked text={line.text.slice(0, 200)} />
              </span>
              <span className="tv-aside">{labels.characters(line.text.length, format.count(line.text.length))}</span>
            </>
          }
        >
          <Value value={line.text} field="message" id={`${id}.text`} lines={30} />
        </Fold>
      );
    case 'said':
      return <Said line={line} trace={trace} span={span} id={id} starts={starts} onGo={onGo} />;
    case 'calls':
      return (
        <header className="tv-talk-head" data-kind="llm">
          <KindGlyph kind="llm" />
          <b>{labels.role('assistant')}</b>
          <span className="tv-faint tv-talk-cut">
            {labels.asksFor} {recordedText([...new Set(line.names)].slice(0, 12).join(', '), true)}
          </span>
          <Amounts trace={trace} span={span} />
        </header>
      );
    case 'tool':
      return <ToolLine line={line} trace={trace} span={span} id={id} />;
    case 'step':
      return <StepLine line={line} trace={trace} span={span} id={id} />;
    case 'history':
      return (
        <p className="tv-history" data-history={line.history}>
          <Sign name="path" size={11} />
          <span>{labels.history(line.history, line.dropped, format.count(line.dropped))}</span>
        </p>
      );
    case 'event':
      return (
        <p className="tv-history" data-history="event">
          <Sign name="path" size={11} />
          <span>
            <bdi>{recordedText(line.name, true)}</bdi>
            {line.text === null ? null : <bdi> · {recordedText(line.text.slice(0, 400))}</bdi>}
          </span>
        </p>
      );
    case 'error':
      return (
        <p className="tv-talk-error">
          <Sign name="error" size={12} />
          <b>
            <bdi>{recordedText(line.name, true)}</bdi>
          </b>
          <bdi>
            <Marked text={line.message ?? labels.failed} />
          </bdi>
          <Amounts trace={trace} span={span} />
        </p>
      );
  }
}
