'use client';
import { useTraceContext } from '../../../../hooks/context/TraceContext.ts';
import { instructionsOf, type MessageMark } from '../../../../layout/conversation/conversationItems.ts';
import type { Message, Part } from '../../../../model/types.ts';
import { recordedText } from '../../../text/recordedText.tsx';
import { visibleControls } from '../../../../visibleControls.ts';
import { Fold } from '../../values/Fold.tsx';
import { useCall } from './CallContext.ts';
import { isMarked, Mark } from './Mark.tsx';
import { PartView } from './PartView.tsx';

/** Messages that were there before start closed from this length on. */
const LONG = 700;

interface MessageViewProps {
  readonly side: 'input' | 'output';
  readonly at: number;
  readonly mark: MessageMark;
}

/** One message: who says it, what is new about it, and its parts. */
export function MessageView({ side, at, mark }: MessageViewProps) {
  const { labels } = useTraceContext();
  const { messages, delta } = useCall();
  const message = messages[side][at]!;
  const calls = message.parts.filter(({ type }) => type === 'toolCall').length;
  const isInstruction = side === 'input' && at < instructionsOf(messages.input);
  const isOld = side === 'input' && mark === null && delta?.previous !== null;
  return (
    <Fold
      // Who reads the instructions of one call reads those of the next; other messages are each their own.
      {...(isInstruction ? { kept: `instructions ${at}` } : {})}
      id={`messages.${side}[${at}]`}
      open={!isInstruction && !(isOld && lengthOf(message) > LONG)}
      className={['tv-message', side === 'output' ? 'tv-answer' : '', isMarked(mark) ? 'tv-new' : '']
        .filter(Boolean)
        .join(' ')}
      summary={
        <>
          <b>{recordedText(labels.role(message.role), true)}</b>
          {message.name === undefined ? null : <bdi className="tv-faint">{recordedText(message.name, true)}</bdi>}
          <Mark mark={mark} />
          <span className="tv-preview">{recordedText(previewOf(message), true)}</span>
          <span className="tv-aside">
            {[
              calls > 0 ? labels.toolCalls(calls) : null,
              message.finishReason === undefined ? null : labels.finish(visibleControls(message.finishReason)),
            ]
              .filter((word) => word !== null)
              .join(' · ')}
          </span>
        </>
      }
    >
      {message.parts.map((part, place) => (
        <PartView key={place} part={part} side={side} message={at} place={place} />
      ))}
      {message.parts.length === 0 ? <p className="tv-faint">{labels.emptyMessage}</p> : null}
    </Fold>
  );
}

function textOfPart(part: Part): string {
  switch (part.type) {
    case 'text':
    case 'reasoning':
    case 'refusal':
      return part.text;
    case 'toolCall':
      return part.name;
    case 'toolResult':
      return typeof part.result === 'string' ? part.result : '';
    default:
      return '';
  }
}

const PREVIEW = 160;

const previewOf = ({ parts }: Message): string => {
  for (const part of parts) {
    const text = textOfPart(part);
    if (text !== '') return text.slice(0, PREVIEW).trim();
  }
  return '';
};
const lengthOf = ({ parts }: Message): number => parts.reduce((sum, part) => sum + textOfPart(part).length, 0);
