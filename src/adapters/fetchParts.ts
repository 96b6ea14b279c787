import { hasRules } from './hasRules.ts';
import type { ReadingParts } from './readingParts.ts';
import type { DecodeContent } from './recordedContent.ts';
import type { ReadOptions } from './types.ts';

/**
 * The parts of reading that `options` need, each from a file of its own. What decodes is fetched while the input is read: `arrival` is to
 * be awaited before anybody opens a span. Where it cannot be fetched, the trace is shown all the same, and each content says so.
 */
export async function fetchParts({ redact, prices }: ReadOptions): Promise<{ readonly parts: ReadingParts; readonly arrival: Promise<void> }> {
  let decode: DecodeContent = () => { throw new Error('What spans hold cannot be read: the program could not fetch a part of itself.'); };
  const arrival = import('./decodeContent.ts').then((arrived) => { decode = arrived.decodeContent; }, () => {});
  const { maskTold: mask } = hasRules(redact) ? await import('./maskRecords.ts') : {};
  const { priceUsage: price } = prices ? await import('../conventions/prices.ts') : {};
  return { parts: { decode: (...asked) => decode(...asked), ...(mask ? { mask } : {}), ...(price ? { price } : {}) }, arrival };
}
