'use client';
import { startTransition, useEffect, useState, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { RenderersContext } from '../../hooks/context/RenderersContext.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { useTrace } from '../../hooks/useTrace.ts';
import type { Span, SpanContent } from '../../model/types.ts';
import { Panels } from '../SpanDetail/DetailBody.tsx';
import { DetailFrame } from '../SpanDetail/DetailFrame.tsx';
import { DetailPath } from '../SpanDetail/DetailPath.tsx';
import { LoopStrip } from '../SpanDetail/loop/LoopStrip.tsx';
import { builtInPanels } from '../SpanDetail/panels.tsx';
import { ShownPanel } from '../SpanDetail/ShownPanel.tsx';
import { SpanSummary } from '../SpanDetail/SpanSummary.tsx';
import { usePanelIds } from '../SpanDetail/TabStrip.tsx';
import { Slot } from '../parts/Slot.tsx';
import { useAfterRows } from '../TraceGrid/useAfterRows.ts';
import { prepareDetails } from './prepareDetails.ts';

/** Panels that most spans have. */
const REHEARSED = ['messages', 'io', 'attributes'];

/** Once for a page: what is compiled stays so. */
let isBegun = false;

/**
 * While nothing is selected and the page has nothing else to do: works out what details ask of the whole trace, and
 * draws details that nobody sees, outside of the document. Most of what the first selection costs beyond later ones is
 * that the browser compiles what it runs for the first time. What is shown is made up, and nothing of the host's is
 * asked.
 */
export function DetailRehearsal() {
  const { store } = useTraceContext();
  const trace = useTrace();
  const afterRows = useAfterRows(trace);
  const [scene, setScene] = useState(-1);
  const [stage] = useState(() => document.createElement('div'));
  const isReady = afterRows && trace !== null && trace.spanCount > 0 && !trace.live;
  useEffect(() => {
    if (!isReady || scene > REHEARSED.length) return undefined;
    let isWanted = true;
    const go = (): void => {
      if (!isWanted || (scene === -1 && isBegun) || store.getState().query !== '') return;
      isBegun = true;
      // As much at a time as leaves the page its turn.
      startTransition(() => setScene(scene + 1));
    };
    // Safari has no idle time.
    const whenIdle = typeof requestIdleCallback === 'function' ? requestIdleCallback : setTimeout;
    void prepareDetails(trace).then(() => isWanted && whenIdle(go));
    return () => {
      isWanted = false;
    };
  }, [store, isReady, trace, scene]);
  if (!isReady || scene === -1 || scene > REHEARSED.length) return null;
  const span = trace.span(Math.min(1, trace.spanCount - 1));
  return createPortal(
    <Slot
      render={() => (
        <RenderersContext.Provider value={NONE}>
          {scene === 0 ? <Whole span={span} /> : <One span={span} id={REHEARSED[scene - 1]!} />}
        </RenderersContext.Provider>
      )}
      renderFailed={() => null}
    />,
    stage,
  );
}

const NONE = {};

const Whole = ({ span }: { readonly span: Span }): ReactNode => (
  <DetailFrame span={span} path={<DetailPath span={span} />}>
    <SpanSummary span={span} kinds={undefined} />
    <LoopStrip span={span} />
    <Panels span={span} content={CONTENT} hostPanels={undefined} />
  </DetailFrame>
);

function One({ span, id }: { readonly span: Span; readonly id: string }) {
  const { labels } = useTraceContext();
  const ids = usePanelIds();
  const panel = builtInPanels(labels).find((each) => each.id === id);
  return <ShownPanel ids={ids} span={span} content={CONTENT} panel={panel} />;
}

const VALUE = { query: 'words', count: 3, list: ['a', true, null], inner: { deep: 1.5 } };
const PAYLOAD = { text: JSON.stringify(VALUE), mimeType: 'application/json', json: () => VALUE };
const CONTENT: SpanContent = {
  attributes: new Map<string, string | number>([
    ['gen_ai.request.model', 'model'],
    ['gen_ai.usage.input_tokens', 3],
    ['input.value', PAYLOAD.text],
  ]),
  resource: new Map([['service.name', 'service']]),
  scope: { name: 'scope', attributes: new Map() },
  events: [],
  links: [],
  input: PAYLOAD,
  output: PAYLOAD,
  messages: {
    input: [
      { role: 'system', parts: [{ type: 'text', text: 'some words' }] },
      { role: 'user', parts: [{ type: 'text', text: 'more words\n'.repeat(20) }] },
    ],
    output: [{ role: 'assistant', parts: [{ type: 'toolCall', id: '1', name: 'tool', arguments: VALUE }] }],
  },
  toolDefinitions: [],
  parameters: { temperature: 1 },
  promptTemplate: null,
  tool: null,
  documents: null,
  embeddings: [],
  scores: [],
  raw: [VALUE],
};
