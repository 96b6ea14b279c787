import { laterLabels } from '../../laterLabels.ts';
import { plainText } from '../text/recordedText.tsx';
import type { KeyScene } from '../TraceViewer/viewerKeys.ts';
import { knownFindings } from './knownFindings.ts';

/** Selects what the next (1) or previous (-1) finding is about, counted from the one that is selected. */
export function stepFinding({ store, announce, labels }: KeyScene, by: 1 | -1): void {
  const all = knownFindings(store).get();
  if (!all || all.length === 0) {
    const words = { ...laterLabels, ...labels };
    return void announce(all ? words.noFindings : words.findingsPending);
  }
  const { selectedSpan } = store.getState();
  const here = all.findIndex(({ keys }) => keys[0] === selectedSpan);
  const first = by === 1 ? 0 : all.length - 1;
  const finding = all[here === -1 ? first : (here + by + all.length) % all.length]!;
  store.actions.select(finding.keys[0]!);
  announce(plainText(finding.message), true);
}
