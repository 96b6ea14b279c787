'use client';
import {
  forwardRef,
  lazy,
  Suspense,
  useCallback,
  useEffect,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
  type CSSProperties,
  type ReactNode,
} from 'react';
import { useStore } from 'zustand';
import type { ParseOptions } from '../../adapters/types.ts';
import type { DiffProgress } from '../../analysis/diff/diffInSteps.ts';
import { ledger } from '../../analysis/amounts/ledger.ts';
import { soon } from '../../analysis/steps.ts';
import { RowDrawingContext } from '../../hooks/context/RowDrawingContext.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { useSoon } from '../../hooks/useSoon.ts';
import { useTraceDiff } from '../../hooks/useTraceDiff.ts';
import { isText } from '../../hooks/useTreeKeyboard.ts';
import { useTraceStore } from '../../hooks/useTraceStore.ts';
import { mergeTraces, type MergedTrace } from '../../layout/diff/mergedTrace.ts';
import type { SpanKey } from '../../model/types.ts';
import type { DiffPairs, DiffPieces } from '../../store/viewPieces.ts';
import { later } from '../later/later.tsx';
import { hostLabels } from '../parts/hostLabels.ts';
import { Slot } from '../parts/Slot.tsx';
import { StatusProvider, useStatus } from '../parts/useStatus.tsx';
import { recordedText } from '../text/recordedText.tsx';
import { TraceGrid, type TraceGridRef } from '../TraceGrid/TraceGrid.tsx';
import { rootProps, TraceRoot, useRootStore } from '../TraceRoot.tsx';
import { EmptyState, namesOf, ViewerFailed } from '../TraceViewer/EmptyState.tsx';
import { HostEnd } from '../TraceViewer/HostEnd.tsx';
import { useLowContainer } from '../parts/useLowContainer.ts';
import type { Default, OnChange, TraceViewProps } from '../types.ts';
import { deltaColumns } from './deltaColumns.tsx';
import { DiffFooter } from './DiffFooter.tsx';
import { DiffHeader } from './DiffHeader.tsx';
import { DiffSummary } from './DiffSummary.tsx';
import { DiffToolbar } from './DiffToolbar.tsx';
import { diffDrawing } from './diffDrawing.tsx';
import { goToFirstDifference, pressDiffKey } from './diffKeys.ts';
import { PairingMenu, withPair, type PairSearch } from './PairingMenu.tsx';
import { useSide, type DiffInput, type SideState } from './useSide.ts';

export interface TraceDiffProps extends TraceViewProps, Partial<DiffPieces>, Default<DiffPieces>, OnChange<DiffPieces> {
  /** The run before: an input to read, a trace, or a span with all below it. */
  readonly a?: DiffInput;
  /** The run after. May be of the same trace: one iteration against another. */
  readonly b?: DiffInput;
  /** How `a` and `b` are read where they are inputs. */
  readonly options?: ParseOptions;
  /** The host's own controls, at the end of the header. */
  readonly headerEnd?: ReactNode;
}

export interface TraceDiffRef {
  /** Selects the row of a span of either side and scrolls to it. */
  revealSpan(key: SpanKey): void;
  /** Puts the keyboard on the grid. */
  focus(): void;
}

/**
 * What changed from one trace to another: totals, what changed most, both traces as one tree with two bars a row, and
 * the two sides of a row in detail. Fills its container. Never throws: what cannot be read, or breaks, is said in its
 * place.
 */
export const TraceDiff = forwardRef<TraceDiffRef, TraceDiffProps>(function TraceDiff(props, ref) {
  return (
    <Slot
      about={[props.a, props.b].find((side) => typeof side === 'object')}
      render={() => <Diff {...props} ref={ref} />}
      renderFailed={(again) => (
        <div {...rootProps(props)} data-trace-part="diff" data-state="failed">
          <ViewerFailed labels={hostLabels(props.labels)} again={again}>
            {props.headerEnd}
          </ViewerFailed>
        </div>
      )}
    />
  );
});

const Diff = forwardRef<TraceDiffRef, TraceDiffProps>(function Diff(props, ref) {
  const store = useRootStore(props, null);
  const [swapped, setSwapped] = useState(false);
  const [first, second] = [useSide(props.a, props.options), useSide(props.b, props.options)];
  const [a, b] = swapped ? [second, first] : [first, second];
  const given = useStore(store, (state) => state.pairs);
  const pairs = props.pairs ?? given;
  const turned = useMemo(() => (swapped ? turn(pairs) : pairs), [swapped, pairs]);
  const { diff: found, progress } = useTraceDiff(a.side, b.side, turned);
  const filter = useStore(store, (state) => state.differences);
  const alignment = useStore(store, (state) => state.alignment);
  const made = useSoon(
    (signal) =>
      found && a.side && b.side ? soon(mergeTraces(found, [a.side, b.side], { alignment, filter }), { signal }) : null,
    [found, a.side, b.side, alignment, filter],
  );
  // While the same two are compared anew, swapped or with what the reader said, what was there stays.
  const [former, setFormer] = useState({ a: a.side, b: b.side, made });
  if (made !== null && made !== former.made) setFormer({ a: a.side, b: b.side, made });
  const areSame = new Set([a.side, b.side, former.a, former.b]).size === new Set([a.side, b.side]).size;
  const merged = made ?? (areSame ? former.made : null);
  return (
    <TraceRoot {...props} store={store} part="diff" state={merged ? 'ready' : waitingState(a, b)} trace={merged}>
      <StatusProvider>
        {merged ? (
          <Arrangement
            ref={ref}
            merged={merged}
            progress={progress}
            pairs={turned}
            onPairs={(next) => store.actions.pairSteps(swapped ? turn(next) : next)}
            onSwap={() => setSwapped(!swapped)}
            headerEnd={props.headerEnd}
          />
        ) : (
          <Waiting sides={[a, b]} given={[props.a, props.b]} progress={progress}>
            <HostEnd>{props.headerEnd}</HostEnd>
          </Waiting>
        )}
      </StatusProvider>
    </TraceRoot>
  );
});

