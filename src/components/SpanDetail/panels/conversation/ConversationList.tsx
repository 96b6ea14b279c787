'use client';
import { forwardRef, useMemo } from 'react';
import { useReveal } from '../../../../hooks/context/FindContext.ts';
import { useTraceContext } from '../../../../hooks/context/TraceContext.ts';
import { itemsWithin, type ConversationItem } from '../../../../layout/conversation/conversationItems.ts';
import { WindowedList, type WindowedListRef } from '../../../parts/WindowedList.tsx';
import { Sign } from '../../../parts/icons.tsx';
import { Fold } from '../../values/Fold.tsx';
import { Jump } from '../Jump.tsx';
import { useCall } from './CallContext.ts';
import { isMarked, Mark } from './Mark.tsx';
import { MessageView } from './MessageView.tsx';

interface ConversationListProps {
  readonly items: readonly ConversationItem[];
}

/** The messages of a call in order; those that were there before are a line that opens. */
export const ConversationList = forwardRef<WindowedListRef, ConversationListProps>(function ConversationList(
  { items },
  ref,
) {
  const { labels } = useTraceContext();
  return (
    <WindowedList
      ref={ref}
      label={labels.messages}
      count={items.length}
      estimate={90}
      keyOf={(at) => keyOf(items[at]!)}
      id="messages"
      idOf={(at) => idOf(items[at]!)}
      renderEntry={(at) => <Item item={items[at]!} />}
    />
  );
});

function keyOf(item: ConversationItem): string {
  if (item.type === 'message') return `${item.side} ${item.at}`;
  return item.type === 'note' ? 'note' : `${item.type} ${item.from}`;
}

/** Place of a message in `SpanContent`. */
const idOf = (item: ConversationItem): string => (item.type === 'message' ? `messages.${item.side}[${item.at}]` : '');

function Item({ item }: { readonly item: ConversationItem }) {
  const { labels, format } = useTraceContext();
  switch (item.type) {
    case 'message':
      return <MessageView side={item.side} at={item.at} mark={item.mark} />;
    case 'results':
      return (
        <p className={isMarked(item.mark) ? 'tv-results tv-new' : 'tv-results'}>
          {labels.resultsAbove(item.to - item.from, format.count(item.to - item.from))} <Mark mark={item.mark} />
        </p>
      );
    case 'note':
      return <HistoryNote item={item} />;
    default:
      return <EarlierMessages type={item.type} from={item.from} to={item.to} />;
  }
}

interface EarlierProps {
  readonly type: 'asBefore' | 'earlier';
  readonly from: number;
  readonly to: number;
}

function EarlierMessages({ type, from, to }: EarlierProps) {
  const { labels, format } = useTraceContext();
  const { messages, pairs, delta } = useCall();
  const items = useMemo(() => itemsWithin(messages.input, pairs, from, to), [messages, pairs, from, to]);
  const found = useReveal('messages.input')?.match.source;
  const at = found === undefined ? -1 : Number(/^messages\.input\[(\d+)\]/.exec(found)?.[1] ?? -1);
  const count = format.count(to - from);
  return (
    <Fold
      kept={type}
      // Opened by a match in one of its messages.
      {...(found !== undefined && at >= from && at < to ? { id: found } : {})}
      className="tv-earlier"
      summary={
        <b>{type === 'asBefore' ? labels.asBefore(to - from, count) : labels.earlierMessages(to - from, count)}</b>
      }
      aside={
        delta?.previous ? (
          <span className="tv-aside">
            <Jump to={delta.previous} />
          </span>
        ) : null
      }
    >
      <ConversationList items={items} />
    </Fold>
  );
}

/** What became of the history: a summary stands for it, it was cut, or it goes on from an earlier point. */
function HistoryNote({ item: { history, dropped } }: { readonly item: Extract<ConversationItem, { type: 'note' }> }) {
  const { labels, format } = useTraceContext();
  const { delta } = useCall();
  return (
    <p className="tv-history" data-history={history}>
      <Sign name="path" size={11} />
      <span>{labels.history(history, dropped, format.count(dropped))}</span>
      {delta?.summarisedBy ? (
        <span className="tv-aside">
          {labels.writtenBy} <Jump to={delta.summarisedBy} />
        </span>
      ) : delta?.previous ? (
        <span className="tv-aside">
          <Jump to={delta.previous} />
        </span>
      ) : null}
    </p>
  );
}
