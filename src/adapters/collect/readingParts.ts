import { priceUsage } from '../../conventions/prices.ts';
import { decodeContent } from '../content/decodeContent.ts';
import { maskRecords } from './maskRecords.ts';
import type { DecodeContent } from '../content/recordedContent.ts';

/** Parts that not every reading needs, or none at once: the caller provides them. */
export interface ReadingParts {
  /** Called when somebody opens a span. */
  readonly decode: DecodeContent;
  /** For a host that has masking rules. */
  readonly mask?: typeof maskRecords;
  /** For a host that has prices. */
  readonly price?: typeof priceUsage;
}

/** All of them here, for those who cannot wait. */
export const ALL_PARTS: ReadingParts = { decode: decodeContent, mask: maskRecords, price: priceUsage };