/** What the reader said, with the sides the other way round. */
const turn = ({ pair, forbid }: DiffPieces['pairs']): DiffPieces['pairs'] => ({
  pair: pair.map(([a, b]) => [b, a] as const),
  forbid: forbid.map(([a, b]) => [b, a] as const),
});

const waitingState = (a: SideState, b: SideState): string =>
  a.read.status === 'error' || b.read.status === 'error' ? 'error' : 'loading';

/** What stands there before there are rows: reading, comparing, or which side cannot be read, and why. */
function Waiting({
  sides: [a, b],
  given,
  progress,
  children,
}: {
  readonly sides: readonly [SideState, SideState];
  readonly given: readonly [unknown, unknown];
  readonly progress: DiffProgress | null;
  readonly children: ReactNode;
}) {
  const failed = [a, b].find(({ read, side }) => side === null && read.status !== 'loading');
  const reading = [a, b].find(({ side }) => side === null);
  const comparing = { status: 'loading' as const, set: null, error: null, progress: progress?.done ?? null };
  const state = failed?.read ?? reading?.read ?? comparing;
  return (
    <EmptyState state={state} waiting={given.every((each) => each === undefined)} files={given.flatMap(namesOf)}>
      {children}
    </EmptyState>
  );
}

const DetailEdge = later('DetailEdge');
const KeyHelp = later('KeyHelp');
const PairDetail = lazy(() =>
  import('../PairDetail/PairDetail.tsx').then((module) => ({ default: module.PairDetail })),
);

interface ArrangementProps {
  readonly merged: MergedTrace;
  readonly progress: DiffProgress | null;
  /** What the reader said, as the sides stand now. */
  readonly pairs: DiffPairs;
  onPairs(pairs: DiffPairs): void;
  onSwap(): void;
  readonly headerEnd: ReactNode;
}

