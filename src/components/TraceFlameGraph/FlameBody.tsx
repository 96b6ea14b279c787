'use client';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { useTrace } from '../../hooks/useTrace.ts';
import { useTraceStore } from '../../hooks/useTraceStore.ts';
import type { FlameMeasure } from '../../layout/flame/types.ts';
import { useLaterLabels } from '../TraceFindings/useLaterLabels.ts';
import { FlameChart } from './FlameChart.tsx';
import type { TraceFlameGraphProps } from './TraceFlameGraph.tsx';
import { useFlameGraph } from './useFlameGraph.ts';

type FlameBodyProps = Pick<TraceFlameGraphProps, 'defaultMeasure' | 'defaultMerged' | 'defaultInverted'>;

/** The choices above the bars, and the bars once they are worked out. */
export function FlameBody({ defaultMeasure, defaultMerged = true, defaultInverted = false }: FlameBodyProps) {
  const words = useLaterLabels();
  const trace = useTrace();
  const { store } = useTraceContext();
  const look = useTraceStore((state) => state.flameLook);
  const { merged = defaultMerged, inverted = defaultInverted } = look;
  const chosen = look.measure ?? defaultMeasure ?? 'time';
  const graph = useFlameGraph(trace, { measure: chosen, merged, inverted });
  const measures = graph?.measures ?? [chosen];
  const measure = measures.includes(chosen) ? chosen : measures[0];
  return (
    <div className="tv-flame" data-state={graph ? 'ready' : 'reading'} aria-busy={trace !== null && graph === null}>
      <div className="tv-flame-tools">
        <label className="tv-flame-measure">
          <span className="tv-faint">{words.flameMeasureLabel}</span>
          <select
            className="tv-picker"
            value={measure}
            onChange={({ target }) => store.actions.showFlame({ measure: target.value as FlameMeasure })}
          >
            {measures.map((each) => (
              <option key={each} value={each}>
                {words.flameMeasure(each)}
              </option>
            ))}
          </select>
        </label>
        <button
          type="button"
          className="tv-button tv-line"
          aria-pressed={merged || inverted}
          disabled={inverted}
          onClick={() => store.actions.showFlame({ merged: !merged })}
        >
          {words.flameMerged}
        </button>
        <button
          type="button"
          className="tv-button tv-line"
          aria-pressed={inverted}
          onClick={() => store.actions.showFlame({ inverted: !inverted })}
        >
          {words.flameInverted}
        </button>
      </div>
      {graph && trace && graph.nodes.length > 0 ? (
        <FlameChart trace={graph.of} graph={graph} inverted={graph.inverted} />
      ) : (
        <p className="tv-flame-note">{graph ? words.flameEmpty : words.flameReading}</p>
      )}
    </div>
  );
}
