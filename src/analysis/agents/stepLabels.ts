import { isStep } from '../../model/build/steps.ts';
import type { Trace } from '../../model/types.ts';
import { steadyName } from '../diff/signs/steadyName.ts';
import { errors } from '../errors.ts';
import { perTrace, perTraceInSteps, type PreparedAnswer } from '../memo.ts';

/** The numbers of steady names, and by model which of them a name has. */
interface Words {
  readonly numbers: Map<string, number>;
  readonly byModel: Map<number, Map<number, number>>;
}

/** By the texts of a trace that grows, whose states share them: only names that are new are looked at. */
const wordsOf = new WeakMap<readonly string[], Words>();

/** By index, numbers that are equal for spans of the same kind and steady name: `step 1` and `step 2` are one step. */
export const stepLabels: PreparedAnswer<Uint32Array> = perTraceInSteps(function* ({ columns, spanCount, live }) {
  const { name, model, kind, strings } = columns;
  const words = wordsOf.get(strings) ?? { numbers: new Map(), byModel: new Map() };
  if (live) wordsOf.set(strings, words);
  const labels = new Uint32Array(spanCount);
  for (let index = 0; index < spanCount; index += 1) {
    if (isStep(index)) yield;
    labels[index] = wordOf(words, strings, name[index]!, model[index]!) * 256 + kind[index]!;
  }
  return labels;
});

function wordOf({ numbers, byModel }: Words, strings: readonly string[], name: number, model: number): number {
  let known = byModel.get(model);
  if (!known) byModel.set(model, (known = new Map()));
  let word = known.get(name);
  if (word === undefined) {
    const text = steadyName(strings[name]!, strings[model]!);
    known.set(name, (word = numbers.get(text) ?? numbers.size));
    numbers.set(text, word);
  }
  return word;
}

/** The steps of which any span failed, by their labels. */
export const failedSteps: (trace: Trace) => ReadonlySet<number> = perTrace((trace) => {
  const failed = errors(trace);
  if (failed.length === 0) return NONE;
  const labels = stepLabels(trace);
  return new Set(Array.from(failed, (index) => labels[index]!));
});
const NONE: ReadonlySet<number> = new Set();
