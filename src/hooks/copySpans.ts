import type { CopyRequest } from '../export/types.ts';
import type { Trace } from '../model/types.ts';

export type { CopyRequest };

/** A copy of spans as text. What writes them comes when the first is made. */
export async function copySpans(trace: Trace, request: CopyRequest, signal?: AbortSignal): Promise<string> {
  const { copyText } = await import('../export/copyText.ts');
  return copyText(trace, request, { signal });
}
