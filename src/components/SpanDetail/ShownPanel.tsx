'use client';
import type { Span, SpanContent } from '../../model/types.ts';
import { Slot } from '../parts/Slot.tsx';
import type { Panel } from '../types.ts';
import { Failure } from './Failure.tsx';
import type { PanelIds } from './TabStrip.tsx';
import { SpanNotes } from './panels/SpanNotes.tsx';

/** The panel that is chosen, below why the span failed and what was repaired in it. */
export function ShownPanel({
  ids,
  span,
  content,
  panel,
}: {
  readonly ids: PanelIds;
  readonly span: Span;
  readonly content: SpanContent;
  readonly panel: Panel | undefined;
}) {
  return (
    <div role="tabpanel" id={ids.panel} aria-labelledby={panel && ids.tab(panel.id)} className="tv-panel" tabIndex={0}>
      <Failure span={span} content={content} />
      <SpanNotes span={span} content={content} />
      {panel ? <Slot key={panel.id} render={() => panel.render(span, content)} /> : null}
    </div>
  );
}
