import { clockSkewsInSteps, type ClockSkew } from '../clocks/clockSkew.ts';
import { SPAN_FLAGS, tellingFlags } from '../codes.ts';
import type { DiagnosticLog } from '../diagnostics.ts';
import type { Trace } from '../types.ts';
import { isStep } from './steps.ts';

const CODES = Object.entries(SPAN_FLAGS);

/**
 * Reports every flag of every span under the code that it stands for; of clocks that differ, each pair of services by
 * its names. Yields after some thousand spans.
 */
export function* reportFlags(trace: Trace, log: DiagnosticLog): Generator<void, void> {
  const { flags } = trace.columns;
  let betweenServices: ReadonlyMap<string, string> | undefined;
  for (let index = 0; index < flags.length; index += 1) {
    if (isStep(index)) yield;
    if (flags[index] === 0) continue;
    const { key } = trace.span(index);
    for (const [code, bit] of CODES) {
      if ((tellingFlags(flags[index]!) & bit) === 0) continue;
      const message = code === 'clock-skew' ? (betweenServices ??= yield* skewMessages(trace)).get(key) : undefined;
      log.report(code, message === undefined ? { key } : { key, message });
    }
  }
}

function* skewMessages(trace: Trace): Generator<void, ReadonlyMap<string, string>> {
  const skews = yield* clockSkewsInSteps(trace);
  return new Map(
    skews
      .filter(({ shift }) => shift !== null)
      .flatMap((skew) => skew.keys.map((key) => [key, skewMessage(skew)] as const)),
  );
}

function skewMessage({ from, to, shift }: ClockSkew): string {
  const differs = `${milliseconds(Math.abs(shift!))} ms ${shift! > 0 ? 'behind' : 'ahead of'}`;
  return (
    `The clock of “${to}” is ${differs} that of “${from}”: ` +
    'spans lie where their parents do not allow. They are drawn where they say.'
  );
}

const milliseconds = (nanos: number): string =>
  (nanos / 1e6).toLocaleString('en', { maximumSignificantDigits: 3, useGrouping: false });
