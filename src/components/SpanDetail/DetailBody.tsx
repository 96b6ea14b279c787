'use client';
import { useId, useMemo, type KeyboardEvent } from 'react';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { useSpanContent } from '../../hooks/useSpanContent.ts';
import { useTraceStore } from '../../hooks/useTraceStore.ts';
import { isRightToLeft } from '../../hooks/writingDirection.ts';
import type { Span, SpanContent } from '../../model/types.ts';
import { ownValue } from '../../model/ownValue.ts';
import { askHost, Slot } from '../parts/Slot.tsx';
import type { KindStyle, Panel } from '../types.ts';
import { Failure } from './Failure.tsx';
import { builtInPanels } from './panels.tsx';
import { SpanNotes } from './panels/SpanNotes.tsx';
import { SpanSummary } from './SpanSummary.tsx';

/** What a span was and what it cost, and in panels what it saw and said. */
export function DetailBody({
  span,
  panels,
  kinds,
}: {
  readonly span: Span;
  readonly panels: readonly Panel[] | undefined;
  readonly kinds: Readonly<Record<string, KindStyle>> | undefined;
}) {
  const { store } = useTraceContext();
  const { content, error } = useSpanContent(span);
  // In the store, not with the span: who reads attributes reads those of the next span too.
  const chosen = useTraceStore((state) => state.panel);
  return (
    <>
      <SpanSummary span={span} kinds={kinds} />
      {error === null ? null : (
        <p className="tv-warn" role="alert">
          {error instanceof Error ? error.message : String(error)}
        </p>
      )}
      {content ? (
        <Panels
          key={span.key}
          span={span}
          content={content}
          hostPanels={panels}
          chosen={chosen}
          onChoose={store.actions.showPanel}
        />
      ) : null}
    </>
  );
}

interface PanelsProps {
  readonly span: Span;
  readonly content: SpanContent;
  readonly hostPanels: readonly Panel[] | undefined;
  readonly chosen: string | null;
  onChoose(id: string): void;
}

function Panels({ span, content, hostPanels, chosen, onChoose }: PanelsProps) {
  const { labels, format } = useTraceContext();
  const id = useId();
  const panels = useMemo(
    () =>
      [...(hostPanels ?? []), ...builtInPanels(labels)].filter((panel) =>
        askHost(() => panel.match(span, content), false),
      ),
    [hostPanels, labels, span, content],
  );
  const current = panels.find((panel) => panel.id === chosen) ?? panels[0];
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!current) return;
    const right = isRightToLeft(event.currentTarget) ? -1 : 1;
    const at = panels.indexOf(current);
    const to = ownValue({ ArrowRight: at + right, ArrowLeft: at - right, Home: 0, End: panels.length - 1 }, event.key);
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const next = panels[(to + panels.length) % panels.length]!;
    onChoose(next.id);
    event.currentTarget.parentElement?.querySelector<HTMLElement>(`[id="${id}-tab-${next.id}"]`)?.focus();
  };
  return (
    <>
      <div role="tablist" className="tv-tabs">
        {panels.map((panel) => {
          const count = askHost(() => panel.count?.(span, content) ?? null, null);
          return (
            <button
              key={panel.id}
              type="button"
              role="tab"
              id={`${id}-tab-${panel.id}`}
              aria-controls={`${id}-panel`}
              aria-selected={panel === current}
              tabIndex={panel === current ? 0 : -1}
              onClick={() => onChoose(panel.id)}
              onKeyDown={onKeyDown}
            >
              {panel.title}
              {count === null ? null : <small>{format.count(count)}</small>}
            </button>
          );
        })}
      </div>
      <div
        role="tabpanel"
        id={`${id}-panel`}
        aria-labelledby={current && `${id}-tab-${current.id}`}
        className="tv-panel"
        tabIndex={0}
      >
        <Failure span={span} content={content} />
        <SpanNotes span={span} content={content} />
        {current ? <Slot key={current.id} render={() => current.render(span, content)} /> : null}
      </div>
    </>
  );
}
