'use client';
import { useCallback, useContext } from 'react';
import { StatusContext } from '../../hooks/context/StatusContext.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';

/**
 * Copies a text, or one that is still being made, and says so: `done` when it is, else that the page may not. Pages
 * without a secure origin have no clipboard, others may be refused it.
 */
export function useCopy(): (text: string | Promise<string>, done: string) => Promise<void> {
  const { labels } = useTraceContext();
  const say = useContext(StatusContext);
  return useCallback(
    async (text, done) => {
      say?.((await toClipboard(text)) ? done : labels.notCopied);
    },
    [labels, say],
  );
}

/** Whether it could be copied. A text that takes its time keeps the press that asked for it: browsers want one. */
export async function toClipboard(text: string | Promise<string>): Promise<boolean> {
  try {
    if (typeof text === 'string') await navigator.clipboard.writeText(text);
    else if (typeof ClipboardItem === 'function' && typeof navigator.clipboard.write === 'function')
      await navigator.clipboard.write([
        new ClipboardItem({ 'text/plain': text.then((made) => new Blob([made], { type: 'text/plain' })) }),
      ]);
    else await navigator.clipboard.writeText(await text);
    return true;
  } catch {
    return false;
  }
}
