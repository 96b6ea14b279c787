'use client';
import { useTraceContext } from '../../../../hooks/context/TraceContext.ts';
import type { Part } from '../../../../model/types.ts';
import { ownValue } from '../../../../model/ownValue.ts';
import { recordedText } from '../../../text/recordedText.tsx';
import { Fold } from '../../values/Fold.tsx';
import { Value } from '../../values/Value.tsx';
import { Media } from '../../values/Media.tsx';
import { useCall } from './CallContext.ts';
import { ABOUT } from './about.ts';
import { ToolCard } from './ToolCard.tsx';

interface PartViewProps {
  readonly part: Part;
  readonly side: 'input' | 'output';
  readonly message: number;
  readonly place: number;
}

/** One part of a message, in the form that suits it. What is of no known form is a card with its type. */
export function PartView({ part, side, message, place }: PartViewProps) {
  const { labels, format } = useTraceContext();
  const { pairs } = useCall();
  const id = `messages.${side}[${message}].parts[${place}]`;
  const isAnswer = side === 'output';
  switch (part.type) {
    case 'text':
      return (
        <Value value={part.text} field="message" id={`${id}.text`} about={ABOUT[side]} lines={isAnswer ? 60 : 12} />
      );
    case 'reasoning':
      return <Reasoning id={id} side={side} text={part.text} redacted={part.redacted === true} isAnswer={isAnswer} />;
    case 'refusal':
      return (
        <div className="tv-refusal">
          <span className="tv-aside">{labels.refusal}</span>
          {part.text === '' ? (
            <p className="tv-faint">{labels.noText}</p>
          ) : (
            <Value value={part.text} field="message" id={`${id}.text`} about={ABOUT[side]} />
          )}
        </div>
      );
    case 'toolCall':
    case 'toolResult': {
      const pair = pairs.at(side, message, place);
      // A result stands with its call.
      if (part.type === 'toolResult' && pair?.call)
        return (
          <p className="tv-results">
            {recordedText(pair.name ?? '', true)} {labels.resultsAbove(1, format.count(1))}
          </p>
        );
      return pair ? <ToolCard pair={pair} /> : null;
    }
    case 'unknown':
      return <UnknownPart id={`${id}.value`} side={side} value={part.value} />;
    default:
      return (
        <div className="tv-media">
          <Media type={part.type} mimeType={part.mimeType} uri={part.uri} data={part.data} />
          {part.transcript === undefined ? null : (
            <Value value={part.transcript} field="transcript" id={`${id}.transcript`} about={ABOUT[side]} lines={6} />
          )}
        </div>
      );
  }
}

/** What the model thought; what its provider keeps to itself is said, never an empty heading. */
function Reasoning({
  id,
  side,
  text,
  redacted,
  isAnswer,
}: {
  readonly id: string;
  readonly side: 'input' | 'output';
  readonly text: string;
  readonly redacted: boolean;
  readonly isAnswer: boolean;
}) {
  const { labels, format } = useTraceContext();
  if (text === '')
    return <p className="tv-reasoning tv-faint">{redacted ? labels.reasoningHidden : labels.reasoningEmpty}</p>;
  return (
    <Fold
      kept={isAnswer ? 'reasoning' : 'earlier reasoning'}
      open={isAnswer}
      id={id}
      className="tv-reasoning"
      summary={
        <>
          <b>{labels.reasoning}</b>
          <span className="tv-preview">{recordedText(text.slice(0, 160), true)}</span>
          <span className="tv-aside">{labels.characters(text.length, format.count(text.length))}</span>
        </>
      }
    >
      {redacted ? <p className="tv-faint">{labels.reasoningHidden}</p> : null}
      <Value value={text} field="reasoning" id={`${id}.text`} about={ABOUT[side]} lines={isAnswer ? 10 : 6} />
    </Fold>
  );
}

function UnknownPart({
  id,
  side,
  value,
}: {
  readonly id: string;
  readonly side: 'input' | 'output';
  readonly value: unknown;
}) {
  const { labels } = useTraceContext();
  const type =
    value !== null && typeof value === 'object' ? ownValue(value as Readonly<Record<string, unknown>>, 'type') : null;
  return (
    <div className="tv-card">
      <header>
        <b>
          <bdi>{typeof type === 'string' && type !== '' ? recordedText(type.slice(0, 80)) : labels.unknownPart}</bdi>
        </b>
      </header>
      <Value value={value} field="unknown" id={id} about={ABOUT[side]} lines={8} />
    </div>
  );
}
