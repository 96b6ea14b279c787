'use client';
import { useRef } from 'react';
import type { Suggestion } from '../../analysis/query/complete/completeQuery.ts';
import { useBrowserLayoutEffect } from '../../hooks/useBrowserLayoutEffect.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { recordedText } from '../text/recordedText.tsx';

interface SuggestionsProps {
  /** Of the list; its options add their places to it. */
  readonly id: string;
  readonly list: readonly Suggestion[];
  readonly active: number;
  onPick(place: number): void;
}

/** What may be typed next, with the number of spans that have it. The focus stays in the box. */
export function Suggestions({ id, list, active, onPick }: SuggestionsProps) {
  const { labels, format } = useTraceContext();
  const element = useRef<HTMLDivElement>(null);
  useBrowserLayoutEffect(() => {
    const box = element.current;
    const option = box?.children[active] as HTMLElement | undefined;
    if (!box || !option) return;
    // By hand: the page around is never scrolled.
    if (option.offsetTop < box.scrollTop) box.scrollTop = option.offsetTop;
    else if (option.offsetTop + option.offsetHeight > box.scrollTop + box.clientHeight)
      box.scrollTop = option.offsetTop + option.offsetHeight - box.clientHeight;
  }, [active, list]);
  return (
    <div ref={element} id={id} role="listbox" aria-label={labels.suggestions} className="tv-search-pop tv-suggestions">
      {list.map(({ type, insert, count }, place) => (
        // The keys are those of the box, which keeps the focus.
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
        <div
          key={`${type} ${insert}`}
          id={`${id}-${place}`}
          role="option"
          aria-selected={place === active}
          tabIndex={-1}
          className="tv-suggestion"
          data-type={type}
          // Before the box would lose the focus.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onPick(place)}
        >
          <code>
            <bdi>{recordedText(insert, true)}</bdi>
          </code>
          {type === 'field' ? <span>{labels.queryField(insert.replace(/[:=<>.].*$/, ''))}</span> : null}
          {count === null ? null : (
            <small>
              <span aria-hidden="true">{format.count(count)}</span>
              <span className="tv-visually-hidden">{labels.rows(format.count(count), format.count(count))}</span>
            </small>
          )}
        </div>
      ))}
    </div>
  );
}
