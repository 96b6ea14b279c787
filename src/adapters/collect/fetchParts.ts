import { hasRules } from '../../redact/checkRules.ts';
import type { ReadingParts } from './readingParts.ts';
import type { DecodeContent } from '../content/recordedContent.ts';
import type { ReadOptions } from '../types.ts';

/**
 * What reads, and the parts that `options` need of it, each from a file of its own. What decodes is fetched while the input is
 * read: `arrival` is to be awaited before anybody opens a span. Where it cannot be fetched, the trace is shown all the
 * same, each content says so, and opening one tries again.
 */
export async function fetchParts({ redact, prices }: ReadOptions): Promise<{
  readonly reading: typeof import('../reading.ts');
  readonly parts: ReadingParts;
  readonly arrival: Promise<void>;
}> {
  const later = (): Promise<void> =>
    import('../content/decodeContent.ts').then(
      (arrived) => {
        decode = arrived.decodeContent;
      },
      () => {},
    );
  let decode: DecodeContent = () => {
    // Perhaps it can be had when the next span is opened.
    void later();
    throw new Error('What spans hold cannot be read: the program could not fetch a part of itself.');
  };
  const arrival = later();
  const [reading, { maskRecords: mask }, { priceUsage: price }] = await Promise.all([
    import('../reading.ts'),
    hasRules(redact) ? import('./maskRecords.ts') : NOTHING,
    prices ? import('../../conventions/prices.ts') : NOTHING,
  ]);
  return {
    reading,
    parts: { decode: (...asked) => decode(...asked), ...(mask ? { mask } : {}), ...(price ? { price } : {}) },
    arrival,
  };
}

const NOTHING: { readonly maskRecords?: undefined; readonly priceUsage?: undefined } = {};
