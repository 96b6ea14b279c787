import type { Span } from '../../model/types.ts';

/** Output tokens per second after the first token; null where either is unknown. */
export function tokenRate({
  usage,
  duration,
  firstToken,
}: Pick<Span, 'usage' | 'duration' | 'firstToken'>): number | null {
  const seconds = (duration - firstToken) / 1e9;
  return usage?.output && seconds > 0 ? usage.output / seconds : null;
}
