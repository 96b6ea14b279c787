'use client';
import { conflictOf, ledger } from '../../analysis/amounts/ledger.ts';
import { ownTime } from '../../analysis/time/ownTime.ts';
import { tokenRate } from '../../analysis/amounts/tokenRate.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { useTrace } from '../../hooks/useTrace.ts';
import type { Span } from '../../model/types.ts';
import { ownValue } from '../../model/ownValue.ts';
import { RunningTime } from '../live/RunningTime.tsx';
import { KindGlyph, Sign, type SignName } from '../parts/icons.tsx';
import { Stat } from '../parts/Stat.tsx';
import type { KindStyle } from '../types.ts';
import { conflictWords } from '../text/conflictWords.ts';
import { recordedText } from '../text/recordedText.tsx';
import { stepWords } from '../text/stepWords.ts';
import { UsageBar } from './panels/UsageBar.tsx';
import { Waiting } from './panels/Waiting.tsx';
import { WhenItWas } from './panels/WhenItWas.tsx';

const STATUS_SIGNS: Readonly<Record<string, readonly [tone: string, sign: SignName]>> = {
  ok: ['ok', 'check'],
  error: ['error', 'error'],
  warning: ['warn', 'warning'],
  running: ['warn', 'clock'],
};

/** Name, kind, status, and the numbers: time, tokens, cost. */
export function SpanSummary({
  span,
  kinds,
}: {
  readonly span: Span;
  readonly kinds: Readonly<Record<string, KindStyle>> | undefined;
}) {
  const { format, labels } = useTraceContext();
  const trace = useTrace();
  if (!trace || span.index >= trace.spanCount) return null;
  const { subtree, own } = ledger(trace);
  const sums = subtree(span.index);
  const isSum = own(span.index).usage.total !== sums.usage.total || own(span.index).cost.total !== sums.cost.total;
  const sigma = isSum ? (
    <span className="tv-sigma" title={labels.sumOfSubtree}>
      Σ
    </span>
  ) : null;
  const status = STATUS_SIGNS[span.status];
  const isRunning = trace.live && span.status === 'running';
  const speed = tokenRate(span);
  const step = stepWords(trace, span.index, format, labels);
  return (
    <div className="tv-summary">
      <div className="tv-summary-head">
        <KindGlyph kind={span.kind} big glyph={ownValue(kinds, span.kind)?.glyph} />
        <div>
          <h3>
            <bdi>{recordedText(span.name) || '—'}</bdi>
          </h3>
          <p>
            <bdi>
              {recordedText(
                [ownValue(kinds, span.kind)?.label ?? labels.kind(span.kind), span.model, span.service]
                  .filter((word) => word !== null)
                  .join(' · '),
              )}
            </bdi>
          </p>
        </div>
        {status ? (
          <span className="tv-pill" data-tone={status[0]}>
            <Sign name={status[1]} size={11} />
            {labels.status(span.status)}
          </span>
        ) : null}
      </div>
      <dl className="tv-stats">
        {step === null ? (
          <Stat label={labels.duration} note={isRunning ? labels.soFar : undefined}>
            {isRunning ? <RunningTime trace={trace} start={span.start} /> : format.duration(span.duration)}
          </Stat>
        ) : (
          <Stat label={labels.stepLabel}>{step}</Stat>
        )}
        {span.descendantCount > 0 && step === null ? (
          <Stat label={labels.selfTime}>{format.duration(ownTime(trace)[span.index]!)}</Stat>
        ) : null}
        {Number.isNaN(span.firstToken) ? null : (
          <Stat label={labels.firstToken}>{format.duration(span.firstToken)}</Stat>
        )}
        {speed === null ? null : <Stat label={labels.speed}>{labels.tokenRate(format.rate(speed))}</Stat>}
        {sums.usage.total === null ? null : (
          <Stat label={labels.tokens} gap={coverage(sums.callsWithUsage, sums.calls, labels.counted)}>
            {sigma}
            {format.count(sums.usage.total)}
          </Stat>
        )}
        {sums.cost.total === null ? null : (
          <Stat
            label={labels.cost}
            note={labels.costOrigin(sums.cost.origin)}
            gap={coverage(sums.callsWithCost, sums.calls, labels.priced)}
          >
            {sigma}
            {format.exactMoney(sums.cost.total, sums.cost.currency)}
          </Stat>
        )}
      </dl>
      <UsageBar entry={sums} />
      <WhenItWas span={span} />
      <Waiting span={span} />
      <Conflict span={span} />
    </div>
  );
}

/** Where the span's own report and the sum below it disagree: both numbers. */
function Conflict({ span }: { readonly span: Span }) {
  const { format, labels } = useTraceContext();
  const trace = useTrace();
  const conflict = trace && conflictOf(trace, span.key);
  if (!conflict) return null;
  const { tokens, cost } = conflictWords(conflict, format, labels);
  return (
    <>
      {[tokens, cost].map((words) =>
        words === null ? null : (
          <p key={words} className="tv-conflict tv-warn">
            <Sign name="warning" size={11} />
            {words}
          </p>
        ),
      )}
    </>
  );
}

const coverage = (known: number, calls: number, word: (known: number, calls: number) => string): string | undefined =>
  known < calls ? word(known, calls) : undefined;
