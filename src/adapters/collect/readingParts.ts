import { priceUsage } from '../../conventions/prices.ts';
import { decodeContent } from '../content/decodeContent.ts';
import { maskTold } from './maskRecords.ts';
import type { DecodeContent } from '../content/recordedContent.ts';

/** What not every reading needs, or none at once: who reads says where it comes from. */
export interface ReadingParts {
  /** Called when somebody opens a span. */
  readonly decode: DecodeContent;
  /** For a host that has masking rules. */
  readonly mask?: typeof maskTold;
  /** For a host that has prices. */
  readonly price?: typeof priceUsage;
}

/** All of them here, for those who cannot wait. */
export const ALL_PARTS: ReadingParts = { decode: decodeContent, mask: maskTold, price: priceUsage };
