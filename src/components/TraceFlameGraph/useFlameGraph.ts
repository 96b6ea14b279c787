'use client';
import { useState } from 'react';
import { soon } from '../../analysis/steps.ts';
import { useSoon } from '../../hooks/useSoon.ts';
import { flameGraphInSteps, type FlameGraphOptions } from '../../layout/flame/flameGraph.ts';
import type { FlameGraph } from '../../layout/flame/types.ts';
import type { Trace } from '../../model/types.ts';

interface Drawn extends FlameGraph {
  readonly of: Trace;
}

/** The bars of a trace; of one that goes on those of its last state stand until the new ones are there. Null before. */
export function useFlameGraph(
  trace: Trace | null,
  { measure, merged, inverted }: Required<Pick<FlameGraphOptions, 'measure' | 'merged' | 'inverted'>>,
): FlameGraph | null {
  const now = useSoon<Drawn | null>(
    async (signal) =>
      trace && {
        ...(await soon(flameGraphInSteps(trace, { measure, merged, inverted }), { signal })),
        of: trace,
      },
    [trace, measure, merged, inverted],
  );
  const [last, setLast] = useState(now);
  if (now && now !== last) setLast(now);
  return now ?? (last && last.of === trace ? last : null);
}
