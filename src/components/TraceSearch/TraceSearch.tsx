'use client';
import {
  useCallback,
  useEffect,
  useId,
  useImperativeHandle,
  useRef,
  useState,
  type CSSProperties,
  type KeyboardEvent,
} from 'react';
import { soon } from '../../analysis/steps.ts';
import type { Trace } from '../../model/types.ts';
import type { TraceState } from '../../store/types.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { useTrace } from '../../hooks/useTrace.ts';
import { useTraceStore } from '../../hooks/useTraceStore.ts';
import { useSoon } from '../../hooks/useSoon.ts';
import { useRowOrder } from '../../hooks/useVisibleRows.ts';
import { part } from '../parts/part.tsx';
import { Sign } from '../parts/icons.tsx';
import { useStatus } from '../parts/useStatus.tsx';
import { later, useParts } from '../later/later.tsx';
import { FieldHelp } from './FieldHelp.tsx';
import { SearchButtons } from './SearchButtons.tsx';
import { useCompletion } from './useCompletion.ts';
import { useMatchCount } from './useMatchCount.ts';

const QueryProblems = later('QueryProblems');
const Suggestions = later('Suggestions');

export interface TraceSearchProps {
  /** Of the part's element. */
  readonly className?: string;
  /** Of the part's element. */
  readonly style?: CSSProperties;
}

/** What can be done to the box. */
export interface TraceSearchRef {
  /** Puts the keyboard into it, with its text selected. */
  focus(): void;
}

function searchState({ query, searching, matches }: TraceState): string {
  if (query === '') return 'idle';
  if (searching) return 'searching';
  return matches.length > 0 ? 'found' : 'nothing';
}

type Parts = NonNullable<ReturnType<typeof useParts>>;

/** What a list is made from, once all that it counts is counted: in a large trace that takes a while. */
async function countFields(
  trace: Trace,
  parts: Parts,
  signal: AbortSignal,
): Promise<{ readonly trace: Trace; readonly parts: Parts }> {
  await soon(parts.valueCounts(trace).countInSteps(), { signal });
  return { trace, parts };
}

/**
 * Finds spans by words and fields: marks them in the grid or hides the rest, Enter and Shift with Enter step through
 * them, Escape clears. A combobox: what may be typed next stands in a list below it.
 */
export const TraceSearch = part<TraceSearchRef, TraceSearchProps>(function TraceSearch({ className, style }, ref) {
  const { store, labels } = useTraceContext();
  const query = useTraceStore((state) => state.query);
  const { problems } = useTraceStore((state) => state.asked);
  const state = useTraceStore(searchState);
  const { words } = useMatchCount();
  const order = useRowOrder();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const trace = useTrace();
  // What completes is fetched when the first list is asked for, and what a trace holds is counted for one.
  const [completing, setCompleting] = useState(false);
  const [offering, setOffering] = useState(false);
  const parts = useParts(completing);
  const counted = useSoon(
    (signal) => (trace && parts && offering ? countFields(trace, parts, signal) : null),
    [trace, parts, offering],
    trace?.live ? trace.key : undefined,
  );
  const complete = useCallback(
    (text: string, cursor: number) => (counted ? counted.parts.completeQuery(text, cursor, counted.trace) : []),
    [counted],
  );
  const completion = useCompletion(input, query, { setQuery: store.actions.setQuery, complete });
  if (completion.isOpen && !completing) setCompleting(true);
  if (completion.isOpen !== offering) setOffering(completion.isOpen);
  const [help, setHelp] = useState(false);
  const { list, active } = completion;
  // What is still being typed is not wrong yet.
  const shown =
    list.length === 0
      ? problems
      : problems.filter(({ range: [from, to] }) => completion.cursor < from || completion.cursor > to);
  const sentences = shown.map(({ code, facts, message }) => labels.queryProblem(code, facts, message));
  const [status, announce] = useStatus();
  const announcement = [words, ...sentences].filter((text) => text !== '').join('. ');
  useEffect(() => announce(announcement, true), [announce, announcement]);
  useImperativeHandle(ref, () => ({ focus: () => input.current?.select() }), []);

  const actionOf = ({ key, shiftKey }: KeyboardEvent): (() => void) | undefined => {
    switch (key) {
      case 'ArrowDown':
        return list.length > 0 ? () => completion.move(1) : completion.open;
      case 'ArrowUp':
        return list.length > 0 ? () => completion.move(-1) : undefined;
      case 'Tab':
        return active === -1 ? undefined : () => completion.accept(active);
      case 'Enter':
        return active === -1
          ? () => {
              completion.close();
              store.actions.stepMatch(shiftKey ? -1 : 1, order);
            }
          : () => completion.accept(active);
      case 'Escape':
        if (list.length > 0) return completion.close;
        if (query === '') return undefined;
        return () => {
          completion.close();
          store.actions.setQuery('');
        };
      default:
        return undefined;
    }
  };
  return (
    <div
      className={className === undefined ? 'tv-search' : `tv-search ${className}`}
      style={style}
      data-trace-part="search"
      data-state={state}
      data-asked={query !== '' || undefined}
      data-problem={shown.some(({ severity }) => severity === 'error') || undefined}
    >
      <Sign name={shown.length > 0 ? 'warning' : 'search'} size={13} />
      <input
        ref={input}
        type="text"
        role="combobox"
        value={query}
        placeholder={labels.findHint}
        aria-label={labels.find}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        aria-autocomplete="list"
        aria-expanded={list.length > 0}
        aria-controls={list.length > 0 ? `${id}-list` : undefined}
        aria-activedescendant={active === -1 ? undefined : `${id}-list-${active}`}
        aria-describedby={shown.length > 0 ? `${id}-problems` : undefined}
        aria-invalid={shown.some(({ severity }) => severity === 'error') || undefined}
        onChange={(event) => {
          setHelp(false);
          store.actions.setQuery(event.target.value);
          completion.typed(event.target.value, event.target.selectionStart ?? event.target.value.length);
        }}
        onSelect={(event) => completion.moved(event.currentTarget.selectionStart ?? 0)}
        onBlur={completion.close}
        onKeyDown={(event) => {
          const run = event.nativeEvent.isComposing ? undefined : actionOf(event);
          if (!run) return;
          event.preventDefault();
          event.stopPropagation();
          run();
        }}
      />
      {query === '' ? null : <span className="tv-search-count">{words}</span>}
      {status}
      <SearchButtons order={order} onClear={() => input.current?.focus()} />
      <FieldHelp
        open={help}
        onOpen={(open) => {
          completion.close();
          setHelp(open);
        }}
        onPick={(example) => {
          setHelp(false);
          completion.put(`${query.trimEnd()}${query.trim() === '' ? '' : ' '}${example}`);
        }}
      />
      {list.length > 0 ? (
        <Suggestions otherwise={null} id={`${id}-list`} list={list} active={active} onPick={completion.accept} />
      ) : null}
      {shown.length > 0 ? (
        <QueryProblems
          otherwise={null}
          id={`${id}-problems`}
          query={query}
          problems={shown}
          sentences={sentences}
          hidden={list.length > 0 || help}
        />
      ) : null}
    </div>
  );
});
