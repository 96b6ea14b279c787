import type { Hit } from './secrets/findSecrets.ts';
import type { Secret } from './types.ts';

/**
 * Puts marks in place of hits. Those that overlap become one mark, over all of them, so that no part of a secret is
 * left: that of the longest, or of the rule that stands first.
 */
export function maskText(text: string, hits: readonly Hit[], mark: (secret: Secret) => string): string {
  let masked = '';
  let copied = 0;
  let best: Hit | null = null;
  let end = 0;
  let quote = '';
  let start = 0;
  const close = (): void => {
    if (!best) return;
    masked += text.slice(copied, start) + quote + mark(best.secret) + quote;
    copied = end;
  };
  for (const hit of hits.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (best && hit.start < end) {
      if (isBetter(hit, best)) best = hit;
      end = Math.max(end, hit.end);
      quote ||= hit.quote;
    } else {
      close();
      ({ start, end, quote } = hit);
      best = hit;
    }
  }
  close();
  return masked + text.slice(copied);
}

function isBetter(hit: Hit, best: Hit): boolean {
  const longer = hit.end - hit.start - (best.end - best.start);
  return longer > 0 || (longer === 0 && hit.secret.rule.index < best.secret.rule.index);
}
