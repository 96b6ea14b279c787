'use client';
import { useMemo, useRef, useState, type RefObject } from 'react';
import type { Suggestion } from '../../analysis/query/complete/completeQuery.ts';
import { useBrowserLayoutEffect } from '../../hooks/useBrowserLayoutEffect.ts';

/** What may stand at the cursor of the box, and which of it the arrow keys are on. */
export interface Completion {
  /** Empty = nothing is offered, or the list is closed. */
  readonly list: readonly Suggestion[];
  /** -1 = none: Enter belongs to the search. */
  readonly active: number;
  readonly cursor: number;
  /** Whether something is to be offered, as soon as it is known. */
  readonly isOpen: boolean;
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

/** What a box asks for, and what may stand in it. Each the same from one render to the next, or the list is made anew. */
interface CompletedBox {
  setQuery(query: string): void;
  readonly complete: (text: string, cursor: number) => readonly Suggestion[];
}

/** Keeps the list of a box that shows `query`. The query itself stays with the store, and so with the host. */
export function useCompletion(
  input: RefObject<HTMLInputElement | null>,
  query: string,
  { setQuery, complete }: CompletedBox,
): Completion {
  const [isOpen, setOpen] = useState(false);
  const [cursor, setCursor] = useState(0);
  const [active, setActive] = useState(-1);
  /** Where the cursor belongs once the query is the asked-for one: a host may need a moment, or refuse. */
  const wanted = useRef<{ readonly text: string; readonly cursor: number } | null>(null);
  const list = useMemo(() => {
    if (!isOpen) return NOTHING;
    const found = complete(query, cursor).filter(({ insert, range: [from, to] }) => insert !== query.slice(from, to));
    return found.length === 0 ? NOTHING : found;
  }, [isOpen, complete, query, cursor]);

  useBrowserLayoutEffect(() => {
    if (wanted.current?.text !== query) return;
    input.current?.setSelectionRange(wanted.current.cursor, wanted.current.cursor);
    wanted.current = null;
  }, [input, query]);

  const change = (text: string, at: number): void => {
    wanted.current = { text, cursor: at };
    setCursor(at);
    setActive(-1);
    setQuery(text);
    input.current?.focus();
  };
  return {
    list,
    active: active < list.length ? active : -1,
    cursor,
    isOpen,
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
