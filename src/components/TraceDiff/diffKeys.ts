import type { KeyboardEvent } from 'react';
import { isText } from '../../hooks/useTreeKeyboard.ts';
import type { MergedTrace } from '../../layout/diff/mergedTrace.ts';
import { ownValue } from '../../model/ownValue.ts';
import { pressKey, type KeyScene } from '../TraceViewer/viewerKeys.ts';
import { nextChange } from './rowState.ts';

/** What the keys of a comparison can do beside those of the viewer. */
export interface DiffKeyScene extends KeyScene {
  readonly merged: MergedTrace;
  swap(): void;
  goToOther(index: number): void;
  openPairing(): void;
}

/** Keys of the viewer that speak of one trace alone. */
const OF_ONE_TRACE = new Set(['e', 'E', 't', 'T', '$', '[', ']', 'i', 'I']);

/** Single keys, while the focus is inside the comparison and not in a text field. */
export function pressDiffKey(event: KeyboardEvent, scene: DiffKeyScene): void {
  const {
    merged,
    labels,
    announce,
    store: { getState, actions },
  } = scene;
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !isText(event.target);
  const { focus, selectedSpan } = getState();
  const at = merged.find(focus?.key ?? selectedSpan ?? '')?.index ?? -1;
  const step = (by: 1 | -1) => () => {
    const to = nextChange(merged, at === -1 && by === -1 ? 0 : at, by);
    if (to === -1) return void announce(labels.noChange);
    actions.select(merged.span(to).key);
    actions.focusGrid();
  };
  const keys: Readonly<Record<string, () => void>> = {
    n: step(1),
    N: step(1),
    p: step(-1),
    P: step(-1),
    x: scene.swap,
    X: scene.swap,
    g: () => goToFirstDifference(scene),
    G: () => goToFirstDifference(scene),
    ...(at === -1 ? {} : { o: () => scene.goToOther(at), O: () => scene.goToOther(at) }),
    ...(at === -1 ? {} : { u: scene.openPairing, U: scene.openPairing }),
  };
  const run = plain ? ownValue(keys, event.key) : undefined;
  if (run) {
    event.preventDefault();
    event.stopPropagation();
    run();
  } else if (!plain || !OF_ONE_TRACE.has(event.key)) {
    pressKey(event, scene);
  }
}

/** Selects the row from which on the two traces are not the same run any more. */
export function goToFirstDifference({
  merged,
  labels,
  announce,
  store: { actions },
}: Pick<DiffKeyScene, 'merged' | 'labels' | 'announce' | 'store'>): void {
  const { divergence } = merged.diff;
  const span = divergence && merged.spanOfRow(divergence.row);
  if (!span) return void announce(labels.notParting);
  actions.select(span.key);
  actions.focusGrid();
}
