import type { FieldType } from './fields.ts';
import { ownValue } from '../../../model/ownValue.ts';

const NUMBER = /^(-?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d{1,3})?)([km])?$/i;
const GROUPED = /^-?\$?\d{1,3}(?:,\d{3})+(?:\.\d*)?$/;
const DURATION =
  /^(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|min|h|d)(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|min|h|d))*$/i;
const DURATION_PART = /(\d+(?:\.\d*)?|\.\d+)([a-zµμ]+)/gi;
const NANOS: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  μs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  min: 60e9,
  h: 3600e9,
  d: 86_400e9,
};

/**
 * The amount that a value stands for; null = cannot be read. Durations are in nanoseconds and need a unit, except 0:
 * `250ms`, `1.5h`, `1m30s`. Numbers may end in k or M, `1,204` may be grouped, money may begin with `$`. Text has none.
 */
export function readAmount(type: FieldType, text: string): number | null {
  switch (type) {
    case 'duration':
      return duration(text);
    case 'money':
      return plainNumber(text.startsWith('$') ? text.slice(1) : text);
    case 'count':
    case 'score':
    case 'attribute':
      return plainNumber(text);
    default:
      return null;
  }
}

/** What a letter behind a number multiplies it by. */
const TIMES = { '': 1, k: 1e3, m: 1e6 } as const;

function plainNumber(text: string): number | null {
  const found = NUMBER.exec(GROUPED.test(text) ? text.replaceAll(',', '') : text);
  if (!found) return null;
  const amount = Number(found[1]) * TIMES[(found[2]?.toLowerCase() ?? '') as keyof typeof TIMES];
  return Number.isFinite(amount) ? amount : null;
}

function duration(text: string): number | null {
  if (/^0+(?:\.0*)?$/.test(text)) return 0;
  if (!DURATION.test(text)) return null;
  let nanos = 0;
  for (const [, amount, unit] of text.matchAll(DURATION_PART))
    nanos += Number(amount) * ownValue(NANOS, unit!.toLowerCase())!;
  // Decimal parts of a unit are rarely exact in binary: 1.1 ms are 1,100,000 ns.
  return Number.isFinite(nanos) ? Math.round(nanos * 1e3) / 1e3 : null;
}
