import type { KeyboardEvent } from 'react';
import { errors } from '../../analysis/errors.ts';
import { costliestSpans } from '../../analysis/time/largestSpans.ts';
import { laterLabels } from '../../laterLabels.ts';
import { isText } from '../../hooks/useTreeKeyboard.ts';
import { rowTree } from '../../layout/rows/rowTree.ts';
import { idleWithin, shortAxis } from '../../layout/time/shortAxis.ts';
import type { Nanos, Span, SpanKey, Trace } from '../../model/types.ts';
import { ownValue } from '../../model/ownValue.ts';
import type { TraceActions } from '../../store/createTraceStore.ts';
import type { TraceState } from '../../store/types.ts';
import { detailKey, type DetailScene } from './detailKeys.ts';
import { TIMELINE, viewsFor } from '../views/views.ts';
import { attemptsOf, nextAttempt } from '../TraceGrid/attempts.ts';
import { plainText } from '../text/recordedText.tsx';
import { stepFinding } from '../TraceFindings/stepFinding.ts';

/** What keys act on. */
export interface KeyScene extends DetailScene {
  /** All traces that there are, and the way to a span of any of them; none where a trace is shown by itself. */
  readonly traces: readonly Trace[];
  readonly show: ((key: SpanKey) => void) | undefined;
  /** The time under the pointer, if it is over the timeline. */
  readonly about: Nanos | undefined;
}

/** Single keys, while the focus is inside the viewer and not in a text field. */
export function pressKey(event: KeyboardEvent, scene: KeyScene): void {
  const {
    store: { getState, actions },
  } = scene;
  // Many keyboards write brackets with AltGr, which is Ctrl with Alt on some systems and Alt on others.
  const plain = !event.metaKey && (event.altKey ? event.key === '[' || event.key === ']' : !event.ctrlKey);
  const run = ((): (() => void) | undefined => {
    if (event.key === 'Escape') return escape(getState(), actions, event.target);
    if (!plain || isText(event.target)) return undefined;
    return action(keyOf(event), getState(), scene) ?? detailKey(event.key, event.target, scene);
  })();
  if (!run) return;
  event.preventDefault();
  event.stopPropagation();
  const { selectedSpan, mainView } = getState();
  run();
  if (getState().mainView !== mainView) focusTab(event.currentTarget, getState());
  // The details are of another span now, and what had the focus in them is gone.
  if (getState().selectedSpan !== selectedSpan && event.target instanceof Node && scene.detail?.contains(event.target))
    actions.focusGrid();
}

/** Signs say by themselves whether Shift is held; Enter does not. */
const keyOf = ({ key, shiftKey }: KeyboardEvent): string => (key === 'Enter' && shiftKey ? 'Shift+Enter' : key);

/**
 * Escape takes back one thing at a time: the focus from a text field, the marked time, the search, the details. Where
 * there is nothing, it is the host's.
 */
function escape(
  { query, range, trace, detailOpen, selectedSpan }: TraceState,
  actions: TraceActions,
  target: EventTarget,
): (() => void) | undefined {
  if (isText(target)) return actions.focusGrid;
  if (range) return () => actions.setRange(null);
  if (query !== '') {
    return () => {
      actions.setQuery('');
      // The buttons of the search go with it.
      if (target instanceof Element && target.closest('.tv-search')) actions.focusGrid();
    };
  }
  if (!trace || !detailOpen || selectedSpan === null) return undefined;
  return () => {
    actions.closeDetail();
    actions.focusGrid();
  };
}

