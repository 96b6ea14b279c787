'use client';
import { useMemo } from 'react';
import { editsIn } from '../../../analysis/diff/pair/diffLines.ts';
import type { MessageComparison } from '../../../analysis/diff/pair/types.ts';
import { bodyText } from '../../../analysis/diff/signs/recordedTexts.ts';
import { useTraceContext } from '../../../hooks/context/TraceContext.ts';
import type { Message } from '../../../model/types.ts';
import { WindowedList } from '../../parts/WindowedList.tsx';
import { Fold } from '../../SpanDetail/values/Fold.tsx';
import { Value } from '../../SpanDetail/values/Value.tsx';
import { recordedText } from '../../text/recordedText.tsx';
import { Compared, OneSided } from '../Compared.tsx';
import { Side } from '../sides.tsx';

interface MessagesDiffProps {
  readonly messages: readonly MessageComparison[];
  /** Those of either side, which `messages` speaks of by their places. */
  readonly a: readonly Message[];
  readonly b: readonly Message[];
  readonly unified: boolean;
}

/** From so many on, messages that are the same are one line. */
const RUN = 2;

/** A message, or several in a row that are the same on both sides. */
type Item = { readonly one: MessageComparison } | { readonly same: readonly MessageComparison[] };

/** Two lists of messages as one: what each changed one says word by word; runs of equal ones are folded. */
export function MessagesDiff({ messages, a, b, unified }: MessagesDiffProps) {
  const { labels, format } = useTraceContext();
  const items = useMemo(() => inRuns(messages), [messages]);
  const one = (message: MessageComparison, place: number) => (
    <Compare key={place} message={message} a={a} b={b} unified={unified} />
  );
  return (
    <WindowedList
      label={labels.messages}
      className="tv-pair-messages"
      count={items.length}
      estimate={90}
      renderEntry={(at) => {
        const item = items[at]!;
        if ('one' in item) return one(item.one, 0);
        const { length } = item.same;
        return (
          <Fold className="tv-earlier" summary={<b>{labels.asBefore(length, format.count(length))}</b>}>
            <WindowedList
              label={labels.messages}
              count={length}
              estimate={32}
              renderEntry={(place) => one(item.same[place]!, place)}
            />
          </Fold>
        );
      }}
    />
  );
}

function inRuns(messages: readonly MessageComparison[]): readonly Item[] {
  const items: Item[] = [];
  for (let at = 0; at < messages.length;) {
    let end = at;
    while (end < messages.length && messages[end]!.op === 'same') end += 1;
    if (end - at >= RUN) items.push({ same: messages.slice(at, end) });
    else for (const one of messages.slice(at, end)) items.push({ one });
    if (end < messages.length) items.push({ one: messages[end]! });
    at = end + 1;
  }
  return items;
}

const PREVIEW = 160;

interface CompareProps {
  readonly message: MessageComparison;
  readonly a: readonly Message[];
  readonly b: readonly Message[];
  readonly unified: boolean;
}

function Compare({ message, a, b, unified }: CompareProps) {
  const { labels, format } = useTraceContext();
  const { op, role, text } = message;
  const own = (message.b === null ? a[message.a!] : b[message.b]) ?? null;
  const body = useMemo(() => (own ? bodyText(own) : ''), [own]);
  const edits = editsIn(text?.parts ?? []);
  const side = message.b === null ? 'a' : 'b';
  return (
    <Fold
      open={op !== 'same'}
      className="tv-message tv-pair-message"
      summary={
        <>
          <b>{recordedText(labels.role(role), true)}</b>
          {own?.name === undefined ? null : (
            <bdi className="tv-faint">
              <Side of={side}>{recordedText(own.name, true)}</Side>
            </bdi>
          )}
          <span className="tv-preview">
            <Side of={side}>{recordedText(body.slice(0, PREVIEW), true)}</Side>
          </span>
          <span className="tv-aside">
            {op === 'changed' ? labels.edits(edits, format.count(edits)) : labels.pairState(op)}
          </span>
        </>
      }
    >
      {op === 'added' || op === 'removed' ? <OneSided of={side} value={body} field="message" /> : null}
      {op === 'same' ? (
        <Side of="b">
          <Value value={body} field="message" lines={12} />
        </Side>
      ) : null}
      {op === 'changed' && text ? <Compared text={text} whole={body} field="message" unified={unified} /> : null}
    </Fold>
  );
}
