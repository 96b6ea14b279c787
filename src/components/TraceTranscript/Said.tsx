'use client';
import type { SpokenPart, TranscriptLine } from '../../analysis/transcript/types.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import type { Span, Trace } from '../../model/types.ts';
import { KindGlyph, Sign } from '../parts/icons.tsx';
import { Media } from '../SpanDetail/values/Media.tsx';
import { Value } from '../SpanDetail/values/Value.tsx';
import { recordedText } from '../text/recordedText.tsx';
import { Amounts } from './Amounts.tsx';

interface SaidProps {
  readonly line: Extract<TranscriptLine, { type: 'said' }>;
  readonly trace: Trace;
  readonly span: Span;
  readonly id: string;
  readonly starts: boolean;
  onGo(place: number): void;
}

/** What somebody says: who, where that is new, and a part of a message. */
export function Said({ line, trace, span, id, starts, onGo }: SaidProps) {
  const { labels } = useTraceContext();
  const { role, name, part, own, summary, repeats } = line;
  const isModel = role === 'assistant' || role === 'model';
  return (
    <>
      {starts ? (
        <header className="tv-talk-head" data-kind={isModel ? 'llm' : undefined}>
          {isModel ? <KindGlyph kind="llm" /> : <Sign name="person" size={14} />}
          <b>{recordedText(labels.role(role), true)}</b>
          {name === null ? null : <bdi className="tv-faint">{recordedText(name, true)}</bdi>}
          {own && span.model !== null ? <bdi className="tv-talk-model">{recordedText(span.model, true)}</bdi> : null}
          {summary ? <span className="tv-mark">{labels.summaryMark}</span> : null}
          {own ? <Amounts trace={trace} span={span} /> : null}
        </header>
      ) : null}
      {repeats === null ? (
        <div className="tv-talk-words" data-part={part.type}>
          <Words part={part} id={id} isModel={isModel} />
        </div>
      ) : (
        <button type="button" className="tv-jump tv-talk-above" onClick={() => onGo(repeats)}>
          <Sign name="up" size={10} />
          {labels.saidAbove}
        </button>
      )}
    </>
  );
}

function Words({ part, id, isModel }: { readonly part: SpokenPart; readonly id: string; readonly isModel: boolean }) {
  const { labels } = useTraceContext();
  switch (part.type) {
    case 'text':
      return <Value value={part.text} field="message" id={`${id}.text`} lines={isModel ? 40 : 14} />;
    case 'reasoning':
      return part.text === '' ? (
        <p className="tv-faint">{part.redacted === true ? labels.reasoningHidden : labels.reasoningEmpty}</p>
      ) : (
        <>
          <span className="tv-talk-label">{labels.reasoning}</span>
          <Value value={part.text} field="reasoning" id={`${id}.text`} lines={6} />
        </>
      );
    case 'refusal':
      return (
        <>
          <span className="tv-talk-label">{labels.refusal}</span>
          <Value value={part.text} field="message" id={`${id}.text`} />
        </>
      );
    case 'unknown':
      return <Value value={part.value} field="unknown" id={`${id}.text`} lines={8} />;
    default:
      return (
        <>
          <Media type={part.type} mimeType={part.mimeType} uri={part.uri} data={part.data} />
          {part.transcript === undefined ? null : (
            <Value value={part.transcript} field="transcript" id={`${id}.text`} lines={6} />
          )}
        </>
      );
  }
}
