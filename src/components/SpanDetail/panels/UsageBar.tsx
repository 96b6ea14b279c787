'use client';
import { useMemo } from 'react';
import { costParts, type CostPart } from '../../../analysis/amounts/costParts.ts';
import { useTraceContext } from '../../../hooks/context/TraceContext.ts';
import { visibleControls } from '../../../visibleControls.ts';
import type { LedgerEntry } from '../../../model/types.ts';

type Bucket = readonly [use: string, label: string, tokens: number | null, part: CostPart['id'] | null];

/**
 * Tokens by bucket: what was read from a cache, what was new, what was written, what was thought; and what each of these
 * cost, as far as that is known.
 */
export function UsageBar({ entry }: { readonly entry: LedgerEntry }) {
  const { format, labels } = useTraceContext();
  const { usage, cost } = entry;
  const parts = useMemo(() => costParts(entry), [entry]);
  const buckets = (
    [
      ['cached', labels.cached, usage.cacheRead, 'cacheRead'],
      ['input', labels.cacheWrite, usage.cacheWrite, 'cacheWrite'],
      [
        'input',
        labels.uncached,
        usage.inputUncached ?? (isSplit(usage.cacheRead, usage.cacheWrite) ? null : usage.input),
        'input',
      ],
      ['input', labels.audio, usage.audioInput, 'audioInput'],
      ['output', labels.outputText, usage.outputText ?? (isSplit(usage.reasoning) ? null : usage.output), 'output'],
      ['output', labels.audio, usage.audioOutput, 'audioOutput'],
      ['reasoning', labels.reasoningTokens, usage.reasoning, 'reasoning'],
      ...Object.entries(usage.other).map(([name, count]): Bucket => ['output', visibleControls(name), count, null]),
    ] satisfies readonly Bucket[]
  ).filter(([, , tokens]) => tokens !== null && tokens > 0);
  const shown = new Set(buckets.map(([, , , part]) => part));
  const others = parts.filter(({ id }) => !shown.has(id));
  if (buckets.length === 0 && others.length === 0) return null;
  const amountOf = (id: CostPart['id'] | null): string | null => {
    const part = id === null ? undefined : parts.find((each) => each.id === id);
    return part ? format.exactMoney(part.amount, cost.currency) : null;
  };
  return (
    <div className="tv-usage">
      {buckets.length === 0 ? null : (
        <div className="tv-usage-bar" aria-hidden="true">
          {buckets.map(([use, label, tokens], place) => (
            <i key={`${label} ${place}`} data-use={use} style={{ flexGrow: tokens! }} />
          ))}
        </div>
      )}
      <ul className="tv-legend">
        {buckets.map(([use, label, tokens, part], place) => (
          <li key={`${label} ${place}`} data-use={use}>
            <i aria-hidden="true" />
            {label} <b>{format.count(tokens!)}</b>
            {amountOf(part) === null ? null : <span className="tv-faint">{amountOf(part)}</span>}
          </li>
        ))}
        {others.map(({ id, name, amount }, place) => (
          <li key={`${id} ${place}`}>
            {labels.costPart(id, name === null ? null : visibleControls(name.slice(0, 60)))}
            <span className="tv-faint">{format.exactMoney(amount, cost.currency)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Whether something of a side is known apart. */
const isSplit = (...parts: readonly (number | null)[]): boolean => parts.some((part) => part !== null && part > 0);
