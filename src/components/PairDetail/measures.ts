import { ledger } from '../../analysis/amounts/ledger.ts';
import type { Delta, DiffRow } from '../../analysis/diff/types.ts';
import type { Format } from '../../format.ts';
import type { Labels } from '../../labels.ts';
import type { Score, Span } from '../../model/types.ts';
import type { PairSide } from './types.ts';
import { scoreText } from '../text/scoreText.ts';

/** A fact of both sides as it is written; null = unknown. */
export interface Measure {
  readonly id: string;
  readonly label: string;
  /** Whether the label is from the file. */
  readonly isRecorded?: boolean;
  /** Whether it is of the span and all below it. */
  readonly isSum?: boolean;
  readonly a: string | null;
  readonly b: string | null;
  readonly delta: MeasureDelta | null;
}

export interface MeasureDelta {
  readonly text: string;
  /** Null where it is little, or nobody knows which way is good. */
  readonly tone: 'worse' | 'better' | null;
  readonly way: 'up' | 'down' | null;
}

/** Share of the larger side below which a difference is no news. */
const LITTLE = 0.05;

/** Buckets of tokens; `rare` ones are left out where both sides have none of them. */
const TOKENS = [
  { name: 'input', label: 'inputTokens', rare: false },
  { name: 'cached', label: 'cachedTokens', rare: true },
  { name: 'output', label: 'outputTokens', rare: false },
  { name: 'reasoning', label: 'reasoningColumn', rare: true },
] as const;

/** All that can be said in a number or a word. What neither side knows is left out. */
export function measuresOf(row: DiffRow, a: PairSide, b: PairSide, labels: Labels, format: Format): readonly Measure[] {
  const [from, to] = [a.span, b.span];
  const hasChildren = (from?.descendantCount ?? 0) + (to?.descendantCount ?? 0) > 0;
  const amount = (id: string, label: string, delta: Delta | undefined, write: (value: number) => string): Measure => ({
    id,
    label,
    a: delta?.a == null ? null : write(delta.a),
    b: delta?.b == null ? null : write(delta.b),
    delta: differenceOf(delta, write, labels, true),
  });
  const { deltas } = row;
  const isNews = ({ name, rare }: (typeof TOKENS)[number]): boolean =>
    Object.hasOwn(deltas, name) && !(rare && !deltas[name]!.a && !deltas[name]!.b);
  const tokens = TOKENS.filter(isNews).map(({ name, label }) => ({
    ...amount(name, labels[label], deltas[name], format.count),
    isSum: hasChildren,
  }));
  const measures: readonly Measure[] = [
    fact('model', labels.modelColumn, from?.model ?? null, to?.model ?? null, labels),
    amount('duration', labels.duration, deltas['duration'], format.duration),
    ...(hasChildren ? [amount('selfTime', labels.selfTime, deltas['selfTime'], format.duration)] : []),
    amount('firstToken', labels.firstToken, between(known(from?.firstToken), known(to?.firstToken)), format.duration),
    ...(tokens.length > 0
      ? tokens
      : [{ ...amount('tokens', labels.tokens, deltas['tokens'], format.count), isSum: hasChildren }]),
    { ...costOf(row, a, b, labels, format), isSum: hasChildren },
    ...statusOf(from, to, labels),
    ...scoresOf(from?.scores ?? [], to?.scores ?? [], labels),
  ];
  return measures.filter((measure) => measure.a !== null || measure.b !== null);
}

function fact(id: string, label: string, a: string | null, b: string | null, labels: Labels): Measure {
  const isBoth = a !== null && b !== null;
  const text = a === b ? labels.sameValue : labels.changedValue;
  return { id, label, a, b, delta: isBoth ? { text, tone: null, way: null } : null };
}

/** Amounts of two currencies have no difference. */
function costOf({ deltas }: DiffRow, a: PairSide, b: PairSide, labels: Labels, format: Format): Measure {
  const [inA, inB] = [currencyOf(a), currencyOf(b)];
  const cost = deltas['cost'];
  return {
    id: 'cost',
    label: labels.cost,
    a: cost?.a == null ? null : format.money(cost.a, inA),
    b: cost?.b == null ? null : format.money(cost.b, inB),
    delta:
      inA !== undefined && inB !== undefined && inA !== inB
        ? null
        : differenceOf(cost, (value) => format.money(value, inB ?? inA), labels, true),
  };
}

const currencyOf = ({ trace, span }: PairSide): string | undefined =>
  span ? ledger(trace).subtree(span.index).cost.currency : undefined;

/** Where it went well on both sides, there is nothing to say of it. */
function statusOf(a: Span | null, b: Span | null, labels: Labels): readonly Measure[] {
  const isPlain = (span: Span | null): boolean => !span || span.status === 'ok' || span.status === 'unset';
  if (isPlain(a) && isPlain(b)) return [];
  const [from, to] = [a && labels.status(a.status), b && labels.status(b.status)];
  const measure = fact('status', labels.statusLabel, from, to, labels);
  if (!a || !b || a.status === b.status) return [measure];
  const tone = b.status === 'error' ? 'worse' : a.status === 'error' ? 'better' : null;
  return [{ ...measure, delta: { text: labels.changedValue, tone, way: null } }];
}

/** The last score of a name counts. Which way is good, nobody says. */
function scoresOf(a: readonly Score[], b: readonly Score[], labels: Labels): readonly Measure[] {
  const byName = (list: readonly Score[]): ReadonlyMap<string, Score> =>
    new Map(list.map((score) => [score.name, score]));
  const [inA, inB] = [byName(a), byName(b)];
  return Array.from(new Set([...inA.keys(), ...inB.keys()]), (name) => {
    const [from, to] = [inA.get(name), inB.get(name)];
    const words = fact(`score ${name}`, name, textOf(from, labels), textOf(to, labels), labels);
    const numbers = between(from?.value ?? null, to?.value ?? null);
    return {
      ...words,
      isRecorded: true,
      delta: numbers.delta === null ? words.delta : differenceOf(numbers, writeScore, labels, false),
    };
  });
}

const textOf = (score: Score | undefined, labels: Labels): string | null =>
  score ? scoreText(score, labels.noScore) : null;
const writeScore = (value: number): string => String(Number(value.toPrecision(3)));
const known = (value: number | undefined): number | null => (value === undefined || Number.isNaN(value) ? null : value);
const between = (a: number | null, b: number | null): Delta => ({
  a,
  b,
  delta: a === null || b === null ? null : b - a,
  ratio: null,
});

/** `+230 ms`, with which way it went. Null where either side is unknown. */
function differenceOf(
  delta: Delta | undefined,
  write: (value: number) => string,
  labels: Labels,
  moreIsWorse: boolean,
): MeasureDelta | null {
  if (delta?.delta == null) return null;
  const { a, b, delta: by } = delta;
  if (by === 0) return { text: labels.sameValue, tone: null, way: null };
  const isLittle = Math.abs(by) < LITTLE * Math.max(Math.abs(a!), Math.abs(b!));
  const tone = by > 0 ? 'worse' : 'better';
  return {
    text: `${by > 0 ? '+' : '−'}${write(Math.abs(by))}`,
    tone: moreIsWorse && !isLittle ? tone : null,
    way: by > 0 ? 'up' : 'down',
  };
}
