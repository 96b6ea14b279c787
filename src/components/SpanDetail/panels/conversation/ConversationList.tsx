'use client';
import { useMemo } from 'react';
import { useTraceContext } from '../../../../hooks/context/TraceContext.ts';
import { itemsWithin, type ConversationItem } from '../../../../layout/conversation/conversationItems.ts';
import { Sign } from '../../../parts/icons.tsx';
import { Fold } from '../Fold.tsx';
import { Jump } from '../Jump.tsx';
import { useCall } from './CallContext.ts';
import { MessageView } from './MessageView.tsx';

/** The messages of a call in order; those that were there before are a line that opens. */
export function ConversationList({ items }: { readonly items: readonly ConversationItem[] }) {
  return items.map((item, place) => <Item key={place} item={item} />);
}

function Item({ item }: { readonly item: ConversationItem }) {
  const { labels, format } = useTraceContext();
  switch (item.type) {
    case 'message':
      return <MessageView side={item.side} at={item.at} mark={item.mark} />;
    case 'results':
      return (
        <p className="tv-results">{labels.resultsAbove(item.to - item.from, format.count(item.to - item.from))}</p>
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
  const count = format.count(to - from);
  return (
    <Fold
      id={type}
      className="tv-earlier"
      summary={
        <b>{type === 'asBefore' ? labels.asBefore(to - from, count) : labels.earlierMessages(to - from, count)}</b>
      }
      aside={delta?.previous ? <Jump to={delta.previous} /> : null}
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
