'use client';
import { useCallback, useMemo, useRef, useState, type CSSProperties, type KeyboardEvent } from 'react';
import type { TraceDiffResult } from '../../analysis/diff/types.ts';
import { useKinds } from '../../hooks/context/HostLookContext.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import type { Span, SpanKey, Trace } from '../../model/types.ts';
import { part } from '../parts/part.tsx';
import { StatusProvider } from '../parts/useStatus.tsx';
import { plainText } from '../text/recordedText.tsx';
import type { KindStyle } from '../types.ts';
import { FullSpan } from './FullSpan.tsx';
import { PairBody } from './PairBody.tsx';
import { PairHead } from './PairHead.tsx';
import { Sides, type SideName } from './sides.tsx';
import { useControlled } from './useControlled.ts';

export interface PairDetailProps {
  /** What `diffTraces` or `useTraceDiff` gave. */
  readonly diff: TraceDiffResult;
  /** Place in `diff.rows`. Nothing is shown where there is no such row. */
  readonly row: number;
  /** The trace of the diff that came before. */
  readonly a: Trace;
  /** The one that came after. */
  readonly b: Trace;
  /** Attributes whose values say nothing, as `comparePair` takes them. */
  readonly ignoreAttributes?: readonly string[];
  /** Without it there is no button that closes. */
  onClose?(): void;
  /**
   * Which tab is shown: `input`, `output`, `documents`, `tools`, `parameters`, `scores`, `attributes`, `raw`. One that a
   * row does not have gives the first.
   */
  readonly panel?: string | null;
  /** @default the first that differs */
  readonly defaultPanel?: string | null;
  onPanelChange?(id: string): void;
  /** Whether both texts stand in one, or side by side. */
  readonly unified?: boolean;
  /** @default true */
  readonly defaultUnified?: boolean;
  onUnifiedChange?(unified: boolean): void;
  /** Names, colours and glyphs of kinds. @default those of the provider */
  readonly kinds?: Readonly<Record<string, KindStyle>> | undefined;
  /** Of the part's element. */
  readonly className?: string;
  /** Of the part's element. */
  readonly style?: CSSProperties;
}

/** The two spans of a row of a diff, side by side or in one: what differs in all that they saw, said and cost. */
export const PairDetail = part<HTMLElement, PairDetailProps>(function PairDetail(props, ref) {
  const { diff, row: place, a, b, ignoreAttributes, onClose, className, style } = props;
  const { labels } = useTraceContext();
  const kinds = useKinds(props.kinds);
  const row = diff.rows[place];
  const spanA = useSpanOf(a, row?.a ?? null);
  const spanB = useSpanOf(b, row?.b ?? null);
  const sideA = useMemo(() => ({ trace: a, span: spanA }), [a, spanA]);
  const sideB = useMemo(() => ({ trace: b, span: spanB }), [b, spanB]);
  const [panel, choosePanel] = useControlled(props.panel, props.defaultPanel ?? null, props.onPanelChange);
  const [unified, setUnified] = useControlled(props.unified, props.defaultUnified ?? true, props.onUnifiedChange);
  /** Which side is shown as a whole span, and of which row. */
  const [whole, setWhole] = useState<{ readonly side: SideName; readonly row: unknown } | null>(null);
  /** Whose button gets the focus back. */
  const returned = useRef<SideName | null>(null);
  const takeReturned = useCallback(() => {
    const side = returned.current;
    returned.current = null;
    return side;
  }, []);
  const span = spanB ?? spanA;
  if (!row || !span) return null;
  const side = whole?.row === row ? whole.side : null;
  const back = (): void => {
    returned.current = side;
    setWhole(null);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    if (side === null && !onClose) return;
    event.preventDefault();
    event.stopPropagation();
    if (side === null) onClose?.();
    else back();
  };
  return (
    <StatusProvider>
      {/* Escape leads back from whatever has the focus in it. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <aside
        ref={ref}
        className={className === undefined ? 'tv-detail tv-pair' : `tv-detail tv-pair ${className}`}
        style={style}
        data-trace-part="pair-detail"
        data-state={row.op}
        data-kind={span.kind}
        aria-label={labels.pairOf(plainText(span.name))}
        onKeyDown={onKeyDown}
      >
        <Sides a={a} b={b} keyA={row.a} keyB={row.b}>
          {side === null ? (
            <>
              <PairHead diff={diff} row={row} a={spanA} b={spanB} kinds={kinds} onClose={onClose} />
              <PairBody
                key={`${row.a} ${row.b}`}
                diff={diff}
                place={place}
                row={row}
                a={sideA}
                b={sideB}
                ignoreAttributes={ignoreAttributes}
                panel={panel}
                unified={unified}
                takeReturned={takeReturned}
                onPanel={choosePanel}
                onUnified={setUnified}
                onWhole={(of) => setWhole({ side: of, row })}
              />
            </>
          ) : (
            <FullSpan side={side} kinds={kinds} onBack={back} onClose={onClose} />
          )}
        </Sides>
      </aside>
    </StatusProvider>
  );
});

/** The same object for as long as it is the same span: what hangs on it is not read anew. */
const useSpanOf = (trace: Trace, key: SpanKey | null): Span | null =>
  useMemo(() => (key === null ? null : (trace.find(key) ?? null)), [trace, key]);
