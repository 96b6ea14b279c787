'use client';
import { useTraceContext } from '../../../hooks/context/TraceContext.ts';
import { visibleControls } from '../../../visibleControls.ts';
import type { Usage } from '../../../model/types.ts';

/** Tokens by bucket: what was read from a cache, what was new, what was written, what was thought. */
export function UsageBar({ usage }: { readonly usage: Usage }) {
  const { format, labels } = useTraceContext();
  const buckets = (
    [
      ['cached', labels.cached, usage.cacheRead],
      ['input', labels.cacheWrite, usage.cacheWrite],
      ['input', labels.uncached, usage.inputUncached],
      ['input', labels.audio, usage.audioInput],
      ['output', labels.outputText, usage.outputText],
      ['output', labels.audio, usage.audioOutput],
      ['reasoning', labels.reasoningTokens, usage.reasoning],
      ...Object.entries(usage.other).map(([name, count]) => ['output', visibleControls(name), count] as const),
    ] as const
  ).filter(([, , count]) => count !== null && count > 0);
  if (buckets.length === 0) return null;
  return (
    <div className="tv-usage">
      <div className="tv-usage-bar" aria-hidden="true">
        {buckets.map(([use, label, count]) => (
          <i key={label} data-use={use} style={{ flexGrow: count! }} />
        ))}
      </div>
      <ul className="tv-legend">
        {buckets.map(([use, label, count]) => (
          <li key={label} data-use={use}>
            <i aria-hidden="true" />
            {label} <b>{format.count(count!)}</b>
          </li>
        ))}
      </ul>
    </div>
  );
}
