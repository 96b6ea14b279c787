'use client';
import { useTraceContext } from '../../../../hooks/context/TraceContext.ts';
import type { Part } from '../../../../model/types.ts';
import { ownValue } from '../../../../model/ownValue.ts';
import { recordedText } from '../../../text/recordedText.tsx';
import { Fold } from '../Fold.tsx';
import { LongText, TextOrJson, Value } from '../LongText.tsx';
import { useCall } from './CallContext.ts';
import { MediaView } from './MediaView.tsx';
import { ToolCard } from './ToolCard.tsx';

interface PartViewProps {
  readonly part: Part;
  readonly side: 'input' | 'output';
  readonly message: number;
  readonly place: number;
  readonly isAnswer: boolean;
}

/** One part of a message, in the form that suits it. What is of no known form is a card with its type. */
export function PartView({ part, side, message, place, isAnswer }: PartViewProps) {
  const { labels, format } = useTraceContext();
  const { pairs } = useCall();
  switch (part.type) {
    case 'text':
      return <TextOrJson text={part.text} />;
    case 'reasoning':
      return <Reasoning text={part.text} redacted={part.redacted === true} isAnswer={isAnswer} />;
    case 'refusal':
      return (
        <div className="tv-refusal">
          <span className="tv-aside">{labels.refusal}</span>
          {part.text === '' ? <p className="tv-faint">{labels.noText}</p> : <LongText text={part.text} />}
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
      return <UnknownPart value={part.value} />;
    default:
      return <MediaView part={part} />;
  }
}

/** What the model thought; what its provider keeps to itself is said, never an empty heading. */
function Reasoning({
  text,
  redacted,
  isAnswer,
}: {
  readonly text: string;
  readonly redacted: boolean;
  readonly isAnswer: boolean;
}) {
  const { labels, format } = useTraceContext();
  if (text === '')
    return <p className="tv-reasoning tv-faint">{redacted ? labels.reasoningHidden : labels.reasoningEmpty}</p>;
  return (
    <Fold
      id={isAnswer ? 'reasoning' : 'earlier reasoning'}
      openAtFirst={isAnswer}
      className="tv-reasoning"
      summary={
        <>
          <b>{labels.reasoning}</b>
          <span className="tv-preview">{recordedText(text.slice(0, 160), true)}</span>
        </>
      }
      aside={labels.characters(text.length, format.count(text.length))}
    >
      {redacted ? <p className="tv-faint">{labels.reasoningHidden}</p> : null}
      <LongText text={text} first={1200} />
    </Fold>
  );
}

function UnknownPart({ value }: { readonly value: unknown }) {
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
      <Value value={value} first={600} />
    </div>
  );
}
