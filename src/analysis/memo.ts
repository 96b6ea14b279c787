import type { Trace } from '../model/types.ts';

/** Computes once per trace object; a new version of a trace is a new object, and old answers go with the old one. */
export function perTrace<Answer>(compute: (trace: Trace) => Answer): (trace: Trace) => Answer {
  const known = new WeakMap<Trace, Answer>();
  return (trace) => {
    let answer = known.get(trace);
    if (answer === undefined) known.set(trace, (answer = compute(trace)));
    return answer;
  };
}
