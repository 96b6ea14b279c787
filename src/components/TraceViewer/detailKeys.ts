import type { Announce } from '../../hooks/context/StatusContext.ts';
import type { Labels } from '../../labels.ts';
import { rowTree } from '../../layout/rows/rowTree.ts';
import type { SpanKey, Trace } from '../../model/types.ts';
import type { TraceStore } from '../../store/createTraceStore.ts';

/** What keys of the details act on, and what announces it. */
export interface DetailScene {
  readonly store: TraceStore;
  readonly labels: Labels;
  readonly announce: Announce;
  /** The details, where they are open. */
  readonly detail: HTMLElement | null;
}

/**
 * What a key does to the details: a digit chooses the tab at that place, `c` copies the id of the span that the
 * keyboard is on.
 */
export function detailKey(
  key: string,
  target: EventTarget,
  { detail, store, labels, announce }: DetailScene,
): (() => void) | undefined {
  if (key === 'c') {
    const { trace, focus, selectedSpan } = store.getState();
    // In the details, it is the span that they are of.
    const inDetail = target instanceof Node && detail?.contains(target) === true;
    const spanId = trace && idOf(trace, (inDetail ? selectedSpan : (focus?.key ?? selectedSpan)) ?? '');
    return spanId === null
      ? undefined
      : () => void copyText(spanId).then((copied) => announce(copied ? labels.idCopied : labels.idNotCopied));
  }
  const strip = /^[1-9]$/.test(key) ? detail?.querySelector('.tv-tabs') : null;
  const tab = strip?.children[Number(key) - 1];
  if (!detail || !(tab instanceof HTMLElement)) return undefined;
  return () => {
    // What is in the panel goes away, and the focus with it if it is there.
    const hadFocus =
      detail.querySelector('.tv-panel')?.contains((detail.getRootNode() as Document | ShadowRoot).activeElement) ===
      true;
    tab.click();
    tab.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    if (hadFocus) tab.focus();
    announce(tab.firstChild?.textContent ?? '', true);
  };
}

/** The id of a span, or of a parent that is missing. */
function idOf(trace: Trace, key: SpanKey): string | null {
  const tree = rowTree(trace);
  return trace.find(key)?.spanId ?? tree.missingAt(tree.indexOf(key))?.spanId ?? null;
}

/** Whether it could be copied: pages without a secure origin have no clipboard, others may be refused it. */
async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