const Arrangement = forwardRef<TraceDiffRef, ArrangementProps>(function Arrangement(
  { merged, progress, pairs, onPairs, onSwap, headerEnd },
  ref,
) {
  const { store, labels, format } = useTraceContext();
  const selected = useTraceStore((state) => state.selectedSpan);
  const isOpen = useTraceStore((state) => state.detailOpen);
  const panel = useTraceStore((state) => state.panel);
  const reading = useTraceStore((state) => state.reading);
  const detailWidth = useTraceStore((state) => state.detailWidth);
  const [, announce] = useStatus();
  const viewer = useLowContainer<HTMLDivElement>();
  const [keysOpen, setKeysOpen] = useState(false);
  const grid = useRef<TraceGridRef>(null);
  const aside = useRef<HTMLElement>(null);
  const search = useRef<{ focus(): void }>(null);

  const goToOther = useCallback(
    (index: number) => {
      const trace = store.getState().trace as MergedTrace | null;
      const group = trace?.groups[index];
      if (!trace || !group || !trace.row(index)?.moved) return;
      const key = group.type === 'left' ? trace.spanOfRow(group.row)?.key : trace.find(`left:${group.key}`)?.key;
      if (key === undefined) return;
      store.actions.select(key);
      store.actions.focusGrid();
    },
    [store],
  );
  const currency = useMemo(() => currencyOf(merged), [merged]);
  const drawing = useMemo(
    () => diffDrawing(format, labels, merged.shift, goToOther),
    [format, labels, merged.shift, goToOther],
  );
  const columns = useMemo(
    () => deltaColumns(merged.diff.totals, currency, format, labels),
    [merged.diff, currency, format, labels],
  );
  useImperativeHandle(
    ref,
    () => ({
      revealSpan(key) {
        const row = merged.diff.rows.findIndex(({ a, b }) => a === key || b === key);
        const span = row === -1 ? undefined : merged.spanOfRow(row);
        if (span) store.actions.select(span.key);
      },
      focus: () => grid.current?.focus(),
    }),
    [store, merged],
  );
  // Swapped, the same spans have other rows.
  useEffect(() => {
    const { selectedSpan, focus, detailOpen } = store.getState();
    const [chosen, focused] = [merged.find(selectedSpan ?? ''), merged.find(focus?.key ?? '')];
    if (chosen && chosen.key !== selectedSpan) {
      store.actions.select(chosen.key);
      if (!detailOpen) store.actions.closeDetail();
    }
    if (focus && focused && focused.key !== focus.key) store.actions.focus({ key: focused.key, cell: focus.cell });
  }, [store, merged]);
  const span = selected === null ? undefined : merged.find(selected);
  const group = span && merged.groups[span.index]!;
  const row = isOpen && (group?.type === 'row' || group?.type === 'left') ? group.row : null;
  const [partner, setPartner] = useState<PairSearch | null>(null);
  /** The row that the search began at: another one that is selected is the answer. */
  const began = useRef<SpanKey | null>(null);
  const lookForPartner = (next: PairSearch): void => {
    began.current = selected;
    setPartner(next);
  };
  const shownRow = group?.type === 'row' ? merged.diff.rows[group.row]! : null;
  useEffect(() => {
    if (!partner || selected === began.current || !shownRow) return;
    const other = shownRow[partner.side === 'a' ? 'b' : 'a'];
    if (other === null) return;
    const [keyA, keyB] = partner.side === 'a' ? [partner.key, other] : [other, partner.key];
    setPartner(null);
    onPairs(withPair(pairs, keyA, keyB));
    announce(labels.steppedPair);
    // Only what is selected next answers.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [selected]);
  const close = (): void => {
    store.actions.closeDetail();
    store.actions.focusGrid();
  };
  return (
    // Keys of the whole comparison, wherever in it the focus is: the element itself is no control.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      ref={viewer}
      className="tv-viewer tv-diff"
      style={detailWidth === null ? undefined : ({ '--tv-detail': `${detailWidth}px` } as CSSProperties)}
      onKeyDown={(event) => {
        if (event.key === '/' && !isText(event.target)) {
          event.preventDefault();
          search.current?.focus();
        } else if ((event.key === '?' && !isText(event.target)) || (event.key === 'Escape' && keysOpen)) {
          event.preventDefault();
          event.stopPropagation();
          setKeysOpen(!keysOpen);
        } else if (event.key === 'Escape' && partner) {
          event.preventDefault();
          event.stopPropagation();
          setPartner(null);
        } else {
          pressDiffKey(event, {
            merged,
            store,
            labels,
            announce,
            traces: [],
            show: undefined,
            detail: aside.current,
            about: grid.current?.hovered() ?? undefined,
            swap: onSwap,
            goToOther,
            openPairing: () => viewer.current?.querySelector<HTMLElement>('.tv-pairing > button')?.click(),
          });
        }
      }}
    >
      <DiffHeader merged={merged} onSwap={onSwap}>
        <HostEnd>{headerEnd}</HostEnd>
      </DiffHeader>
      <DiffSummary merged={merged} currency={currency} />
      <div
        className="tv-main"
        data-detail={row !== null || undefined}
        data-reading={(row !== null && reading) || undefined}
      >
        <div className="tv-left">
          <DiffToolbar
            merged={merged}
            search={search}
            onFirstDifference={() => goToFirstDifference({ merged, store, labels, announce })}
          >
            <PairingMenu row={shownRow} pairs={pairs} onPairs={onPairs} onSearch={lookForPartner} />
          </DiffToolbar>
          {partner ? (
            <p className="tv-diff-choose" role="status">
              {recordedText(labels.chooseStep(nameOf(merged, partner)))}
              <button type="button" className="tv-button tv-small" onClick={() => setPartner(null)}>
                {labels.cancel}
              </button>
            </p>
          ) : null}
          <RowDrawingContext.Provider value={drawing}>
            <TraceGrid ref={grid} columns={columns} />
          </RowDrawingContext.Provider>
        </div>
        {row === null ? null : <DetailEdge otherwise={null} />}
        {row === null ? null : (
          <Slot
            about={merged.diff.rows[row]}
            render={() => (
              <Suspense fallback={<aside className="tv-detail" />}>
                <PairDetail
                  ref={aside}
                  diff={merged.diff}
                  row={row}
                  a={merged.a.trace}
                  b={merged.b.trace}
                  panel={panel}
                  onPanelChange={store.actions.showPanel}
                  onClose={close}
                />
              </Suspense>
            )}
          />
        )}
      </div>
      {keysOpen ? (
        <Slot render={() => <KeyHelp list={labels.diffKeyList} onClose={() => setKeysOpen(false)} />} />
      ) : null}
      <DiffFooter merged={merged} progress={progress} onKeys={() => setKeysOpen(!keysOpen)} />
    </div>
  );
});

const nameOf = ({ a, b }: MergedTrace, { side, key }: PairSearch): string =>
  (side === 'a' ? a : b).trace.find(key)?.name ?? '';

/** That of B, where nothing has a cost there that of A. */
function currencyOf({ a, b }: MergedTrace): string {
  const [after, before] = [ledger(b.trace).total.cost, ledger(a.trace).total.cost];
  return (after.total === null ? before : after).currency;
}
