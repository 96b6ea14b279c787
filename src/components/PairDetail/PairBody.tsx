'use client';
import { useEffect, useMemo, useRef } from 'react';
import type { DiffRow, TraceDiffResult } from '../../analysis/diff/types.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { useSpanContent } from '../../hooks/useSpanContent.ts';
import type { Span } from '../../model/types.ts';
import { Failure } from '../SpanDetail/Failure.tsx';
import { TabStrip, usePanelIds } from '../SpanDetail/TabStrip.tsx';
import { Sign } from '../parts/icons.tsx';
import { Slot } from '../parts/Slot.tsx';
import { Numbers } from './Numbers.tsx';
import { pairPanels } from './pairPanels.tsx';
import { Side, SideTag, type SideName } from './sides.tsx';
import type { PairData, PairSide } from './types.ts';
import { useComparison } from './useComparison.ts';

interface PairBodyProps {
  readonly diff: TraceDiffResult;
  readonly place: number;
  readonly row: DiffRow;
  readonly a: PairSide;
  readonly b: PairSide;
  readonly ignoreAttributes: readonly string[] | undefined;
  readonly panel: string | null;
  readonly unified: boolean;
  /** Which side has just been left as a whole span: its button gets the focus back. Told once. */
  takeReturned(): SideName | null;
  onPanel(id: string): void;
  onUnified(unified: boolean): void;
  onWhole(side: SideName): void;
}

/** The numbers of both, and in tabs what differs. Numbers are there at once, the rest when it has been compared. */
export function PairBody(props: PairBodyProps) {
  const { diff, place, row, a, b, ignoreAttributes, panel, unified, takeReturned, onPanel, onUnified, onWhole } = props;
  const { labels, format } = useTraceContext();
  const contentA = useSpanContent(a.span);
  const contentB = useSpanContent(b.span);
  const { found, failed } = useComparison(diff, place, a.trace, b.trace, ignoreAttributes);
  const isRead = isSettled(a.span, contentA) && isSettled(b.span, contentB);
  const data = useMemo<PairData>(
    () => ({
      row,
      a: { ...a, content: contentA.content },
      b: { ...b, content: contentB.content },
      found,
    }),
    [row, a, b, contentA, contentB, found],
  );
  const panels = useMemo(
    () => (isRead ? pairPanels(labels, format).filter((each) => each.match(data)) : []),
    [isRead, labels, format, data],
  );
  const ids = usePanelIds();
  const current =
    panels.find(({ id }) => id === panel) ??
    panels.find((each) => !each.isRecord && each.note(data) !== null) ??
    panels[0];
  const tabs = panels.map((each) => {
    const note = each.note(data);
    return { id: each.id, title: each.title(data), note: note === null ? null : <small>{note}</small> };
  });
  const tools = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const side = takeReturned();
    if (side) tools.current!.querySelector<HTMLElement>(`[data-opens="${side}"]`)?.focus({ preventScroll: true });
  }, [takeReturned]);
  const sides = (['a', 'b'] as const).filter((side) => (side === 'a' ? a.span : b.span) !== null);
  return (
    <>
      <div className="tv-tab-line">
        <TabStrip ids={ids} tabs={tabs} current={current?.id} onChoose={onPanel} />
        <span ref={tools} className="tv-tab-tools">
          {sides.length === 2 ? (
            <button
              type="button"
              className="tv-button tv-icon tv-small tv-wide"
              aria-label={labels.sideBySide}
              title={labels.sideBySide}
              aria-pressed={!unified}
              onClick={() => onUnified(!unified)}
            >
              <Sign name="columns" size={12} />
            </button>
          ) : null}
          {sides.map((side) => (
            <button
              key={side}
              type="button"
              data-opens={side}
              className="tv-button tv-icon tv-small"
              aria-label={labels.openSide(side.toUpperCase())}
              title={labels.openSide(side.toUpperCase())}
              onClick={() => onWhole(side)}
            >
              <SideTag of={side} />
            </button>
          ))}
        </span>
      </div>
      <div
        role="tabpanel"
        id={ids.panel}
        aria-labelledby={current && ids.tab(current.id)}
        className="tv-panel"
        tabIndex={0}
      >
        <Numbers row={row} a={a} b={b} />
        {[[a, contentA, 'a'] as const, [b, contentB, 'b'] as const].map(([{ span }, { content, error }, side]) => (
          <Side key={side} of={side}>
            {error === null ? null : (
              <p className="tv-warn" role="alert">
                {labels.sideNotRead(side.toUpperCase())}
              </p>
            )}
            {span && content && span.status === 'error' ? (
              <div className="tv-pair-failure">
                <SideTag of={side} />
                <span className="tv-visually-hidden">{side.toUpperCase()}</span>
                <Failure span={span} content={content} />
              </div>
            ) : null}
          </Side>
        ))}
        {failed ? (
          <p className="tv-warn" role="alert">
            {labels.notCompared}
          </p>
        ) : null}
        {current && (found || current.id === 'raw') ? (
          <Slot key={current.id} about={data} render={() => current.render(data, unified)} />
        ) : null}
        {failed || found ? null : <p className="tv-faint tv-pair-wait">{labels.comparing}</p>}
      </div>
    </>
  );
}

const isSettled = (span: Span | null, { content, error }: ReturnType<typeof useSpanContent>): boolean =>
  span === null || content !== null || error !== null;
