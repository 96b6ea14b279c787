import { ERROR_STATUS, SPAN_FLAGS } from '../../../model/codes.ts';
import type { Trace } from '../../../model/types.ts';
import type { IndexTest } from '../types.ts';

/** The test behind a word of `IS_WORDS`. `open`: no end is recorded. `orphan`: it names a parent that is not there. */
export function isTest({ columns: { parent, end, status, flags, subtreeEnd } }: Trace, word: string): IndexTest {
  switch (word) {
    case 'error':
      return (index) => status[index] === ERROR_STATUS;
    case 'root':
      return (index) => parent[index] === -1;
    case 'leaf':
      return (index) => subtreeEnd[index] === index + 1;
    case 'open':
      return (index) => Number.isNaN(end[index]);
    case 'orphan':
      return (index) => (flags[index]! & SPAN_FLAGS['missing-parent']) !== 0;
    default:
      return () => false;
  }
}
