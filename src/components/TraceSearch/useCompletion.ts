'use client';
import { useMemo, useRef, useState, type RefObject } from 'react';
import type { Suggestion } from '../../analysis/query/complete/completeQuery.ts';
import { useBrowserLayoutEffect } from '../../hooks/useBrowserLayoutEffect.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { useTrace } from '../../hooks/useTrace.ts';
import { useParts } from '../later/later.tsx';

/** What may stand at the cursor of the box, and which of it the arrow keys are on. */
export interface Completion {
  /** Empty = nothing is offered, or the list is closed. */
  readonly list: readonly Suggestion[];
  /** -1 = none: Enter belongs to the search. */
  readonly active: number;
  readonly cursor: number;
  open(): void;
  close(): void;
  move(by: 1 | -1): void;
  /** Something was typed: text and cursor after it. */
  typed(text: string, cursor: number): void;
  moved(cursor: number): void;
  accept(place: number): void;
  /** Asks for a whole query, with the cursor behind it. */
  put(text: string): void;
}

const NOTHING: readonly Suggestion[] = [];

/** Keeps the list of a box that shows `query`. The query itself stays with the store, and so with the host. */
export function useCompletion(input: RefObject<HTMLInputElement | null>, query: string): Completion {
  const { store } = useTraceContext();
  const trace = useTrace();
  const [isOpen, setOpen] = useState(false);
  const parts = useParts(isOpen);
  const [cursor, setCursor] = useState(0);
  const [active, setActive] = useState(-1);
  /** Where the cursor belongs once the query is the asked-for one: a host may need a moment, or refuse. */
  const wanted = useRef<{ readonly text: string; readonly cursor: number } | null>(null);
  const list = useMemo(() => {
    if (!isOpen || !trace || !parts) return NOTHING;
    const found = parts
      .completeQuery(query, cursor, trace)
      .filter(({ insert, range: [from, to] }) => insert !== query.slice(from, to));
    return found.length === 0 ? NOTHING : found;
  }, [isOpen, trace, parts, query, cursor]);

  useBrowserLayoutEffect(() => {
    if (wanted.current?.text !== query) return;
    input.current?.setSelectionRange(wanted.current.cursor, wanted.current.cursor);
    wanted.current = null;
  }, [input, query]);

  const change = (text: string, at: number): void => {
    wanted.current = { text, cursor: at };
    setCursor(at);
    setActive(-1);
    store.actions.setQuery(text);
    input.current?.focus();
  };
  return {
    list,
    active: active < list.length ? active : -1,
    cursor,
    open() {
      setCursor(input.current?.selectionStart ?? 0);
      setActive(-1);
      setOpen(true);
    },
    close() {
      setOpen(false);
      setActive(-1);
    },
    move(by) {
      const next = active + by;
      // Before the first and after the last is the text itself, -1.
      if (next < -1) setActive(list.length - 1);
      else setActive(next >= list.length ? -1 : next);
    },
    typed(text, at) {
      setCursor(at);
      setActive(-1);
      // Behind a space anything may stand: that list comes when it is asked for.
      setOpen(at > 0 && !/\s/.test(text[at - 1]!));
    },
    moved(at) {
      if (at === cursor) return;
      setCursor(at);
      setActive(-1);
    },
    accept(place) {
      const chosen = list[place];
      if (!chosen) return;
      const {
        insert,
        range: [from, to],
        type,
      } = chosen;
      change(query.slice(0, from) + insert + query.slice(to), from + insert.length);
      setOpen(type !== 'value');
    },
    put(text) {
      setOpen(false);
      change(text, text.length);
    },
  };
}
