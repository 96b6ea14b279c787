'use client';
import { useMemo } from 'react';
import { verdictsOf, type Check, type Judgement, type Outcome } from '../../../../conventions/steps/verdicts.ts';
import { useTraceContext } from '../../../../hooks/context/TraceContext.ts';
import type { Span, SpanContent } from '../../../../model/types.ts';
import { Sign } from '../../../parts/icons.tsx';
import { recordedText } from '../../../text/recordedText.tsx';
import { Facts } from '../Facts.tsx';
import { Value } from '../../values/Value.tsx';
import { Section } from '../../values/Section.tsx';

/** What a guardrail or an evaluator found: the verdict, each rule, and scores against what they were held to. */
export function VerdictPanel({ span, content }: { readonly span: Span; readonly content: SpanContent }) {
  const { labels, format } = useTraceContext();
  const { outcome, action, reason, checks, scores, facts } = useMemo(() => verdictsOf(span, content), [span, content]);
  return (
    <>
      {outcome === null && action === null ? null : (
        <div className="tv-verdict">
          {outcome === null ? null : <OutcomePill outcome={outcome} />}
          {action === null ? null : (
            <span>
              {labels.action} <b>{recordedText(action.slice(0, 200))}</b>
            </span>
          )}
        </div>
      )}
      {scores.map((score, place) => (
        <ScoreGauge key={place} score={score} />
      ))}
      {reason === null ? null : <Value value={reason} field="comment" lines={12} />}
      {checks.length === 0 ? null : (
        <Section title={labels.checks} count={format.count(checks.length)}>
          <ul className="tv-checks">
            {checks.map((check, place) => (
              <CheckLine key={place} check={check} />
            ))}
          </ul>
        </Section>
      )}
      <Facts facts={facts} />
    </>
  );
}

function OutcomePill({ outcome }: { readonly outcome: Exclude<Outcome, null> }) {
  const { labels } = useTraceContext();
  return (
    <span className="tv-pill" data-tone={outcome === 'passed' ? 'ok' : 'warn'}>
      <Sign name={outcome === 'passed' ? 'check' : 'warning'} size={11} />
      {labels.outcome(outcome)}
    </span>
  );
}

function CheckLine({ check: { name, outcome, detail } }: { readonly check: Check }) {
  const { labels } = useTraceContext();
  return (
    <li>
      <bdi>{recordedText(name.slice(0, 200))}</bdi>
      <span className="tv-aside" data-tone={outcome === 'failed' ? 'warn' : outcome === 'passed' ? 'ok' : undefined}>
        {outcome === null ? null : <Sign name={outcome === 'passed' ? 'check' : 'warning'} size={11} />}
        {outcome === null ? labels.noOutcome : labels.outcome(outcome)}
      </span>
      {detail === null ? null : <Value value={detail} field="comment" lines={4} />}
    </li>
  );
}

/** A score as a bar from 0, with the threshold as a mark on it where one is known. */
function ScoreGauge({ score: { name, value, label, comment, source, threshold } }: { readonly score: Judgement }) {
  const { labels } = useTraceContext();
  const most = Math.max(1, value ?? 0, threshold ?? 0);
  const isLow = value !== null && threshold !== null && value < threshold;
  const share = (number: number): string => `${Math.min(1, Math.max(0, number / most)) * 100}%`;
  return (
    <section className="tv-gauge" data-tone={isLow ? 'warn' : undefined}>
      <header>
        <b className="tv-gauge-value">{value === null ? recordedText(label ?? '—') : Number(value.toPrecision(4))}</b>
        <span>
          <bdi>{recordedText(name.slice(0, 120)) || labels.score}</bdi>
          {label === null || value === null ? null : (
            <bdi className="tv-faint"> {recordedText(label.slice(0, 120))}</bdi>
          )}
        </span>
        <span className="tv-aside">
          {threshold === null ? labels.scoreSource(source) : labels.threshold(String(Number(threshold.toPrecision(4))))}
        </span>
      </header>
      {value === null || value < 0 ? null : (
        <div className="tv-gauge-bar" aria-hidden="true">
          <i style={{ width: share(value) }} />
          {threshold === null || threshold < 0 ? null : <b style={{ insetInlineStart: share(threshold) }} />}
        </div>
      )}
      {comment === null ? null : <Value value={comment} field="comment" lines={12} />}
    </section>
  );
}
