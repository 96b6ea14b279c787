import { isStep } from '../../model/build/steps.ts';
import type { Trace } from '../../model/types.ts';
import { steadyName } from '../diff/signs/steadyName.ts';
import { errors } from '../errors.ts';
import { perTrace, perTraceInSteps, type PreparedAnswer } from '../memo.ts';

/** By index, numbers that are equal for spans of the same kind and steady name: `step 1` and `step 2` are one step. */
export const stepLabels: PreparedAnswer<Uint32Array> = perTraceInSteps(function* ({ columns, spanCount }) {
  const { name, model, kind, strings } = columns;
  const known = new Map<number, number>();
  const numbers = new Map<string, number>();
  const labels = new Uint32Array(spanCount);
  for (let index = 0; index < spanCount; index += 1) {
    if (isStep(index)) yield;
    const both = name[index]! * strings.length + model[index]!;
    let word = known.get(both);
    if (word === undefined) {
      const text = steadyName(strings[name[index]!]!, strings[model[index]!]!);
      known.set(both, (word = numbers.get(text) ?? numbers.size));
      numbers.set(text, word);
    }
    labels[index] = word * 256 + kind[index]!;
  }
  return labels;
});

/** The steps of which any span failed, by their labels. */
export const failedSteps: (trace: Trace) => ReadonlySet<number> = perTrace((trace) => {
  const failed = errors(trace);
  if (failed.length === 0) return NONE;
  const labels = stepLabels(trace);
  return new Set(Array.from(failed, (index) => labels[index]!));
});
const NONE: ReadonlySet<number> = new Set();
