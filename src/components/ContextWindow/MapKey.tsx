'use client';
import type { AgentContext } from '../../analysis/contextWindow/types.ts';
import { cacheParts } from '../../layout/contextWindow/contextLayout.ts';
import { useLaterLabels } from '../TraceFindings/useLaterLabels.ts';

const PARTS = ['read', 'same', 'lost', 'fresh'] as const;

/** What the map of the cache is drawn in, as far as it has it, and what is estimated. */
export function MapKey({ agent: { calls, peak, cached } }: { readonly agent: AgentContext }) {
  const words = useLaterLabels();
  const drawn = calls.map(cacheParts);
  return (
    <p className="tv-context-key">
      {PARTS.filter((part) => drawn.some((parts) => (parts?.[part] ?? 0) > 0)).map((part) => (
        <span key={part}>
          <svg width="10" height="10" aria-hidden="true">
            <rect className="tv-context-part" data-part={part} width="10" height="10" rx="2" />
          </svg>
          {words.contextCacheParts[part === 'lost' && cached === null ? 'again' : part]}
        </span>
      ))}
      <span className="tv-faint">{peak === -1 ? words.contextCharacters : words.contextShares}</span>
    </p>
  );
}