function action(
  key: string,
  { trace, loops, focus, selectedSpan, range, detailOpen, reading, findingsList: list }: TraceState,
  scene: KeyScene,
): (() => void) | undefined {
  const {
    store: { actions },
    about,
  } = scene;
  const settled = (move: () => void) => () => {
    move();
    actions.settle();
  };
  const index = (trace && rowTree(trace).find(focus?.key ?? selectedSpan ?? '')?.index) ?? -1;
  const span = trace && index !== -1 && index < trace.spanCount ? trace.span(index) : null;
  const stepError = (by: 1 | -1) => () => {
    if (trace && errors(trace).length === 0) goToFailed(trace, scene);
    else actions.stepError(by);
  };
  const keys: Readonly<Record<string, () => void>> = {
    '+': settled(() => actions.zoom(0.8, about)),
    '=': settled(() => actions.zoom(0.8, about)),
    w: settled(() => actions.zoom(0.8, about)),
    '-': settled(() => actions.zoom(1.25, about)),
    s: settled(() => actions.zoom(1.25, about)),
    '0': () => actions.zoomTo(null),
    a: settled(() => actions.pan(-0.1)),
    d: settled(() => actions.pan(0.1)),
    A: settled(() => actions.pan(-0.5)),
    D: settled(() => actions.pan(0.5)),
    e: stepError(1),
    E: stepError(-1),
    t: () => actions.stepSlowest(1),
    T: () => actions.stepSlowest(-1),
    $() {
      actions.stepCostliest(1);
      if (trace && costliestSpans(trace).length === 0) scene.announce(scene.labels.noCosts);
    },
    v: () => showNextView(scene),
    V: () => showNextView(scene),
    n: () => stepFinding(scene, 1),
    N: () => stepFinding(scene, -1),
    g: () => switchFollow(scene),
    G: () => switchFollow(scene),
    u: () => actions.showFindings(list === 'speedups' ? null : 'speedups'),
    ']': () => actions.stepCritical(1),
    '[': () => actions.stepCritical(-1),
    ...(index === -1
      ? {}
      : {
          f: () => actions.fitSpan(index),
          r: () => actions.markSpan(index),
          R: () => actions.markSpan(index, true),
        }),
    ...(trace && span ? { y: () => void goToNextAttempt(trace, span, scene) } : {}),
    'Shift+Enter'() {
      const isShown = detailOpen && selectedSpan !== null;
      if (!isShown && trace && index !== -1) actions.select(rowTree(trace).keyOf(index));
      actions.showReading(!(isShown && reading));
    },
    ...(trace ? { i: () => switchIdle(trace, scene), I: () => switchIdle(trace, scene) } : {}),
    ...(loops ? { l: () => actions.foldLoops(), L: () => actions.foldLoops() } : {}),
    ...(range ? { z: () => actions.zoomToRange() } : {}),
  };
  return ownValue(keys, key);
}

/** From a step that was tried again to its next attempt. */
async function goToNextAttempt(trace: Trace, { key }: Span, { store, labels, announce }: KeyScene): Promise<void> {
  const attempt = (await attemptsOf(trace)).get(key);
  if (store.getState().trace !== trace) return;
  if (attempt) store.actions.select(nextAttempt(attempt));
  else announce(labels.notRetried);
}

/** The next of the views that fit the trace, with the keyboard in it. */
function showNextView({ store: { getState, actions }, labels, announce }: KeyScene): void {
  const { trace, mainView } = getState();
  const ids = [TIMELINE, ...(trace ? viewsFor(trace).map(({ id }) => id) : [])];
  if (ids.length === 1) return;
  const next = ids[(ids.indexOf(mainView) + 1) % ids.length]!;
  actions.showView(next);
  announce(labels.viewName(next), true);
}

/** What had the focus goes with its view: the tab of the new one has it then, so that the next key is heard too. */
function focusTab(viewer: EventTarget, { trace, mainView }: TraceState): void {
  if (!trace || !(viewer instanceof Element)) return;
  const place = [TIMELINE, ...viewsFor(trace).map(({ id }) => id)].indexOf(mainView);
  viewer.querySelectorAll<HTMLElement>('.tv-views [role="radio"]')[place]?.focus({ preventScroll: true });
}

/**
 * Where nothing failed, the next failure is in another trace: of those behind this one the first that failed, else of
 * those before it.
 */
function goToFailed(shown: Trace, { labels, announce, traces, show }: KeyScene): void {
  const place = traces.findIndex(({ key }) => key === shown.key) + 1;
  const other = [...traces.slice(place), ...traces.slice(0, place)].find(
    (trace) => trace.key !== shown.key && errors(trace).length > 0,
  );
  if (!other || !show) return void announce(labels.noErrors);
  show(other.span(errors(other)[0]!).key);
  announce(labels.failedElsewhere(plainText(other.name)));
}

function switchFollow({ store: { getState, actions }, labels, announce }: KeyScene): void {
  const { trace, follow } = getState();
  const words = { ...laterLabels, ...labels };
  if (!trace?.live) return void announce(words.notLive);
  actions.followNewest(!follow);
  if (getState().follow !== follow) announce(follow ? words.notFollowing : words.following);
}

function switchIdle(trace: Trace, { store: { getState, actions }, labels, announce }: KeyScene): void {
  const { shortenIdle } = getState();
  if (!shortenIdle && !idleWithin(shortAxis(trace), [0, trace.end]).shortens) return void announce(labels.noIdle);
  actions.shortenIdle(!shortenIdle);
  // A host that owns it may want it as it is.
  if (getState().shortenIdle !== shortenIdle) announce(shortenIdle ? labels.idleShown : labels.idleShortened);
}
