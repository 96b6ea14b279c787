'use client';
import type { CSSProperties } from 'react';
import { chosenValues, toggled, withValues } from '../../analysis/query/complete/chosenValues.ts';
import { foldCase } from '../../analysis/query/match/literalText.ts';
import { ownTimeByKind } from '../../analysis/time/ownTimeByKind.ts';
import { ownTimeByService, SERVICE_COLORS } from '../../analysis/time/ownTimeByService.ts';
import { useKinds, type Kinds } from '../../hooks/context/HostLookContext.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { useAfterRows } from '../TraceGrid/useAfterRows.ts';
import { useInPage } from '../../hooks/context/useInPage.ts';
import { useTrace } from '../../hooks/useTrace.ts';
import { useTraceStore } from '../../hooks/useTraceStore.ts';
import type { Nanos, Trace } from '../../model/types.ts';
import { ownValue } from '../../model/ownValue.ts';
import { recordedText } from '../text/recordedText.tsx';

const NAMED = 6;

interface Share {
  readonly value: string;
  readonly time: Nanos;
  readonly 'data-kind': string;
  readonly 'data-service'?: number;
}

/**
 * Where the time went: own time by kind or by service, as shares of one bar. The names below it are the legend of the
 * colours; pressed, they are looked for.
 */
export function OwnTime() {
  const { store, format, labels } = useTraceContext();
  const trace = useTrace();
  const inPage = useInPage();
  const kinds = useKinds(undefined);
  const by = useTraceStore((state) => state.colorBy);
  const asked = useTraceStore((state) => state.asked);
  const afterRows = useAfterRows(trace);
  if (!trace) return null;
  const shares = afterRows ? sharesOf(trace, by) : [];
  const severalServices = by === 'service' || (afterRows && ownTimeByService(trace).length > 1);
  if (afterRows && shares.length === 0 && !severalServices) return null;
  const chosen = chosenValues(asked, by);
  const isChosen = new Set(chosen.map(foldCase));
  return (
    <div className="tv-own-time" data-trace-part="own-time">
      <div className="tv-own-bar" aria-hidden="true">
        {shares.map(({ value, time, ...look }) => (
          <i key={value} {...look} style={inPage ? { flexGrow: time, ...inkOf(value, by, kinds) } : undefined} />
        ))}
      </div>
      <div className="tv-legend" role="group" aria-label={labels.ownTime}>
        <span className="tv-faint">{labels.ownTime}</span>
        {severalServices ? (
          <button
            type="button"
            className="tv-color-by"
            aria-pressed={by === 'service'}
            onClick={() => store.actions.colorBy(by === 'service' ? 'kind' : 'service')}
          >
            {labels.byService}
          </button>
        ) : null}
        {shares.slice(0, NAMED).map(({ value, time, ...look }) => (
          <button
            key={value}
            type="button"
            {...look}
            aria-pressed={isChosen.has(foldCase(value))}
            style={inPage ? inkOf(value, by, kinds) : undefined}
            onClick={() => store.actions.setQuery(withValues(asked, by, toggled(chosen, value)))}
          >
            <i aria-hidden="true" />
            <bdi>
              {by === 'kind' ? (ownValue(kinds, value)?.label ?? labels.kind(value)) : recordedText(value, true)}
            </bdi>{' '}
            <b>{format.duration(time)}</b>
          </button>
        ))}
        {shares.length > NAMED ? <span className="tv-faint">{labels.more(shares.length - NAMED)}</span> : null}
      </div>
    </div>
  );
}

/** The host's colour of a kind, as in the rows. */
const inkOf = (kind: string, by: 'kind' | 'service', kinds: Kinds | undefined): CSSProperties => {
  const color = by === 'kind' ? ownValue(kinds, kind)?.color : undefined;
  return color === undefined ? {} : ({ '--tv-kind': color } as CSSProperties);
};

const sharesOf = (trace: Trace, by: 'kind' | 'service'): readonly Share[] =>
  by === 'kind'
    ? ownTimeByKind(trace).map(({ kind, time }) => ({ value: kind, time, 'data-kind': kind }))
    : ownTimeByService(trace).map(({ service, time }, place) => ({
        value: service,
        time,
        'data-kind': 'span',
        'data-service': place < SERVICE_COLORS ? place + 1 : 0,
      }));
