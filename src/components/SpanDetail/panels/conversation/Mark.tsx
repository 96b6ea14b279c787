'use client';
import { useTraceContext } from '../../../../hooks/context/TraceContext.ts';
import type { MessageMark } from '../../../../layout/conversation/conversationItems.ts';

/** What says the same in another form is not worth a mark. */
export const isMarked = (mark: MessageMark): mark is Exclude<MessageMark, null | 'shape'> =>
  mark !== null && mark !== 'shape';

/** Says that a message was not there in the call before, or how it differs. */
export function Mark({ mark }: { readonly mark: MessageMark }) {
  const { labels } = useTraceContext();
  return isMarked(mark) ? (
    <span className="tv-mark">{mark === 'new' ? labels.newInCall : labels.changedInCall(mark)}</span>
  ) : null;
}
