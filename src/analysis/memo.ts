import type { Trace } from '../model/types.ts';
import { atOnce, type Steps } from './steps.ts';

/** Computes once per trace object; a new version of a trace is a new object, and old answers go with the old one. */
export function perTrace<Answer>(compute: (trace: Trace) => Answer): (trace: Trace) => Answer {
  const known = new WeakMap<Trace, Answer>();
  return (trace) => {
    let answer = known.get(trace);
    if (answer === undefined) known.set(trace, (answer = compute(trace)));
    return answer;
  };
}

/** An answer whose work may take a while: at once for who asks, or beforehand in slices. */
export interface PreparedAnswer<Answer> {
  (trace: Trace): Answer;
  /** The same in slices; what was worked out once is known to both. */
  inSteps(trace: Trace): Steps<Answer>;
  /** What is known by now. */
  known(trace: Trace): Answer | undefined;
}

/** `perTrace` for what walks all spans: `compute` yields wherever the page may have its turn. */
export function perTraceInSteps<Answer>(compute: (trace: Trace) => Steps<Answer>): PreparedAnswer<Answer> {
  const answers = new WeakMap<Trace, Answer>();
  function* inSteps(trace: Trace): Steps<Answer> {
    if (!answers.has(trace)) {
      const answer = yield* compute(trace);
      // Somebody may have asked meanwhile, and holds on to what was said.
      if (!answers.has(trace)) answers.set(trace, answer);
    }
    return answers.get(trace)!;
  }
  const known = (trace: Trace): Answer | undefined => answers.get(trace);
  return Object.assign((trace: Trace): Answer => known(trace) ?? atOnce(inSteps(trace)), { inSteps, known });
}
