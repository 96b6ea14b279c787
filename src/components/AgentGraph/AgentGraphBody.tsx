'use client';
import { useCallback, useMemo, useRef, useState } from 'react';
import { ledger } from '../../analysis/amounts/ledger.ts';
import type { GraphMode } from '../../analysis/graph/types.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { useTrace } from '../../hooks/useTrace.ts';
import { useTraceStore } from '../../hooks/useTraceStore.ts';
import { TabStrip } from '../SpanDetail/TabStrip.tsx';
import { useLaterLabels } from '../TraceFindings/useLaterLabels.ts';
import { plainText } from '../text/recordedText.tsx';
import { GraphPanel } from './GraphPanel.tsx';
import { GraphPlane, type GraphPlaneRef } from './GraphPlane.tsx';
import type { Wording } from './graphWords.ts';
import { MEASURES, type Measure } from './measures.ts';
import { useAgentGraph } from './useAgentGraph.ts';
import { useChosen } from './useChosen.ts';
import { useNarrow } from './useNarrow.ts';

/** Nodes that are drawn at first, and when all are asked for: more would be read by nobody. */
const AT_FIRST = 40;
const AT_MOST = 200;

/** The graph beside what is chosen in it, once it is known who calls whom. */
export function AgentGraphBody() {
  const { store, labels, format } = useTraceContext();
  const words = useLaterLabels();
  const trace = useTrace();
  const look = useTraceStore((state) => state.graphLook);
  const mode = look.mode === 'run' ? 'run' : 'calls';
  const [whole, setWhole] = useState(false);
  const [frame, narrow] = useNarrow();
  const read = useAgentGraph(trace, mode, whole ? AT_MOST : AT_FIRST, narrow);
  const plane = useRef<GraphPlaneRef>(null);
  const currency = useMemo(() => (read ? ledger(read.trace).total.cost.currency : 'USD'), [read]);
  const wording = useMemo((): Wording => ({ words, labels, format, currency }), [words, labels, format, currency]);
  const chosen = useChosen(read);
  const showAll = useCallback(() => setWhole(true), []);
  const measures = MEASURES.filter((each) => !read || isTold(read.graph.edges, each));
  // One that this trace does not tell waits for the next that does.
  const measure = measures.find((each) => each === look.measure) ?? 'calls';
  return (
    <div ref={frame} className="tv-graph" data-state={read ? 'ready' : 'reading'} aria-busy={read === null}>
      <div className="tv-graph-bar">
        <TabStrip
          choiceOf={words.graphModes}
          tabs={(['calls', 'run'] as const).map((id) => ({ id, title: words.graphMode(id) }))}
          current={mode}
          onChoose={(id) => store.actions.showGraph({ mode: id as GraphMode })}
        />
        <label>
          <span>{words.graphMeasure}</span>
          <select
            value={measure}
            onChange={(event) => store.actions.showGraph({ measure: event.target.value as Measure })}
          >
            {measures.map((each) => (
              <option key={each} value={each}>
                {words.graphMeasureName(each)}
              </option>
            ))}
          </select>
        </label>
        <span className="tv-graph-zoom">
          <button type="button" className="tv-button tv-icon tv-line" onClick={() => plane.current?.zoom(1 / 1.25)}>
            <span aria-hidden="true">−</span>
            <span className="tv-visually-hidden">{labels.zoomOut}</span>
          </button>
          <button type="button" className="tv-button tv-icon tv-line" onClick={() => plane.current?.zoom(1.25)}>
            <span aria-hidden="true">+</span>
            <span className="tv-visually-hidden">{labels.zoomIn}</span>
          </button>
          <button type="button" className="tv-button tv-line" onClick={() => plane.current?.fit()}>
            {words.graphFit}
          </button>
        </span>
      </div>
      {read && read.graph.edges.length > 0 ? (
        <div className="tv-graph-body">
          <GraphPlane
            key={mode}
            ref={plane}
            read={read}
            measure={measure}
            wording={wording}
            chosen={chosen}
            label={words.graphOf(plainText(read.trace.name))}
            onShowAll={showAll}
          />
          <GraphPanel read={read} measure={measure} wording={wording} chosen={chosen} />
        </div>
      ) : (
        <p className="tv-transcript-note">{read ? words.graphEmpty : words.graphReading}</p>
      )}
    </div>
  );
}

/** Whether any line tells something of a measure. */
const isTold = (
  edges: readonly {
    readonly time: number | null;
    readonly cost: number | null;
    readonly tokens: number | null;
    readonly errors: number;
  }[],
  measure: Measure,
): boolean => measure === 'calls' || edges.some((edge) => edge[measure] !== null && edge[measure] !== 0);
