import { findings } from '../../analysis/agents/findings.ts';
import type { Finding } from '../../analysis/agents/findingWords.ts';
import type { AssertionRule } from '../../analysis/agents/rules.ts';
import { continues } from '../../analysis/versions.ts';
import { inTurn } from '../../hooks/live/inTurn.ts';
import type { Trace } from '../../model/types.ts';
import type { TraceStore } from '../../store/createTraceStore.ts';

/** What is known of a trace: null while it is looked for. */
export type Known = readonly Finding[] | null;

/** The findings of what a store shows, for all parts that show them. */
export interface KnownFindings {
  get(): Known;
  /** Hears of changes. */
  listen(listener: () => void): () => void;
  /** Looks for them, anew for each trace, until the returned function is called. */
  look(rules: readonly AssertionRule[] | undefined): () => void;
}

/** Keys hold in every state of a trace that grows. */
const isStateOf = (before: Trace | null, trace: Trace | null): boolean => before === trace || continues(before, trace);

const NONE: readonly Finding[] = [];
/** The rows come first. */
const AFTER_ROWS = 60;

const known = new WeakMap<TraceStore, KnownFindings>();

export function knownFindings(store: TraceStore): KnownFindings {
  let own = known.get(store);
  if (!own) known.set(store, (own = create(store)));
  return own;
}

function create(store: TraceStore): KnownFindings {
  const listeners = new Set<() => void>();
  /** Those who look, by their rules: the last one's count. */
  const lookers = new Map<object, readonly AssertionRule[]>();
  let answer: { readonly of: Trace | null; readonly rules: readonly AssertionRule[]; readonly found: Known } = {
    of: null,
    rules: [],
    found: null,
  };
  let work: AbortController | null = null;
  let unsubscribe: (() => void) | null = null;
  /** Ends the waiting for the work. */
  let leave = (): void => {};

  const settle = (of: Trace | null, rules: readonly AssertionRule[], found: Known): void => {
    answer = { of, rules, found };
    for (const listener of listeners) listener();
  };
  const begin = (): void => {
    const { trace } = store.getState();
    const rules = [...lookers.values()].at(-1) ?? [];
    if (trace === answer.of && rules === answer.rules && (answer.found || work)) return;
    // Of a trace that grows, what is under way is told first, and what was found stays until then.
    const grows = rules === answer.rules && trace !== null && isStateOf(answer.of, trace);
    if (grows && work) return;
    work?.abort();
    leave();
    if (!grows) settle(trace, rules, trace ? null : NONE);
    if (!trace) return;
    const mine = (work = new AbortController());
    const run = async (): Promise<void> => {
      const now = grows ? store.getState().trace! : trace;
      const found = await findings(now, { rules, signal: mine.signal }).catch(() => NONE);
      if (mine.signal.aborted) return;
      work = null;
      settle(now, rules, found);
      begin();
    };
    if (grows) {
      leave = inTurn(run);
      return;
    }
    const waiting = setTimeout(() => void run(), AFTER_ROWS);
    leave = () => clearTimeout(waiting);
  };
  return {
    // What was found in another trace is none of this one's.
    get: () => (isStateOf(answer.of, store.getState().trace) ? answer.found : null),
    listen(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    look(rules = NO_RULES) {
      const me = {};
      lookers.set(me, rules);
      unsubscribe ??= store.subscribe((state, before) => {
        if (state.trace !== before.trace) begin();
      });
      begin();
      return () => {
        lookers.delete(me);
        if (lookers.size > 0) return;
        unsubscribe?.();
        unsubscribe = null;
        leave();
        work?.abort();
        work = null;
      };
    },
  };
}

const NO_RULES: readonly AssertionRule[] = [];
