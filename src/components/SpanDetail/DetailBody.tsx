'use client';
import { useMemo, useState } from 'react';
import { exactFinder } from '../../analysis/values/finder.ts';
import { createReveal, FindContext } from '../../hooks/context/FindContext.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { useSpanContent } from '../../hooks/useSpanContent.ts';
import { useTraceStore } from '../../hooks/useTraceStore.ts';
import type { Span, SpanContent } from '../../model/types.ts';
import { askHost } from '../parts/Slot.tsx';
import type { KindStyle, Panel } from '../types.ts';
import { FindBar } from './find/FindBar.tsx';
import { panelTexts } from './find/panelTexts.ts';
import { useFindInDetail } from './find/useFindInDetail.ts';
import { useFindKey } from './find/useFindKey.ts';
import { LoopStrip } from './loop/LoopStrip.tsx';
import { PanelTabs } from './PanelTabs.tsx';
import { usePanelIds } from './TabStrip.tsx';
import { panelsOf } from './panels.tsx';
import { ShownPanel } from './ShownPanel.tsx';
import { SpanSummary } from './SpanSummary.tsx';

interface DetailBodyProps {
  readonly span: Span;
  readonly panels: readonly Panel[] | undefined;
  readonly kinds: Readonly<Record<string, KindStyle>> | undefined;
}

/** What a span was and what it cost, and in panels what it saw and said. */
export function DetailBody({ span, panels, kinds }: DetailBodyProps) {
  const { content, error } = useSpanContent(span);
  return (
    <>
      <SpanSummary span={span} kinds={kinds} />
      <LoopStrip span={span} />
      {error === null ? null : (
        <p className="tv-warn" role="alert">
          {error instanceof Error ? error.message : String(error)}
        </p>
      )}
      {content ? <Panels key={span.key} span={span} content={content} hostPanels={panels} /> : null}
    </>
  );
}

interface PanelsProps {
  readonly span: Span;
  readonly content: SpanContent;
  readonly hostPanels: readonly Panel[] | undefined;
}

/** The panels that fit a span, and what is found in them. */
export function Panels({ span, content, hostPanels }: PanelsProps) {
  const { store, labels } = useTraceContext();
  // In the store, not with the span: who reads attributes reads those of the next span too.
  const chosen = useTraceStore((state) => state.panel);
  const panels = useMemo(
    () => panelsOf(hostPanels, labels).filter((panel) => askHost(() => panel.match(span, content), false)),
    [hostPanels, labels, span, content],
  );
  const texts = useMemo(
    () =>
      panels.map(({ id, texts: own }) => ({
        id,
        texts: () => (own ? askHost(() => own(span, content), []) : panelTexts(id, content)),
      })),
    [panels, span, content],
  );
  const ids = usePanelIds();
  /** Where the search of the viewer led, of a panel that nobody chose and in which it found nothing. */
  const [led, setLed] = useState<{ readonly query: object; readonly to: string } | null>(null);
  const asked = useTraceStore((state) => state.asked);
  const to = chosen ?? (led?.query === asked ? led.to : null);
  const current = panels.find(({ id }) => id === to) ?? panels[0];
  const find = useFindInDetail(texts, current?.id);
  const [wanted, setWanted] = useState<object | null>(null);
  const [closed, setClosed] = useState<object | null>(null);
  const { finder } = find;
  const root = useFindKey(() => setWanted({}));
  // The search of the viewer brings it up where it found something here, until it is closed.
  const isFound = !finder.isEmpty && find.counts.size > 0 && closed !== finder;
  const other = current && chosen === null && find.typed === '' ? otherPanel(find.counts, current.id) : null;
  if (other !== null && (led?.query !== asked || led.to !== other)) setLed({ query: asked, to: other });
  const inside = useTraceStore((state) => state.lookInside);
  const wish = useMemo(() => {
    if (inside?.key !== span.key) return null;
    const { source, range } = inside;
    return createReveal({ source, node: null, part: 'text', range }, null);
  }, [inside, span.key]);
  const context = useMemo(
    () => ({
      finder: wish && finder.isEmpty ? exactFinder(inside?.words ?? '') : finder,
      reveal: find.reveal ?? wish,
    }),
    [finder, find.reveal, wish, inside],
  );
  return (
    <FindContext.Provider value={context}>
      <PanelTabs
        ref={root}
        ids={ids}
        span={span}
        content={content}
        panels={panels}
        current={current}
        counts={find.counts}
        onChoose={store.actions.showPanel}
        onFind={() => setWanted({})}
      />
      {wanted || isFound ? (
        <FindBar
          find={find}
          wanted={wanted}
          onClose={() => {
            setWanted(null);
            setClosed(finder);
            find.type('');
            root.current?.querySelector<HTMLElement>('[aria-selected="true"]')?.focus();
          }}
        />
      ) : null}
      <ShownPanel ids={ids} span={span} content={content} panel={current} />
    </FindContext.Provider>
  );
}

/** Where something was found, if not in the panel that is shown. */
const otherPanel = (counts: ReadonlyMap<string, number>, shown: string): string | null =>
  counts.has(shown) ? null : (counts.keys().next().value ?? null);
