'use client';
import { forwardRef, useId, useMemo, type CSSProperties, type KeyboardEvent } from 'react';
import { useTraceContext } from '../../hooks/TraceContext.ts';
import { useSelection } from '../../hooks/useSelection.ts';
import { useSpan } from '../../hooks/useSpan.ts';
import { useSpanContent } from '../../hooks/useSpanContent.ts';
import { useTraceStore } from '../../hooks/useTraceStore.ts';
import { isRightToLeft } from '../../hooks/writingDirection.ts';
import type { Span, SpanContent } from '../../model/types.ts';
import { Sign } from '../icons.tsx';
import { askHost, Slot } from '../Slot.tsx';
import type { KindStyle, Panel } from '../types.ts';
import { Failure } from './Failure.tsx';
import { builtInPanels } from './panels.tsx';
import { recordedText, spokenText } from '../recordedText.tsx';
import { SpanNotes } from './SpanNotes.tsx';
import { SpanSummary } from './SpanSummary.tsx';

interface SpanDetailProps {
  /** Panels of the host; they come before the built-in ones. */
  readonly panels?: readonly Panel[] | undefined;
  readonly kinds?: Readonly<Record<string, KindStyle>> | undefined;
  readonly className?: string;
  readonly style?: CSSProperties;
}

/** All there is to know of the selected span: what it was, what it cost, what it saw and said. Nothing while none is selected. */
export const SpanDetail = forwardRef<HTMLElement, SpanDetailProps>(function SpanDetail({ panels, kinds, className, style }, ref) {
  const { store, labels } = useTraceContext();
  const { selectedSpan } = useSelection();
  const span = useSpan(selectedSpan);
  const { content, error } = useSpanContent(span);
  // In the store, not with the span: who reads attributes reads those of the next span too.
  const chosen = useTraceStore((state) => state.panel);
  if (!span) return null;
  return (
    <aside ref={ref} className={className === undefined ? 'tv-detail' : `tv-detail ${className}`} style={style} data-trace-part="detail" data-kind={span.kind} aria-label={labels.detailsOf(spokenText(span.name))}>
      <div className="tv-detail-top">
        <Path span={span} />
        <button type="button" className="tv-button tv-icon tv-small" aria-label={labels.close} onClick={() => {
          store.actions.closeDetail();
          store.actions.focusGrid();
        }}><Sign name="close" size={10} /></button>
      </div>
      <SpanSummary span={span} kinds={kinds} />
      {error === null ? null : <p className="tv-warn" role="alert">{error instanceof Error ? error.message : String(error)}</p>}
      {content ? <Panels key={span.key} span={span} content={content} hostPanels={panels} chosen={chosen} onChoose={store.actions.showPanel} /> : null}
    </aside>
  );
});

/** The way from the root; each step selects its span. Long ways are shortened in the middle. */
function Path({ span }: { readonly span: Span }) {
  const { store, labels } = useTraceContext();
  const path: Span[] = [];
  for (let at: Span | null = span; at; at = at.parent) path.push(at);
  path.reverse();
  const shown = path.length <= 4 ? path : [path[0]!, ...path.slice(-2)];
  return (
    <nav className="tv-path" aria-label={labels.path}>
      {shown.map((step, place) => (
        <span key={step.key}>
          {place > 0 ? <span aria-hidden="true">›</span> : null}
          {place === 1 && shown.length < path.length ? <span aria-hidden="true">… ›</span> : null}
          {step.index === span.index ? <bdi>{recordedText(step.name)}</bdi> : <button type="button" onClick={() => {
            store.actions.select(step.key);
            store.actions.focusGrid();
          }}><bdi>{recordedText(step.name, true)}</bdi></button>}
        </span>
      ))}
    </nav>
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
  const panels = useMemo(() => [...(hostPanels ?? []), ...builtInPanels(labels)].filter((panel) => askHost(() => panel.match(span, content), false)), [hostPanels, labels, span, content]);
  const current = panels.find((panel) => panel.id === chosen) ?? panels[0];
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!current) return;
    const right = isRightToLeft(event.currentTarget) ? -1 : 1;
    const at = panels.indexOf(current);
    const to = ({ ArrowRight: at + right, ArrowLeft: at - right, Home: 0, End: panels.length - 1 } as Readonly<Record<string, number>>)[event.key];
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
              key={panel.id} type="button" role="tab" id={`${id}-tab-${panel.id}`} aria-controls={`${id}-panel`} aria-selected={panel === current}
              tabIndex={panel === current ? 0 : -1} onClick={() => onChoose(panel.id)} onKeyDown={onKeyDown}
            >
              {panel.title}{count === null ? null : <small>{format.count(count)}</small>}
            </button>
          );
        })}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={current && `${id}-tab-${current.id}`} className="tv-panel" tabIndex={0}>
        <Failure span={span} content={content} />
        <SpanNotes span={span} content={content} />
        {current ? <Slot key={current.id} render={() => current.render(span, content)} /> : null}
      </div>
    </>
  );
}
