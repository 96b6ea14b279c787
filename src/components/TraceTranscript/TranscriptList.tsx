'use client';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react';
import type { Finder } from '../../analysis/values/types.ts';
import { createReveal, FindContext } from '../../hooks/context/FindContext.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { useTraceStore } from '../../hooks/useTraceStore.ts';
import { ownValue } from '../../model/ownValue.ts';
import { lowerBound } from '../../model/lowerBound.ts';
import type { SpanKey } from '../../model/types.ts';
import { WindowedList, type WindowedListRef } from '../parts/WindowedList.tsx';
import { plainText } from '../text/recordedText.tsx';
import { foundIn, idOfLine } from './foundIn.ts';
import { startsSpeech } from './startsSpeech.ts';
import { TranscriptLineView } from './TranscriptLineView.tsx';
import type { ReadTranscript } from './useTranscript.ts';

interface TranscriptListProps {
  readonly transcript: ReadTranscript;
  /** Places of the lines that are shown. */
  readonly places: readonly number[];
  readonly finder: Finder;
}

/** A screen of lines, for PageUp and PageDown. */
const PAGE = 8;

/**
 * The lines in a window. The keyboard is on one of them; it goes from line to line, and Enter or a press selects the
 * span of a line. What is selected elsewhere comes into view here.
 */
export function TranscriptList({ transcript, places, finder }: TranscriptListProps) {
  const { store, labels } = useTraceContext();
  const { lines, lineOf, of: trace } = transcript;
  const selectedSpan = useTraceStore((state) => state.selectedSpan);
  const hits = useTraceStore((state) => state.hits);
  const lookAt = useTraceStore((state) => state.lookAt);
  const takeFocus = useTraceStore((state) => state.takeFocus);
  const list = useRef<WindowedListRef>(null);
  /** What was pressed here stands where it is. */
  const pressed = useRef<SpanKey | null>(null);
  const selected = selectedSpan === null ? undefined : trace.find(selectedSpan)?.index;
  const near = selected === undefined ? -1 : lineOf(selected);
  const [focused, setFocused] = useState<number | null>(null);
  const stop = Math.min(focused ?? Math.max(placeOf(places, near), 0), places.length - 1);

  // The line of what is selected elsewhere; of a match the line and the place in it that matches.
  const [found, setFound] = useState<ReturnType<typeof createReveal> | null>(null);
  useEffect(() => {
    const index = lookAt ? trace.find(lookAt.key)?.index : undefined;
    if (!lookAt || index === undefined || pressed.current === lookAt.key) return;
    pressed.current = null;
    const match = lookAt.centred ? foundIn(lines, index, finder) : null;
    const at = placeOf(places, match?.at ?? lineOf(index));
    if (at === -1) return;
    setFocused(at);
    setFound(match ? createReveal(match.match, null) : null);
    list.current?.scrollTo(at, lookAt.centred ? 'center' : 'auto');
    // Once for each wish.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [lookAt, transcript]);
  const [seen] = useState(takeFocus);
  useEffect(() => {
    if (takeFocus && takeFocus !== seen) list.current?.focusEntry(stop);
    // Once for each wish.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [takeFocus]);

  const find = useMemo(() => ({ finder, reveal: found }), [finder, found]);
  const select = (place: number): void => {
    const { key } = lines[place]!;
    pressed.current = key;
    setFocused(placeOf(places, place));
    store.actions.select(key);
  };
  const go = (place: number): void => {
    const to = placeOf(places, place);
    if (to === -1) return;
    setFocused(to);
    list.current?.focusEntry(to);
  };
  // Lines are drawn once, whatever becomes of the list around them.
  const acts = useRef({ select, go });
  useEffect(() => {
    acts.current = { select, go };
  });
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    // In a line, keys are those of what has the focus.
    if (event.altKey || event.metaKey || event.ctrlKey || !isLine(event.target)) return;
    const last = places.length - 1;
    const to = ownValue(
      {
        ArrowDown: stop + 1,
        ArrowUp: stop - 1,
        PageDown: stop + PAGE,
        PageUp: stop - PAGE,
        Home: 0,
        End: last,
      },
      event.key,
    );
    if (to === undefined && event.key !== 'Enter' && event.key !== ' ') return;
    if (event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    if (to === undefined) return select(places[stop]!);
    const target = Math.min(Math.max(to, 0), last);
    setFocused(target);
    list.current?.focusEntry(target);
  };
  return (
    <FindContext.Provider value={find}>
      <WindowedList
        ref={list}
        role="feed"
        label={labels.transcriptOf(plainText(trace.name))}
        className="tv-transcript-lines"
        count={places.length}
        estimate={64}
        keyOf={(at) => places[at]!}
        id="lines"
        idOf={(at) => idOfLine(places[at]!)}
        kept={stop}
        onKeyDown={onKeyDown}
        entryProps={(at) => {
          const place = places[at]!;
          const { index } = lines[place]!;
          return {
            tabIndex: at === stop ? 0 : -1,
            'aria-current': selected !== undefined && (index === selected || place === near) ? 'true' : undefined,
            'data-line': place,
            'data-dimmed': hits?.[index] === 0 ? '' : undefined,
          };
        }}
        renderEntry={(at) => (
          <TranscriptLineView
            trace={trace}
            lines={lines}
            place={places[at]!}
            starts={startsSpeech(lines, at === 0 ? null : places[at - 1]!, places[at]!)}
            onPress={(event, place) => {
              if (!isOwnPress(event)) acts.current.select(place);
            }}
            onGo={(place) => acts.current.go(place)}
          />
        )}
      />
    </FindContext.Provider>
  );
}

/** Where a line stands among those that are shown, or the one before it that is; -1 = none. */
function placeOf(places: readonly number[], line: number): number {
  if (line === -1) return -1;
  const at = lowerBound(places, line);
  return places[at] === line ? at : Math.max(at - 1, 0);
}

const isLine = (target: EventTarget): boolean => target instanceof Element && target.matches('[data-line]');

/** What is pressed in a line has its own way; who marks text wants to copy it. */
function isOwnPress({ target, currentTarget }: MouseEvent<HTMLElement>): boolean {
  const own = target instanceof Element ? target.closest('button, a, input, select, .tv-talk [tabindex="0"]') : null;
  const chosen = currentTarget.ownerDocument.getSelection();
  return (own !== null && currentTarget.contains(own)) || (chosen !== null && !chosen.isCollapsed);
}
