'use client';
import { useState } from 'react';
import { ledger } from '../../analysis/amounts/ledger.ts';
import { soon, type Steps } from '../../analysis/steps.ts';
import { useSoon } from '../../hooks/useSoon.ts';
import { flameGraphInSteps, type FlameGraphOptions } from '../../layout/flame/flameGraph.ts';
import type { FlameGraph, FlameMeasure } from '../../layout/flame/types.ts';
import { flameMeasures } from '../../layout/flame/weights.ts';
import type { Trace } from '../../model/types.ts';

type Look = Required<Pick<FlameGraphOptions, 'measure' | 'merged' | 'inverted'>>;

export interface DrawnFlame extends FlameGraph {
  readonly of: Trace;
  readonly inverted: boolean;
  /** The measures there are to choose from. */
  readonly measures: readonly FlameMeasure[];
}

/** The bars of a trace; of one that goes on those of its last state stand until the new ones are there. Null before. */
export function useFlameGraph(trace: Trace | null, { measure, merged, inverted }: Look): DrawnFlame | null {
  const now = useSoon<DrawnFlame | null>(
    async (signal) => trace && (await soon(draw(trace, { measure, merged, inverted }), { signal })),
    [trace, measure, merged, inverted],
    trace?.live ? `${trace.key} ${measure} ${merged} ${inverted}` : undefined,
  );
  const [last, setLast] = useState(now);
  if (now && now !== last) setLast(now);
  return now ?? (last && last.of.key === trace?.key ? last : null);
}

function* draw(trace: Trace, look: Look): Steps<DrawnFlame> {
  const measures = yield* flameMeasures.inSteps(trace);
  // One that this trace does not have waits for the next that does.
  const measure = measures.includes(look.measure) ? look.measure : (measures[0] ?? look.measure);
  // Its currency is written beside the amounts.
  if (measure === 'cost') yield* ledger.inSteps(trace);
  const graph = yield* flameGraphInSteps(trace, { ...look, measure });
  return { ...graph, of: trace, inverted: look.inverted, measures };
}
