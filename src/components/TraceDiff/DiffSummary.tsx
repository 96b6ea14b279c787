'use client';
import type { CSSProperties } from 'react';
import type { Delta, DiffChange } from '../../analysis/diff/types.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import type { MergedTrace } from '../../layout/diff/mergedTrace.ts';
import { isNotable } from '../../layout/diff/notable.ts';
import { ownValue } from '../../model/ownValue.ts';
import { KindGlyph } from '../parts/icons.tsx';
import { recordedText } from '../text/recordedText.tsx';
import { amountText, signedText, toneOf } from './deltaText.ts';

/** Totals, and what changed most: a press on a change goes to its first row. */
export function DiffSummary({ merged, currency }: { readonly merged: MergedTrace; readonly currency: string }) {
  const { labels } = useTraceContext();
  const { totals, warnings } = merged.diff;
  const scores = Object.keys(totals)
    .filter((name) => name.startsWith('score.'))
    .slice(0, SCORES_AT_MOST);
  const stats: readonly (readonly [measure: string, title: string])[] = [
    ['duration', labels.duration],
    ['tokens', labels.tokens],
    ['cost', labels.cost],
    ['errors', labels.errors],
    ...scores.map((name) => [name, name.slice('score.'.length)] as const),
  ];
  return (
    <div className="tv-diff-summary" data-trace-part="diff-summary">
      <dl className="tv-diff-totals">
        {stats.map(([measure, title]) => {
          const total = ownValue(totals, measure);
          return total && (total.a !== null || total.b !== null) ? (
            <Total key={measure} measure={measure} title={title} total={total} currency={currency} />
          ) : null;
        })}
      </dl>
      <div className="tv-diff-most">
        <h3>{labels.changedMost}</h3>
        <Changes merged={merged} currency={currency} />
        {warnings.length === 0 ? null : (
          <ul className="tv-diff-warnings">
            {warnings.map((warning) => (
              <li key={warning}>{recordedText(warning)}</li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}

const SCORES_AT_MOST = 1;

function Total({
  measure,
  title,
  total,
  currency,
}: {
  readonly measure: string;
  readonly title: string;
  readonly total: Delta;
  readonly currency: string;
}) {
  const { labels, format } = useTraceContext();
  const { a, b, delta } = total;
  const written = (amount: number | null): string =>
    amount === null ? '–' : amountText(measure, amount, format, currency);
  // Errors count one by one.
  const isLarge = measure === 'errors' || isNotable(measure, total);
  return (
    <div>
      <dt>{recordedText(title, true)}</dt>
      <dd>
        <b>{written(b)}</b>
        <span data-tone={isLarge ? toneOf(measure, delta) : undefined}>
          {delta === null || delta === 0 ? (
            '='
          ) : (
            <>
              <span aria-hidden="true">{delta > 0 ? '▲' : '▼'} </span>
              {signedText(measure, delta, format, currency)}
            </>
          )}
        </span>
        <small>{labels.fromValue(written(a))}</small>
      </dd>
    </div>
  );
}

const CHANGES_AT_MOST = 24;

function Changes({ merged, currency }: { readonly merged: MergedTrace; readonly currency: string }) {
  const { store, labels, format } = useTraceContext();
  const changes = merged.diff.changes.slice(0, CHANGES_AT_MOST);
  if (changes.length === 0) return <p className="tv-faint">{labels.nothingChanged}</p>;
  const largest = new Map<string, number>();
  for (const { measure, amount } of changes)
    largest.set(measure, Math.max(largest.get(measure) ?? 0, Math.abs(amount ?? 0)));
  const hasLess = changes.some((change) => isDrawn(change) && change.amount! < 0);
  return (
    <ol className="tv-diff-changes" data-less={hasLess || undefined}>
      {changes.map((change, place) => {
        const { measure, amount, rows, message } = change;
        const span = rows.map((row) => merged.spanOfRow(row)).find((found) => found !== undefined);
        const share = isDrawn(change) ? Math.abs(amount!) / (largest.get(measure) || 1) : 0;
        const text = `${amountWords(change)}`;
        return (
          <li key={place} data-kind={span?.kind}>
            <button type="button" disabled={!span} onClick={() => span && store.actions.select(span.key)}>
              <KindGlyph kind={span?.kind ?? 'span'} />
              <span className="tv-diff-message">{recordedText(message)}</span>
              <span className="tv-diff-bar" data-drawn={share > 0 || undefined} aria-hidden="true">
                {share > 0 ? (
                  <i
                    data-tone={toneOf(measure, amount)}
                    data-less={amount! < 0 || undefined}
                    style={{ '--tv-share': share } as CSSProperties}
                  />
                ) : null}
              </span>
              <span
                className="tv-diff-amount"
                data-tone={measure === 'structure' ? undefined : toneOf(measure, amount)}
              >
                {text}
              </span>
            </button>
          </li>
        );
      })}
    </ol>
  );

  function amountWords({ measure, amount }: DiffChange): string {
    if (amount === null || amount === 0) return '';
    if (measure === 'structure')
      return `${amount < 0 ? '−' : '+'}${labels.spanCount(Math.abs(amount), format.count(Math.abs(amount)))}`;
    return isDrawn({ measure, amount }) ? signedText(measure, amount, format, currency) : '';
  }
}

/** Changes of an amount have a bar; those of texts, models and failures are told in words. */
const isDrawn = ({ measure, amount }: Pick<DiffChange, 'measure' | 'amount'>): boolean =>
  amount !== null && amount !== 0 && (measure === 'duration' || measure === 'tokens' || measure === 'cost');
